using Pictor.Imaging;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;
using Pictor.Training.Calibrating;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Calibrating;

public sealed class PackageCalibratorTests : IDisposable
{
    private static readonly string[] s_names = ["a", "b", "c"];
    private readonly TempFolder _temp = new();

    public PackageCalibratorTests()
    {
        // A tenth of the labels is wrong, so a sharp model is too sure of itself.
        for (int q = 0; q < 3; q++)
        {
            ToyData.Write(_temp["data", s_names[q]], q, 36);
            ToyData.Write(_temp["data", s_names[(q + 1) % 3]], q, 4, seed: 9);
        }

        ToyPackage.Write(_temp["old.pictor"], [.. s_names.Select(n => new Label(n, n.ToUpperInvariant()))], ToyData.Shape, [.. Enumerable.Range(0, 3).Select(ToyData.Mean)], sharpness: 6);
    }

    public void Dispose() => _temp.Dispose();

    private Task<CalibrationOutcome> CalibrateAsync(double precision = 0.85, bool certain = false, string from = "old.pictor", string to = "new.pictor") =>
        PackageCalibrator.RunAsync(_temp[from], _temp["data"], _temp[to], new CalibrationOptions { Precision = precision, Certain = certain });

    [Fact]
    public async Task RunAsync_TooSurePackage_IsTamedAndKeepsItsAnswers()
    {
        CalibrationOutcome outcome = await CalibrateAsync();
        Assert.True(outcome.Temperature > 1.2);
        Assert.True(outcome.ErrorAfter < outcome.ErrorBefore);
        Assert.Equal(("toy", "1.0.0+p85", "all", 120), (outcome.Name, outcome.Version, outcome.Split, outcome.Samples));
        var made = ModelPackage.Open(_temp["new.pictor"]);
        Assert.Equal(outcome.Temperature, made.Manifest.Calibration!.Temperature);
        Assert.Equal(s_names, made.Manifest.Thresholds!.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Contains("## Calibration", made.Card, StringComparison.Ordinal);

        using var before = Annotator.Load(_temp["old.pictor"]);
        using var after = Annotator.Load(_temp["new.pictor"]);
        foreach (string file in Directory.GetFiles(_temp["data", "a"]).Take(12))
        {
            byte[] bytes = File.ReadAllBytes(file);
            double[] old = [.. before.Read(bytes, file).Probabilities.Select(p => (double)p)];
            PredictionTable expected = TemperatureScaling.Apply(new PredictionTable(3, [0], old), outcome.Temperature!.Value);
            PictureReading found = after.Read(bytes, file);
            for (int k = 0; k < 3; k++)
                Assert.Equal(expected.Scores(0)[k], found.Probabilities[k], 1e-5);
            Assert.Equal(before.Read(bytes, file).Embedding, found.Embedding);
        }
    }

    [Fact]
    public async Task RunAsync_Floor_NamesNoClassBelowIt()
    {
        CalibrationOutcome free = await CalibrateAsync(0.6);
        double floor = free.Classes.Max(c => c.Threshold!.Value) + 0.05;
        CalibrationOutcome held = await PackageCalibrator.RunAsync(_temp["old.pictor"], _temp["data"], _temp["new.pictor"], new CalibrationOptions { Precision = 0.6, Floor = floor });
        Assert.All(held.Classes, c => Assert.Equal(floor, c.Threshold));
        Assert.All(held.Classes.Zip(free.Classes), pair => Assert.True(pair.First.Recall <= pair.Second.Recall && (pair.First.Precision ?? 1) >= 0.6));
        Assert.All(ModelPackage.Open(_temp["new.pictor"]).Manifest.Thresholds!.Values, t => Assert.Equal(floor, t));
    }

    [Fact]
    public async Task RunAsync_OtherResizing_IsKept()
    {
        await PackageCalibrator.RunAsync(_temp["old.pictor"], _temp["data"], _temp["new.pictor"], new CalibrationOptions { Precision = 0.85, Resize = ResizePolicy.CentreCrop });
        var made = ModelPackage.Open(_temp["new.pictor"]);
        Assert.Equal((ResizePolicy.Stretch, ResizePolicy.CentreCrop), (ModelPackage.Open(_temp["old.pictor"]).Manifest.Input.Policy, made.Manifest.Input.Policy));
        using var annotator = Annotator.Load(_temp["new.pictor"]);
        var wide = new Pixels(64, 16, 3, new byte[64 * 16 * 3]);
        wide.Data.AsSpan(0, 3 * 8).Fill(255); // of the outer part, which the middle does not have
        var black = new Pixels(64, 16, 3, new byte[64 * 16 * 3]);
        Assert.Equal(annotator.Read(black).Probabilities, annotator.Read(wide).Probabilities);
    }

    [Fact]
    public async Task RunAsync_Thresholds_ReachThePrecisionOnTheSamePictures()
    {
        CalibrationOutcome outcome = await CalibrateAsync();
        Assert.All(outcome.Classes, c => Assert.True(c.Threshold is null || (c.Precision >= 0.85 && c.PrecisionLow <= c.Precision && c.Recall > 0)));
        CalibrationOutcome careful = await CalibrateAsync(0.99, certain: true, to: "careful.pictor");
        Assert.All(careful.Classes, c => Assert.Null(c.Threshold));
        Assert.Contains(careful.Notes, n => n.Contains("3 of 3 classes nowhere reach", StringComparison.Ordinal));
        Assert.All(ModelPackage.Open(_temp["careful.pictor"]).Manifest.Thresholds!.Values, v => Assert.Equal(1, v));
    }

    [Fact]
    public async Task RunAsync_CalibratedPackage_KeepsItsTemperature()
    {
        await CalibrateAsync();
        CalibrationOutcome again = await CalibrateAsync(0.8, from: "new.pictor", to: "again.pictor");
        Assert.Null(again.Temperature);
        Assert.Equal("1.0.0+p80", again.Version);
        Assert.Contains(again.Notes, n => n.Contains("has a temperature already", StringComparison.Ordinal));
        Assert.Equal(ModelPackage.Open(_temp["new.pictor"]).Onnx.ToArray(), ModelPackage.Open(_temp["again.pictor"]).Onnx.ToArray());
        Assert.Single(ModelPackage.Open(_temp["again.pictor"]).Card.Split("## Calibration").Skip(1));
    }

    [Fact]
    public async Task RunAsync_BadInput_IsNamedAndWritesNothing()
    {
        Assert.Contains("is no precision", (await Assert.ThrowsAsync<InputException>(() => CalibrateAsync(1.5))).Message, StringComparison.Ordinal);
        Assert.Contains("the package itself", (await Assert.ThrowsAsync<InputException>(() => CalibrateAsync(to: "old.pictor"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InputException>(() => CalibrateAsync(from: "none.pictor"));
        Assert.False(File.Exists(_temp["new.pictor"]));
    }

    [Fact]
    public void Bake_OtherGraphs_AreLeftAlone()
    {
        ReadOnlyMemory<byte> onnx = ModelPackage.Open(_temp["old.pictor"]).Onnx;
        byte[] baked = OnnxTemperature.Bake(onnx.Span, OnnxWriter.Probabilities, 2)!;
        Assert.Null(OnnxTemperature.Bake(baked, OnnxWriter.Probabilities, 2));
        Assert.Null(OnnxTemperature.Bake(onnx.Span, OnnxWriter.Embedding, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxTemperature.Bake(onnx.Span, OnnxWriter.Probabilities, 0));
        Assert.Throws<FormatException>(() => OnnxTemperature.Bake([1, 2, 3, 255], OnnxWriter.Probabilities, 2));
    }
}

using System.Text.Json;

namespace Pictor.Metrics.Tests;

/// <summary>Equal to scikit-learn and scipy (Golden/make_judging.py).</summary>
public sealed class JudgingGoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "judging.json"))).RootElement;

    public static TheoryData<string> Cases => ["random", "ties", "imbalanced", "absent", "binary", "unnormalised", "many-classes"];

    private static void Near(JsonElement expected, double actual, double tolerance = 1e-12) =>
        Assert.True(expected.ValueKind == JsonValueKind.Null ? double.IsNaN(actual) : Math.Abs(expected.GetDouble() - actual) <= tolerance, $"{actual:R}, expected {expected}");

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    [Theory, MemberData(nameof(Cases))]
    public void Brier_GoldenCase_EqualsItsDefinition(string name) =>
        Near(Golden.GetProperty("single").GetProperty(name).GetProperty("brier"), BrierScore.Of(GoldenCase.Load(name).Table()));

    [Theory, MemberData(nameof(Cases))]
    public void ReliabilityBins_GoldenCase_EqualCalibrationCurve(string name)
    {
        PredictionTable table = GoldenCase.Load(name).Table();
        foreach ((string kind, IReadOnlyList<ReliabilityBin> bins) in new[] { ("width", ReliabilityBins.EqualWidth(table, 10)), ("mass", ReliabilityBins.EqualMass(table, 10)) })
        {
            JsonElement golden = Golden.GetProperty("single").GetProperty(name).GetProperty(kind);
            ReliabilityBin[] filled = [.. bins.Where(b => b.Count > 0)];
            double[] accuracy = Numbers(golden.GetProperty("accuracy")), confidence = Numbers(golden.GetProperty("confidence"));
            Assert.Equal(accuracy.Length, filled.Length);
            for (int b = 0; b < filled.Length; b++)
            {
                Assert.Equal(accuracy[b], filled[b].Accuracy, 1e-12);
                Assert.Equal(confidence[b], filled[b].Confidence, 1e-12);
            }

            Near(golden.GetProperty("maximum"), ReliabilityBins.MaximumError(bins));
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Temperature_GoldenCase_IsScipysMinimum(string name)
    {
        PredictionTable table = GoldenCase.Load(name).Table();
        JsonElement golden = Golden.GetProperty("single").GetProperty(name);
        double temperature = TemperatureScaling.Fit(table);

        // A search by values alone cannot tell neighbours of a flat minimum apart below the root of a double's precision.
        Near(golden.GetProperty("temperature"), temperature, 2e-6 * temperature);
        Near(golden.GetProperty("scaledLoss"), TemperatureScaling.LogLoss(TemperatureScaling.Logarithms(table), table.Classes, table.Truth.ToArray(), temperature), 1e-7);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Thresholds_GoldenCase_AreThoseOfThePrecisionRecallCurve(string name)
    {
        JsonElement[] golden = [.. Golden.GetProperty("single").GetProperty(name).GetProperty("thresholds").EnumerateArray()];
        IReadOnlyList<ClassThreshold?> found = Thresholds.ForPrecision(GoldenCase.Load(name).Table(), 0.6);
        for (int k = 0; k < golden.Length; k++)
        {
            Assert.Equal(golden[k].ValueKind == JsonValueKind.Null, found[k] is null);
            if (found[k] is not { } threshold)
                continue;
            Near(golden[k].GetProperty("threshold"), threshold.Threshold);
            Near(golden[k].GetProperty("precision"), threshold.Precision);
            Near(golden[k].GetProperty("recall"), threshold.Recall);
        }
    }

    [Fact]
    public void MultiLabel_GoldenCase_EqualsScikitLearn()
    {
        JsonElement golden = Golden.GetProperty("multi");
        JsonElement[] rows = [.. golden.GetProperty("truth").EnumerateArray()];
        bool[] truth = [.. rows.SelectMany(row => row.EnumerateArray().Select(v => v.GetInt32() == 1))];
        double[] scores = [.. golden.GetProperty("scores").EnumerateArray().SelectMany(Numbers)];
        double[] cuts = Numbers(golden.GetProperty("cuts"));
        var figures = MultiLabelFigures.Of(new MultiLabelTable(cuts.Length, truth, scores), cuts);
        for (int k = 0; k < cuts.Length; k++)
        {
            Near(golden.GetProperty("precision")[k], figures.Classes[k].Precision);
            Near(golden.GetProperty("recall")[k], figures.Classes[k].Recall);
            Near(golden.GetProperty("f1")[k], figures.Classes[k].F1);
            Near(golden.GetProperty("averagePrecision")[k], figures.Classes[k].AveragePrecision);
            Assert.Equal(golden.GetProperty("support")[k].GetInt32(), figures.Classes[k].Support);
        }

        foreach ((string name, AverageFigures average) in new[] { ("macro", figures.Macro), ("weighted", figures.Weighted), ("micro", figures.Micro) })
        {
            Near(golden.GetProperty(name).GetProperty("precision"), average.Precision);
            Near(golden.GetProperty(name).GetProperty("recall"), average.Recall);
            Near(golden.GetProperty(name).GetProperty("f1"), average.F1);
        }

        Near(golden.GetProperty("meanAveragePrecision"), figures.MacroAveragePrecision);
        Near(golden.GetProperty("microAuc"), figures.MicroAuc);
        Near(golden.GetProperty("exactMatch"), figures.ExactMatch);
        Near(golden.GetProperty("hammingLoss"), figures.HammingLoss);
        Near(golden.GetProperty("logLoss"), figures.LogLoss);
        Near(golden.GetProperty("brier"), figures.Brier);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Regression_GoldenCase_EqualsScikitLearnAndScipy(int index)
    {
        JsonElement golden = Golden.GetProperty("regression")[index];
        var figures = RegressionFigures.Of(Numbers(golden.GetProperty("truth")), Numbers(golden.GetProperty("predicted")));
        Near(golden.GetProperty("meanAbsoluteError"), figures.MeanAbsoluteError);
        Near(golden.GetProperty("rootMeanSquaredError"), figures.RootMeanSquaredError);
        Near(golden.GetProperty("medianAbsoluteError"), figures.MedianAbsoluteError);
        Near(golden.GetProperty("maximumError"), figures.MaximumError);
        Near(golden.GetProperty("r2"), figures.R2);
        Near(golden.GetProperty("spearman"), figures.Spearman);
    }

    [Fact]
    public void McNemar_GoldenCases_EqualScipy()
    {
        foreach (JsonElement golden in Golden.GetProperty("mcnemar").EnumerateArray())
        {
            var test = new McNemar(7, golden.GetProperty("b").GetInt32(), golden.GetProperty("c").GetInt32(), 3);
            double expected = golden.GetProperty("p").GetDouble();
            Assert.Equal(expected, test.PValue, 1e-11 * expected);
        }
    }
}

using System.Text.Json;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;
using Pictor.Training.Evaluation;
using Pictor.Training.Heads;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Heads;

/// <summary>A head, end to end: folders of pictures and a package of other classes in, a run folder with a package out.</summary>
public sealed class HeadTrainingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OnAPackageOfOtherClasses_MakesAPackageThatEvaluates()
    {
        using var folder = new TempFolder();
        HeadJob job = Prepare(folder, pictures: 40);
        HeadOutcome outcome = await HeadTraining.RunAsync(job, cancellationToken: Stop);

        Assert.Equal(1, outcome.ValAccuracy);
        ModelPackage made = ModelPackage.Open(outcome.Model), on = ModelPackage.Open(job.On);
        Assert.Equal(["bottom", "left", "right"], made.Labels.Select(l => l.Id));
        Assert.Equal(new PackageSource(on.Reference, on.Sha256), Assert.Single(made.Manifest.Provenance!.From!));
        Assert.True(made.Manifest.Calibration!.Temperature > 0);
        Assert.Equal(on.Manifest.Input.Mean, made.Manifest.Input.Mean);
        Assert.Equal(["config.json", "curves.svg", "metrics.jsonl", "model.pictor"], Directory.GetFiles(job.Out).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(job.Out, "metrics.jsonl"), Stop));
        using var config = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(job.Out, "config.json"), Stop));
        Assert.Equal(on.Reference, config.RootElement.GetProperty("head").GetProperty("on").GetString());

        EvaluationOutcome judged = await Evaluator.RunAsync(new EvaluationOptions { Model = outcome.Model, Data = job.Data }, null, Stop);
        Assert.Equal(1, judged.Accuracy);
        using var report = JsonDocument.Parse(judged.Json);
        Assert.Equal("test", report.RootElement.GetProperty("data").GetProperty("split").GetString());
    }

    [Fact]
    public async Task Run_KeepsTheEmbedding_BitForBit()
    {
        using var folder = new TempFolder();
        HeadJob job = Prepare(folder, pictures: 12);
        HeadOutcome outcome = await HeadTraining.RunAsync(job, cancellationToken: Stop);
        using var on = Annotator.Load(job.On);
        using var made = Annotator.Load(outcome.Model);
        byte[] file = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(job.Data, "left")).First(), Stop);
        Assert.Equal(on.Read(file, "a").Embedding, made.Read(file, "a").Embedding);
    }

    [Fact]
    public async Task Run_Twice_GivesEqualModels()
    {
        using var folder = new TempFolder();
        HeadJob job = Prepare(folder, pictures: 30);
        HeadOutcome a = await HeadTraining.RunAsync(job with { Mirror = true, Balanced = true }, cancellationToken: Stop);
        HeadOutcome b = await HeadTraining.RunAsync(job with { Mirror = true, Balanced = true, Out = folder["again"] }, cancellationToken: Stop);
        Assert.Equal(ModelPackage.Open(a.Model).Onnx.ToArray(), ModelPackage.Open(b.Model).Onnx.ToArray());
    }

    [Fact]
    public async Task Run_WithBrokenPicturesAndFewExamples_SkipsThemAndLearnsStill()
    {
        using var folder = new TempFolder();
        HeadJob job = Prepare(folder, pictures: 5);
        byte[] png = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(job.Data, "left")).First(), Stop);
        for (int i = 0; i < 12; i++)
            await File.WriteAllBytesAsync(Path.Combine(job.Data, "left", $"broken-{i}.png"), [.. png[..40], (byte)i], Stop);
        HeadOutcome outcome = await HeadTraining.RunAsync(job, cancellationToken: Stop);
        Assert.NotEmpty(outcome.Skipped);
        Assert.All(outcome.Skipped, s => Assert.Contains("broken-", s.File, StringComparison.Ordinal));
        EvaluationOutcome judged = await Evaluator.RunAsync(new EvaluationOptions { Model = outcome.Model, Data = job.Data, Split = "all" }, null, Stop);
        Assert.Equal(1, judged.Accuracy);
    }

    [Fact]
    public async Task Run_WhereARunIs_RefusesUntilForced()
    {
        using var folder = new TempFolder();
        HeadJob job = Prepare(folder, pictures: 6);
        await HeadTraining.RunAsync(job, cancellationToken: Stop);
        InputException refused = await Assert.ThrowsAsync<InputException>(() => HeadTraining.RunAsync(job, cancellationToken: Stop));
        Assert.Equal("run.exists", refused.Code);
        await HeadTraining.RunAsync(job with { Force = true }, cancellationToken: Stop);
    }

    [Fact]
    public async Task Run_OfOneClass_SaysSo()
    {
        using var folder = new TempFolder();
        HeadJob job = Prepare(folder, pictures: 6);
        ToyData.Write(folder["parts", "train", "left"], 0, 5);
        ToyData.Write(folder["parts", "val", "left"], 0, 5, seed: 2);
        ToyData.Write(folder["parts", "val", "right"], 1, 5);
        job = job with { Data = folder["parts"] };
        InputException refused = await Assert.ThrowsAsync<InputException>(() => HeadTraining.RunAsync(job, cancellationToken: Stop));
        Assert.Equal("data.one-class", refused.Code);
        Assert.False(Directory.Exists(job.Out));
    }

    [Fact]
    public async Task Sample_TrainsAHead_ForReal()
    {
        using var folder = new TempFolder();
        HeadJob job = Prepare(folder, pictures: 12);
        var start = new System.Diagnostics.ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "TrainHead.dll"), job.On, job.Data, job.Out })
            start.ArgumentList.Add(argument);
        using var process = System.Diagnostics.Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("right on validation", output, StringComparison.Ordinal);
        ModelPackage.Open(Path.Combine(job.Out, "model.pictor"));
    }

    /// <summary>A package that knows two classes, and data of three others.</summary>
    internal static HeadJob Prepare(TempFolder folder, int pictures)
    {
        ToyPackage.Write(folder["base.pictor"], [new Label("a", "a"), new Label("b", "b")], ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(3)]);
        foreach ((string name, int quarter) in new[] { ("left", 0), ("right", 1), ("bottom", 2) })
            ToyData.Write(folder["data", name], quarter, pictures);
        return new HeadJob(folder["base.pictor"], folder["data"], folder["run"], "toy-head");
    }
}

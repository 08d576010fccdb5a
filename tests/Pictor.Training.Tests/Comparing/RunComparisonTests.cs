using System.Text.Json;
using Pictor.Training.Comparing;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Comparing;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public RunComparisonTests()
    {
        Run("first", new Recipe { Network = "softmax", Epochs = 3 }, 0.8, 0.9);
        Run(Path.Combine("deeper", "second"), new Recipe { Network = "softmax", Epochs = 3, Batch = 32, Optimizer = new OptimizerSettings { Kind = "sgd" } }, 0.7, 0.95, 0.94);
        Directory.CreateDirectory(_temp["runs", "no-run"]);
    }

    public void Dispose() => _temp.Dispose();

    private void Run(string name, Recipe recipe, params double[] accuracies)
    {
        string folder = _temp["runs", name];
        var run = RunFolder.Prepare(folder, new TrainingJob(_temp["data"], folder, recipe, Path.GetFileName(name)), resume: false, force: false);
        for (int i = 0; i < accuracies.Length; i++)
            run.Append(new EpochMetrics(i + 1, 1.0 / (i + 1), 1.1 / (i + 1), accuracies[i], 0.01, 2));
    }

    [Fact]
    public void In_FolderOfRuns_ListsTheBestFirst()
    {
        IReadOnlyList<RunSummary> runs = RunList.In(_temp["runs"]);
        Assert.Equal(["second", "first"], runs.Select(r => r.Name), StringComparer.Ordinal);
        Assert.Equal((3, 3, 0.95, 2, 0.94, 6.0, "unfinished"), (runs[0].Epochs, runs[0].PlannedEpochs, runs[0].BestValAccuracy!.Value, runs[0].BestEpoch!.Value, runs[0].ValAccuracy!.Value, runs[0].Seconds, runs[0].State));
        string text = RunText.List(runs);
        Assert.Contains("95.00 %", text, StringComparison.Ordinal);
        Assert.Equal(3, text.TrimEnd().Split('\n').Length);
        Assert.Empty(RunList.In(_temp["runs", "no-run"]));
        Assert.Contains("no such folder", Assert.Throws<InputException>(() => RunList.In(_temp["nowhere"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_DamagedFigures_IsSaidAndStopsNothing()
    {
        File.WriteAllText(_temp["runs", "first", "metrics.jsonl"], "{\"epoch\":1}\nnonsense\n{\"epoch\":2}\n");
        Assert.Equal("damaged", RunList.In(_temp["runs"]).Single(r => r.Name == "first").State);
    }

    [Fact]
    public async Task OfAsync_TwoRuns_TellsOnlyWhatDiffers()
    {
        RunComparison comparison = await RunComparison.OfAsync([_temp["runs", "first"], _temp["runs", "deeper", "second"]]);
        Assert.Equal(["batch", "optimizer.kind"], comparison.Differences.Select(d => d.Field), StringComparer.Ordinal);
        Assert.Equal(["64", "32"], comparison.Differences[0].Values.Select(v => v!.ToJsonString()), StringComparer.Ordinal);
        JsonElement json = JsonDocument.Parse(comparison.ToJson()).RootElement;
        Assert.Equal(["runs", "differences", "curves", "comparisons"], json.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        Assert.Equal(3, json.GetProperty("curves")[1].GetProperty("metrics").GetArrayLength());
        string page = RunPage.Html(comparison);
        Assert.Contains("optimizer.kind", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfAsync_WithData_JudgesTheFirstAgainstTheOthers()
    {
        string[] names = ["a", "b"];
        for (int q = 0; q < 2; q++)
            ToyData.Write(_temp["data", names[q]], q, 6);
        Label[] labels = [.. names.Select(n => new Label(n, n))];
        var unfinished = await Assert.ThrowsAsync<InputException>(() => CompareAsync());
        Assert.Contains("no package yet", unfinished.Message, StringComparison.Ordinal);
        ToyPackage.Write(_temp["runs", "first", "model.pictor"], labels, ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(1)]);
        ToyPackage.Write(_temp["runs", "deeper", "second", "model.pictor"], labels, ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(3)]);
        RunComparison comparison = await CompareAsync();
        Assert.Equal(12, comparison.Models.Single().Test.Samples);
        Assert.Contains("McNemar", RunText.Compare(comparison), StringComparison.Ordinal);

        Task<RunComparison> CompareAsync() => RunComparison.OfAsync([_temp["runs", "first"], _temp["runs", "deeper", "second"]], _temp["data"]);
    }

    [Fact]
    public async Task OfAsync_NoRunOrTheSameTwice_IsRefused()
    {
        var missing = await Assert.ThrowsAsync<InputException>(() => RunComparison.OfAsync([_temp["runs", "first"], _temp["runs", "frist"]]));
        Assert.Contains("first'?", missing.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InputException>(() => RunComparison.OfAsync([_temp["runs", "first"], _temp["runs", "first"]]));
    }
}

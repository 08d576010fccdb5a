using System.Text.Json;
using Pictor.Datasets;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Tests.Evaluation;

/// <summary>A real package on real files, without torch.</summary>
public sealed class PackageJudgeTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private static readonly string[] s_names = ["north-west", "north-east", "south-west", "south-east"];

    // The model's order is not the data's.
    private string Model(string? fingerprint = null, params Label[] labels)
    {
        if (labels.Length == 0)
            labels = [.. Enumerable.Range(0, 4).Reverse().Select(q => new Label(s_names[q], s_names[q]))];
        int[] quarters = [.. labels.Select(l => Array.FindIndex(s_names, name => name == l.Id || name == l.Name || l.Synonyms.Contains(name, StringComparer.Ordinal)))];
        ToyPackage.Write(_temp["toy.pictor"], labels, ToyData.Shape, [.. quarters.Select(ToyData.Mean)], fingerprint);
        return _temp["toy.pictor"];
    }

    private void Data(string part, int count, int seed = 1, int classes = 4)
    {
        for (int q = 0; q < classes; q++)
            ToyData.Write(_temp["data", part, s_names[q]], q, count, seed);
    }

    private async Task<(JsonElement Json, EvaluationOutcome Outcome)> JudgeAsync(string model, string? split = null, string? folder = null, IProgress<Progress>? progress = null)
    {
        EvaluationOutcome outcome = await Evaluator.RunAsync(new EvaluationOptions { Model = model, Data = _temp["data"], Split = split, Out = folder }, progress);
        return (JsonDocument.Parse(outcome.Json).RootElement, outcome);
    }

    private async Task<string> FingerprintAsync()
    {
        using Dataset data = await Dataset.OpenAsync(_temp["data"]);
        return data.Fingerprint;
    }

    private static string Part(JsonElement json) => json.GetProperty("data").GetProperty("split").GetString()!;

    [Fact]
    public async Task RunAsync_ModelInAnotherOrder_IsMatchedByName()
    {
        Data("", 5);
        (JsonElement json, EvaluationOutcome outcome) = await JudgeAsync(Model());
        Assert.Equal((20, 1.0, "all"), (json.GetProperty("samples").GetInt32(), json.GetProperty("accuracy").GetDouble(), Part(json)));
        Assert.Equal("toy", json.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(64, json.GetProperty("model").GetProperty("sha256").GetString()!.Length);
        Assert.Equal(await FingerprintAsync(), json.GetProperty("data").GetProperty("fingerprint").GetString());
        Assert.Equal(["south-east", "south-west", "north-east", "north-west"], json.GetProperty("perClass").EnumerateArray().Select(c => c.GetProperty("label").GetString()), StringComparer.Ordinal);
        Assert.Empty(outcome.Skipped);
    }

    [Fact]
    public async Task RunAsync_ClassesUnderOtherNames_AreMatchedByIdNameAndSynonym()
    {
        Data("", 3, classes: 3);
        (JsonElement json, _) = await JudgeAsync(Model(null,
            new Label("q2", "Other") { Synonyms = ["south-west"] }, new Label("q1", "north-east"), new Label("north-west", "Anything")));
        Assert.Equal((9, 1.0), (json.GetProperty("samples").GetInt32(), json.GetProperty("accuracy").GetDouble()));
    }

    [Fact]
    public async Task RunAsync_UnknownClassAndDamagedFile_AreListedAndLeftOut()
    {
        Data("", 4);
        ToyData.Write(_temp["data", "middle"], 1, 2);
        byte[] damaged = File.ReadAllBytes(_temp["data", "north-west", "1-0.png"]);
        File.WriteAllBytes(_temp["data", "north-west", "1-0.png"], damaged[..40]);
        (JsonElement json, EvaluationOutcome outcome) = await JudgeAsync(Model());
        Assert.Equal((15, 1.0), (json.GetProperty("samples").GetInt32(), json.GetProperty("accuracy").GetDouble()));
        Assert.Equal(3, outcome.Skipped.Count);
        Assert.Equal(2, outcome.Skipped.Count(s => s.Reason.Contains("'middle'", StringComparison.Ordinal)));
        Assert.Contains(outcome.Skipped, s => s.File == _temp["data", "north-west", "1-0.png"]);
        Assert.Equal(3, json.GetProperty("skipped").GetArrayLength());
        Assert.Equal(["file", "reason"], json.GetProperty("skipped")[0].EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NoCommonClass_NamesBothSides()
    {
        Data("", 2);
        var e = await Assert.ThrowsAsync<InputException>(() => JudgeAsync(ModelOfOthers()));
        Assert.Contains("'north-east'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'cat'", e.Message, StringComparison.Ordinal);

        string ModelOfOthers()
        {
            ToyPackage.Write(_temp["other.pictor"], [new Label("cat", "cat"), new Label("dog", "dog")], ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(1)]);
            return _temp["other.pictor"];
        }
    }

    [Theory]
    [InlineData(null, 8, "test")]
    [InlineData("test", 8, "test")]
    [InlineData("TRAIN", 40, "train")]
    [InlineData("all", 48, "all")]
    public async Task RunAsync_OtherData_HasThePartsItDeclares(string? asked, int samples, string part)
    {
        Data("train", 10);
        Data("test", 2, seed: 2);
        (JsonElement json, _) = await JudgeAsync(Model("of other data"), asked);
        Assert.Equal((samples, part), (json.GetProperty("samples").GetInt32(), Part(json)));
    }

    [Theory]
    [InlineData("val")]
    [InlineData("tets")]
    public async Task RunAsync_PartThatDoesNotExist_ListsThoseThatDo(string asked)
    {
        Data("train", 3);
        Data("test", 2, seed: 2);
        var e = await Assert.ThrowsAsync<InputException>(() => JudgeAsync(Model(), asked));
        Assert.Contains($"no part '{asked}'; it has test, train, all", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TheVeryDataOfTheTraining_IsCutAgainByThePackagesSeed()
    {
        Data("", 20);
        string fingerprint = await FingerprintAsync();
        using Dataset data = await Dataset.OpenAsync(_temp["data"]);
        var plan = SplitPlan.For(data, 3);
        (JsonElement json, EvaluationOutcome outcome) = await JudgeAsync(Model(fingerprint), folder: _temp["out"]);
        Assert.Equal((plan.Test.Count, "test"), (json.GetProperty("samples").GetInt32(), Part(json)));
        string[] judged = [.. File.ReadLines(_temp["out", "predictions.csv"]).Skip(1).Select(line => line.Split(',')[0])];
        Assert.Equal(plan.Test.Select(i => data.Samples[i].File), judged, StringComparer.Ordinal);
        Assert.Contains("None of the judged pictures is byte-equal", File.ReadAllText(outcome.ReportPath!), StringComparison.Ordinal);
        (JsonElement train, EvaluationOutcome onTrain) = await JudgeAsync(Model(fingerprint), "train");
        Assert.Equal(plan.Train.Count, train.GetProperty("samples").GetInt32());
        Assert.Contains($"{plan.Train.Count} of the judged pictures are byte-equal", onTrain.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TableItWrote_JudgedAgain_GivesTheSameFigures()
    {
        Data("", 6);
        Model();
        ToyPackage.Write(_temp["toy.pictor"], [.. s_names.Select(n => new Label(n, n + ", the \"quarter\""))], ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(1), ToyData.Mean(1), ToyData.Mean(2)], sharpness: 0.5f);
        (JsonElement first, _) = await JudgeAsync(_temp["toy.pictor"], folder: _temp["out"]);
        Assert.InRange(first.GetProperty("accuracy").GetDouble(), 0.1, 0.9);
        EvaluationOutcome again = await Evaluator.RunAsync(new EvaluationOptions { Predictions = _temp["out", "predictions.csv"] });
        JsonElement second = JsonDocument.Parse(again.Json).RootElement;
        foreach (JsonProperty field in first.EnumerateObject().Where(f => f.Name is not ("skipped" or "model" or "data" or "slices" or "leakage")))
            Assert.Equal(field.Value.GetRawText(), second.GetProperty(field.Name).GetRawText());
    }

    [Fact]
    public async Task RunAsync_LongerThanAChunk_ReportsProgressToTheEnd()
    {
        Data("", 30);
        var reports = new List<Progress>();
        var progress = new Recorder(reports);
        await JudgeAsync(Model(), progress: progress);
        Progress[] judging = [.. reports.Where(r => r.Stage == "Judging pictures")];
        Assert.Equal((120L, 120L), (judging[^1].Done, judging[^1].Total!.Value));
    }

    [Fact]
    public async Task RunAsync_Cancelled_Stops()
    {
        Data("", 3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Evaluator.RunAsync(
            new EvaluationOptions { Model = Model(), Data = _temp["data"] }, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task RunAsync_MissingModelOrData_IsNamed()
    {
        Data("", 2);
        var model = await Assert.ThrowsAsync<InputException>(() => JudgeAsync(_temp["nowhere.pictor"]));
        Assert.Contains("nowhere.pictor", model.Message, StringComparison.Ordinal);
        Directory.Delete(_temp["data"], recursive: true);
        var data = await Assert.ThrowsAsync<InputException>(() => JudgeAsync(Model()));
        Assert.Contains(_temp["data"], data.Message, StringComparison.Ordinal);
    }

    private sealed class Recorder(List<Progress> reports) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            lock (reports)
                reports.Add(value);
        }
    }
}

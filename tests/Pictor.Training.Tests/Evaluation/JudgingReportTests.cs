using System.Text.Json;
using Pictor.Metrics;
using Pictor.Training.Evaluation;
using Pictor.Training.Evaluation.Page;
using Pictor.Training.Evaluation.Slicing;

namespace Pictor.Training.Tests.Evaluation;

/// <summary>What a report says beyond accuracy, and reports of other tasks.</summary>
public sealed class JudgingReportTests : IDisposable
{
    private static readonly string[] s_names = ["north-west", "north-east", "south-west", "south-east"];
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private string Model(string name, float sharpness = 4, params int[] quarters)
    {
        ToyPackage.Write(_temp[name], [.. s_names.Select(n => new Label(n, n))], ToyData.Shape, [.. (quarters.Length > 0 ? quarters : [0, 1, 2, 3]).Select(ToyData.Mean)], sharpness: sharpness);
        return _temp[name];
    }

    private void Data(string part, int count, int seed = 1)
    {
        for (int q = 0; q < 4; q++)
            ToyData.Write(_temp["data", part, s_names[q]], q, count, seed);
    }

    private static async Task<(JsonElement Json, EvaluationOutcome Outcome)> JudgeAsync(EvaluationOptions options)
    {
        EvaluationOutcome outcome = await Evaluator.RunAsync(options);
        return (JsonDocument.Parse(outcome.Json).RootElement, outcome);
    }

    [Fact]
    public async Task RunAsync_Package_TellsCalibrationThresholdsAndSlices()
    {
        Data("", 12);
        (JsonElement json, EvaluationOutcome outcome) = await JudgeAsync(new EvaluationOptions { Model = Model("a.pictor", 0.5f, 0, 1, 1, 3), Data = _temp["data"], Out = _temp["out"], Precision = 0.9 });
        double accuracy = json.GetProperty("accuracy").GetDouble();
        Assert.Equal(0.75, accuracy);
        Assert.Equal("singleLabel", json.GetProperty("task").GetString());
        Assert.InRange(accuracy, json.GetProperty("intervals").GetProperty("accuracy").GetProperty("low").GetDouble(), json.GetProperty("intervals").GetProperty("accuracy").GetProperty("high").GetDouble());
        Assert.Equal(101, json.GetProperty("selective").GetProperty("curve").GetArrayLength());
        Assert.Equal(1, json.GetProperty("selective").GetProperty("curve")[0].GetProperty("coverage").GetDouble());
        Assert.Equal(accuracy, json.GetProperty("selective").GetProperty("curve")[0].GetProperty("accuracy").GetDouble());
        Assert.Equal(0.9, json.GetProperty("thresholds").GetProperty("precision").GetDouble());
        Assert.Equal(s_names, json.GetProperty("thresholds").GetProperty("perClass").EnumerateArray().Select(c => c.GetProperty("label").GetString()), StringComparer.Ordinal);

        JsonElement[] slices = [.. json.GetProperty("slices").EnumerateArray()];
        Assert.Equal(("class", "south-west", 12, 0.0), (slices[0].GetProperty("by").GetString(), slices[0].GetProperty("value").GetString(), slices[0].GetProperty("samples").GetInt32(), slices[0].GetProperty("figure").GetDouble()));
        Assert.Equal(48, slices.Where(s => s.GetProperty("by").GetString() == "brightness").Sum(s => s.GetProperty("samples").GetInt32()));
        string page = File.ReadAllText(outcome.ReportPath!);
        foreach (string part in (string[])["id=\"cut\"", "Where it does badly", "class=\"cards maps\"", "Brier score", "the temperature that suits these pictures"])
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.Contains("worst parts", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DeclaredTrainPart_IsSearchedForTheJudgedPictures()
    {
        Data("train", 4);
        Data("test", 4);
        Data("test", 3, seed: 2);
        (JsonElement json, EvaluationOutcome outcome) = await JudgeAsync(new EvaluationOptions { Model = Model("a.pictor"), Data = _temp["data"], Out = _temp["out"] });
        JsonElement leakage = json.GetProperty("leakage");
        Assert.Equal((16, 16, "declared"), (leakage.GetProperty("exact").GetInt32(), leakage.GetProperty("trainingPictures").GetInt32(), leakage.GetProperty("known").GetString()));
        Assert.Contains("16 of the judged pictures are byte-equal to pictures of the data's train part", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("note bad", File.ReadAllText(outcome.ReportPath!), StringComparison.Ordinal);
        (JsonElement all, _) = await JudgeAsync(new EvaluationOptions { Model = _temp["a.pictor"], Data = _temp["data"], Split = "all" });
        Assert.Equal(["test", "train"], all.GetProperty("slices").EnumerateArray().Where(s => s.GetProperty("by").GetString() == "split").Select(s => s.GetProperty("value").GetString()!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownColumn_NamesThoseThereAre()
    {
        Data("", 2);
        var e = await Assert.ThrowsAsync<InputException>(() => JudgeAsync(new EvaluationOptions { Model = Model("a.pictor"), Data = _temp["data"], SliceBy = ["brigthness"] }));
        Assert.Contains("Did you mean 'brightness'?", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InputException>(() => JudgeAsync(new EvaluationOptions { Model = _temp["a.pictor"], Data = _temp["data"], Precision = double.NaN }));
    }

    [Fact]
    public void OfNumbers_ManyValues_GivesTercilesAndFewValuesThemselves()
    {
        var column = SliceColumn.OfNumbers("size", [.. Enumerable.Range(0, 90).Select(i => (double)i)], ("small", "middle", "large"), v => $"{v:0}")!;
        Assert.Equal([30, 30, 30], column.Values.GroupBy(v => v, StringComparer.Ordinal).Select(g => g.Count()));
        Assert.Null(SliceColumn.OfNumbers("size", [5, 5, double.NaN], ("a", "b", "c"), v => $"{v}"));
        Assert.Equal(["1", "2", null], SliceColumn.OfNumbers("size", [1, 2, double.NaN], ("a", "b", "c"), v => $"{v}")!.Values, StringComparer.Ordinal);
        var many = SliceColumn.OfTexts("camera", [.. Enumerable.Range(0, 200).Select(i => $"camera {i / 2}"), "camera 0"])!;
        Assert.Equal(SliceColumn.MostValues + 1, many.Values.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void OfRight_SmallUnluckyPart_DoesNotLeadTheList()
    {
        string?[] values = [.. Enumerable.Repeat("unlucky", 2), .. Enumerable.Repeat("bad", 100), .. Enumerable.Repeat("good", 100)];
        IReadOnlyList<Slice> slices = Slice.OfRight([new SliceColumn("x", values)], i => i >= 102 || (i >= 2 && i % 3 == 0));
        Assert.Equal(["bad", "unlucky", "good"], slices.Select(s => s.Value), StringComparer.Ordinal);
        IReadOnlyList<Slice> errors = Slice.OfErrors([new SliceColumn("x", values)], i => i < 2 ? 3 : i < 102 ? 2 + (i % 2 * 0.1) : 1);
        Assert.Equal(["unlucky", "bad", "good"], errors.Select(s => s.Value), StringComparer.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TableOfNumbers_IsJudgedAsSuch()
    {
        File.WriteAllText(_temp["v.csv"], "file,target,value\na.png,1,1.5\nb.png,2,2\nc.png,4,3\n");
        (JsonElement json, EvaluationOutcome outcome) = await JudgeAsync(new EvaluationOptions { Predictions = _temp["v.csv"], Out = _temp["out"] });
        Assert.Equal("numeric", json.GetProperty("task").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("accuracy").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("confusion").ValueKind);
        Assert.Equal(0.5, json.GetProperty("regression").GetProperty("meanAbsoluteError").GetDouble(), 1e-12);
        Assert.True(double.IsNaN(outcome.Accuracy));
        Assert.Contains("mean abs. error", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(_temp["v.csv"]), File.ReadAllText(_temp["out", "predictions.csv"]));
        Assert.Contains("id=\"scatter\"", File.ReadAllText(outcome.ReportPath!), StringComparison.Ordinal);
        foreach ((string text, string told) in new[] { ("target,value\n1,x\n", "line 2: 'x' is not a finite number"), ("target,value\n1\n", "line 2: 1 columns"), ("target,value\n", "no prediction below"), ("target,value\n1,NaN\n", "not a finite") })
        {
            File.WriteAllText(_temp["w.csv"], text);
            var e = await Assert.ThrowsAsync<InputException>(() => JudgeAsync(new EvaluationOptions { Predictions = _temp["w.csv"] }));
            Assert.Contains(told, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_SeveralLabels_HasItsOwnBodyAndTheSameFields()
    {
        var table = new MultiLabelTable(3, [true, false, true, false, true, false], [0.9, 0.2, 0.3, 0.1, 0.8, 0.6]);
        double[] thresholds = [0.5, 0.5, 0.5];
        var judgement = new MultiLabelJudgement
        {
            Names = ["a", "b", "<c>"],
            Files = ["1.png", "2.png"],
            Table = table,
            Thresholds = thresholds,
            Figures = MultiLabelFigures.Of(table, thresholds),
            Data = new DataFacts("abc", "test"),
            Source = "/data",
            Columns = [new SliceColumn("light", ["day", "night"])],
            Thumbnail = i => $"data:image/png;base64,{i:X8}",
        };
        EvaluationReport report = ReportContents.Of(judgement);
        JsonElement json = JsonDocument.Parse(JsonSerializer.Serialize(report, PictorJson.Indented)).RootElement;
        Assert.Equal("multiLabel", json.GetProperty("task").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("accuracy").ValueKind);
        Assert.Equal(0, json.GetProperty("multiLabel").GetProperty("exactMatch").GetDouble());
        Assert.Equal(2.0 / 6, json.GetProperty("multiLabel").GetProperty("hammingLoss").GetDouble(), 1e-12);
        Assert.Equal(2, json.GetProperty("slices").GetArrayLength());
        Assert.Contains("exact match", TaskReportText.Of(judgement, report), StringComparison.Ordinal);
        string page = TaskPage.Of(judgement, report, null);
        Assert.Contains("missed: &lt;c&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        MultiLabelCsv.Write(_temp["m.csv"], judgement);
        Assert.Equal("file,labels,a,b,<c>\n1.png,a|<c>,0.9,0.2,0.3\n2.png,b,0.1,0.8,0.6\n", File.ReadAllText(_temp["m.csv"]));
    }

    [Fact]
    public void Counts_AnyConfidence_FallWhereThresholdsCut()
    {
        var table = new PredictionTable(2, [0, 0, 1, 1], [0.57, 0.43, 0.58, 0.42, 0, 1, 0.9, 0.1]);
        int[][] counts = [.. PageThresholds.Counts(table)];
        Assert.Equal([57, 1, 1, 58, 1, 1, 90, 1, 0], counts[0]);
        Assert.Equal([100, 1, 1], counts[1]);
    }
}

using System.Text.Json;
using Pictor.Training.Evaluation;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Comparing;

/// <summary><c>evaluate --against</c>.</summary>
public sealed class ModelComparisonTests : IDisposable
{
    private static readonly string[] s_names = ["north-west", "north-east", "south-west", "south-east"];
    private readonly TempFolder _temp = new();

    public ModelComparisonTests()
    {
        for (int q = 0; q < 4; q++)
            ToyData.Write(_temp["data", s_names[q]], q, 8);
        Write("good.pictor", 0, 1, 2, 3);
        Write("poor.pictor", 0, 1, 1, 3);
    }

    public void Dispose() => _temp.Dispose();

    private void Write(string file, params int[] quarters) =>
        ToyPackage.Write(_temp[file], [.. s_names.Select(n => new Label(n, n))], ToyData.Shape, [.. quarters.Select(ToyData.Mean)]);

    private static async Task<JsonElement> CompareAsync(EvaluationOptions options) => JsonDocument.Parse((await Evaluator.RunAsync(options)).Json).RootElement.GetProperty("comparison");

    [Fact]
    public async Task RunAsync_AgainstPackage_TellsWhoIsRightWhere()
    {
        var options = new EvaluationOptions { Model = _temp["good.pictor"], Data = _temp["data"], Against = _temp["poor.pictor"], Out = _temp["out"] };
        EvaluationOutcome outcome = await Evaluator.RunAsync(options);
        JsonElement c = JsonDocument.Parse(outcome.Json).RootElement.GetProperty("comparison");
        Assert.Equal((32, 24, 8, 0, 0), (c.GetProperty("samples").GetInt32(), c.GetProperty("bothRight").GetInt32(), c.GetProperty("onlyFirst").GetInt32(), c.GetProperty("onlySecond").GetInt32(), c.GetProperty("bothWrong").GetInt32()));
        Assert.Equal(2 * Math.Pow(0.5, 8), c.GetProperty("pValue").GetDouble(), 1e-15);
        Assert.Equal(8, c.GetProperty("onlyFirstRight").GetArrayLength());
        Assert.All(c.GetProperty("onlyFirstRight").EnumerateArray(), v => Assert.Equal(("south-west", "south-west"), (v.GetProperty("truth").GetString(), v.GetProperty("first").GetString())));
        Assert.Contains("(first) is better, and that is more than chance", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("Against toy@1.0.0 (second)", File.ReadAllText(outcome.ReportPath!), StringComparison.Ordinal);
        JsonElement swapped = await CompareAsync(options with { Model = options.Against, Against = options.Model });
        Assert.Equal(c.GetProperty("pValue").GetDouble(), swapped.GetProperty("pValue").GetDouble());
        Assert.Equal(8, swapped.GetProperty("onlySecond").GetInt32());
    }

    [Fact]
    public async Task RunAsync_AgainstTables_PairsByFileWhateverTheirOrder()
    {
        await Evaluator.RunAsync(new EvaluationOptions { Model = _temp["poor.pictor"], Data = _temp["data"], Out = _temp["poor"] });
        string[] lines = File.ReadAllLines(_temp["poor", "predictions.csv"]);

        // Other order, two rows fewer.
        File.WriteAllLines(_temp["table.csv"], [lines[0], .. lines.Skip(3).Reverse()]);
        JsonElement c = await CompareAsync(new EvaluationOptions { Model = _temp["good.pictor"], Data = _temp["data"], Against = _temp["table.csv"] });
        Assert.Equal((30, 8, 2), (c.GetProperty("samples").GetInt32(), c.GetProperty("onlyFirst").GetInt32(), c.GetProperty("leftOut").GetInt32()));
        JsonElement tables = await CompareAsync(new EvaluationOptions { Predictions = _temp["poor", "predictions.csv"], Against = _temp["table.csv"] });
        Assert.Equal((30, 1.0), (tables.GetProperty("samples").GetInt32(), tables.GetProperty("pValue").GetDouble()));
    }

    [Fact]
    public async Task RunAsync_PicturesOrLabelsThatDoNotMeet_AreRefused()
    {
        File.WriteAllText(_temp["a.csv"], "file,label,x,y\n1.png,x,1,0\n2.png,y,0,1\n");
        File.WriteAllText(_temp["b.csv"], "file,label,x,y\n3.png,x,1,0\n");
        File.WriteAllText(_temp["c.csv"], "file,label,x,y\n1.png,y,1,0\n");
        File.WriteAllText(_temp["d.csv"], "label,x,y\nx,1,0\n");
        Assert.Contains("none of its 1 pictures is among the 2 judged", await ToldAsync("b.csv"), StringComparison.Ordinal);
        Assert.Contains("'1.png' is labelled 'y' there and 'x' here", await ToldAsync("c.csv"), StringComparison.Ordinal);
        Assert.Contains("rows are paired by their order", await ToldAsync("d.csv"), StringComparison.Ordinal);
        Assert.Contains("good.pictor is a package", await ToldAsync("good.pictor"), StringComparison.Ordinal);

        async Task<string> ToldAsync(string against) =>
            (await Assert.ThrowsAsync<InputException>(() => CompareAsync(new EvaluationOptions { Predictions = _temp["a.csv"], Against = _temp[against] }))).Message;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Pictor.Metrics;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Tests.Evaluation;

/// <summary><c>evaluate --predictions</c>: tables from anyone's hand.</summary>
public sealed class PredictionTableTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private async Task<JsonElement> JudgeAsync(string csv, string? folder = null)
    {
        File.WriteAllText(_temp["p.csv"], csv);
        EvaluationOutcome outcome = await Evaluator.RunAsync(new EvaluationOptions { Predictions = _temp["p.csv"], Out = folder });
        return JsonDocument.Parse(outcome.Json).RootElement;
    }

    private Task<InputException> RefusedAsync(string csv) => Assert.ThrowsAsync<InputException>(() => JudgeAsync(csv));

    [Fact]
    public async Task RunAsync_Table_HasExactlyTheContractedFields()
    {
        JsonElement report = await JudgeAsync("label,cat,dog\ncat,0.9,0.1\ndog,0.2,0.8\ncat,0.4,0.6\n");
        Assert.Equal(
            ("samples accuracy accuracyInterval top5 macroAvg weightedAvg microAvg perClass confusion auc averagePrecision logLoss calibrationError skipped model data "
            + "task brier maximumCalibrationError intervals reliability temperature calibration thresholds selective slices leakage comparison multiLabel regression").Split(' '),
            report.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        Assert.Equal(3, report.GetProperty("samples").GetInt32());
        Assert.Equal(2 / 3.0, report.GetProperty("accuracy").GetDouble());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("top5").ValueKind);
        Assert.Equal(["precision", "recall", "f1"], report.GetProperty("macroAvg").EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        Assert.Equal(
            ["label", "precision", "recall", "f1", "support", "auc", "averagePrecision"],
            report.GetProperty("perClass")[0].EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        Assert.Equal("[[1,1],[0,1]]", report.GetProperty("confusion").GetProperty("matrix").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(["cat", "dog"], report.GetProperty("confusion").GetProperty("labels").EnumerateArray().Select(l => l.GetString()), StringComparer.Ordinal);
        Assert.Equal(["macro", "micro"], report.GetProperty("auc").EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ClassWithoutSamples_HasNullsAndDoesNotSpoilTheMean()
    {
        JsonElement report = await JudgeAsync("label,a,b,c\na,0.9,0.1,0\nb,0.2,0.8,0\n");
        Assert.Equal(JsonValueKind.Null, report.GetProperty("perClass")[2].GetProperty("auc").ValueKind);
        Assert.Equal(1, report.GetProperty("auc").GetProperty("macro").GetDouble());
        Assert.Equal(2 / 3.0, report.GetProperty("macroAvg").GetProperty("recall").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("\uFEFFfile,label,\"pear, ripe\",\"say \"\"hi\"\"\"\r\na.jpg,\"pear, ripe\",0.5,0.5\r\n\"b, c.jpg\",\"say \"\"hi\"\"\",1e-3, 0.9 \r\n\r\n")]
    [InlineData("Label,\"pear, ripe\",\"say \"\"hi\"\"\"\n\"pear, ripe\",0.5,0.5\n\n\"say \"\"hi\"\"\",0,1")]
    [InlineData("label,\"pear, ripe\",\"say \"\"hi\"\"\"\r\"pear, ripe\",50,50\r\"say \"\"hi\"\"\",0,100\r")]
    public async Task RunAsync_EveryWayOfWritingCsv_IsUnderstood(string csv)
    {
        JsonElement report = await JudgeAsync(csv);
        Assert.Equal(["pear, ripe", "say \"hi\""], report.GetProperty("confusion").GetProperty("labels").EnumerateArray().Select(l => l.GetString()), StringComparer.Ordinal);
        Assert.Equal(1, report.GetProperty("accuracy").GetDouble());
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n", "empty")]
    [InlineData("label,a,b\n", "no prediction")]
    [InlineData("a,b\n0.1,0.9\n", "starts with 'a,b'")]
    [InlineData("label;a;b\na;1;0\n", "separated by commas")]
    [InlineData("label,a\na,1\n", "at least two")]
    [InlineData("label\na\n", "at least two")]
    [InlineData("label,a,a\na,1,0\n", "two columns")]
    [InlineData("label,a,\na,1,0\n", "no class name")]
    [InlineData("label,a,b\na,1\n", "line 2: 2 columns, and the header has 3")]
    [InlineData("label,a,b\na,1,0,0\n", "4 columns")]
    [InlineData("label,a,b\na,one,0\n", "'one' for class 'a' is not a number")]
    [InlineData("label,a,b\na,NaN,0\n", "not a finite number")]
    [InlineData("label,a,b\na,0,1e999\n", "not a finite number")]
    [InlineData("label,a,b\na,-0.1,0\n", "is negative")]
    [InlineData("label,a,b\na,\"1,0\n", "line 2: a quote is opened and never closed")]
    [InlineData("label,a,b\n\"a\"x,1,0\n", "behind a closing quote")]
    [InlineData("label,apple,plum\nappel,1,0\n", "Did you mean 'apple'?")]
    public async Task RunAsync_FaultyTable_TellsWhatAndWhere(string csv, string expected)
    {
        InputException e = await RefusedAsync(csv);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("p.csv", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownLabelAtTheEnd_IsNamedWithItsLine()
    {
        var csv = new StringBuilder("label,\"apple\nred\",plum\n");
        for (int i = 0; i < 997; i++)
            csv.Append("plum,0.5,0.5\n");
        InputException e = await RefusedAsync(csv.Append("\"kiwi\",0.5,0.5\n").ToString());
        Assert.Contains("p.csv line 1000: label 'kiwi'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ManyFaults_AreToldAtOnceUpToTen()
    {
        InputException e = await RefusedAsync("label,a,b\n" + string.Concat(Enumerable.Repeat("a,x,-1\n", 8)));
        Assert.Contains("16 faults", e.Message, StringComparison.Ordinal);
        Assert.Contains("line 6: '-1' for class 'b' is negative", e.Message, StringComparison.Ordinal);
        Assert.Contains("and 6 more", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NotUtf8_SaysSo()
    {
        File.WriteAllBytes(_temp["p.csv"], [.. "label,a,b\n"u8, 0xE9, .. ",1,0\n"u8]);
        var e = await Assert.ThrowsAsync<InputException>(() => Evaluator.RunAsync(new EvaluationOptions { Predictions = _temp["p.csv"] }));
        Assert.Contains("UTF-8", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_MissingFileOrFolder_SaysSo()
    {
        var missing = await Assert.ThrowsAsync<InputException>(() => Evaluator.RunAsync(new EvaluationOptions { Predictions = _temp["none.csv"] }));
        Assert.Contains("there is no such file", missing.Message, StringComparison.Ordinal);
        var folder = await Assert.ThrowsAsync<InputException>(() => Evaluator.RunAsync(new EvaluationOptions { Predictions = _temp.Path }));
        Assert.Contains("it is a folder", folder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ContradictingOptions_AreRefused()
    {
        await Assert.ThrowsAsync<InputException>(() => Evaluator.RunAsync(new EvaluationOptions { Predictions = "p.csv", Model = "m.pictor" }));
        await Assert.ThrowsAsync<InputException>(() => Evaluator.RunAsync(new EvaluationOptions { Model = "m.pictor" }));
        await Assert.ThrowsAsync<InputException>(() => Evaluator.RunAsync(new EvaluationOptions()));
    }

    [Fact]
    public void WriteThenRead_AnyTable_GivesTheSame()
    {
        Gen<string> text = Gen.Char["ab ,\"'\n\r\u00e9\u4e2d;#=\t"].Array[1, 8].Select(c => "x" + new string(c));
        Gen<(string[] Names, string[] Files, PredictionTable Table)> tables =
            from names in text.Array[2, 5].Select(n => n.Distinct(StringComparer.Ordinal).ToArray())
            where names.Length > 1
            from samples in Gen.Int[1, 9]
            from files in text.Array[samples]
            from truth in Gen.Int[0, names.Length - 1].Array[samples]
            from scores in Gen.Double[0, 1e9].Array[samples * names.Length]
            select (names, files, new PredictionTable(names.Length, truth, scores));
        string path = _temp["round.csv"];
        tables.Sample(t =>
        {
            PredictionCsv.Write(path, t.Names, t.Files, t.Table);
            var read = PredictionCsv.Read(path, CancellationToken.None);
            return read.Names.SequenceEqual(t.Names, StringComparer.Ordinal) && read.Files.SequenceEqual(t.Files, StringComparer.Ordinal) && read.Table.Truth.SequenceEqual(t.Table.Truth)
                && Enumerable.Range(0, t.Table.Samples).All(i => read.Table.Scores(i).SequenceEqual(t.Table.Scores(i)));
        }, threads: 1);
    }

    [Fact]
    public async Task RunAsync_AnyBytes_NeverCrashes()
    {
        string path = _temp["fuzz.csv"];
        byte[][] inputs = Gen.Byte.Array[0, 200].Array[60].Single();
        foreach (byte[] bytes in inputs)
        {
            File.WriteAllBytes(path, [.. "label,a,b\n"u8, .. bytes]);
            await Assert.ThrowsAsync<InputException>(() => Evaluator.RunAsync(new EvaluationOptions { Predictions = path }));
        }
    }

    [Fact]
    public async Task RunAsync_Out_WritesFourFilesAndLeavesTheInputAlone()
    {
        Directory.CreateDirectory(_temp["report"]);
        string csv = "label,a,b\na,0.9,0.1\nb,0.3,0.7\n";
        File.WriteAllText(_temp["report", "predictions.csv"], csv);
        EvaluationOutcome outcome = await Evaluator.RunAsync(new EvaluationOptions { Predictions = _temp["report", "predictions.csv"], Out = _temp["report"] });
        Assert.Equal(csv, File.ReadAllText(_temp["report", "predictions.csv"]));
        Assert.Equal(outcome.Json + "\n", File.ReadAllText(_temp["report", "report.json"]));
        Assert.Equal(outcome.Text, File.ReadAllText(_temp["report", "report.txt"]));
        Assert.Equal(_temp["report", "report.html"], outcome.ReportPath);
        Assert.Equal(4, Directory.GetFiles(_temp["report"]).Length);

        await Evaluator.RunAsync(new EvaluationOptions { Predictions = _temp["report", "predictions.csv"], Out = _temp["other"] });
        Assert.Equal("file,label,a,b\n,a,0.9,0.1\n,b,0.3,0.7\n", File.ReadAllText(_temp["other", "predictions.csv"]));
    }

    [Fact]
    public async Task RunAsync_CommaCulture_ReadsAndWritesTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            JsonElement report = await JudgeAsync("label,a,b\na,0.9,0.1\nb,0.4,0.6\n", _temp["out"]);
            Assert.Equal(1, report.GetProperty("accuracy").GetDouble());
            Assert.Contains("100.00 %", File.ReadAllText(_temp["out", "report.txt"]), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

using System.Text.Json;
using System.Xml.Linq;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private TrainingJob Job(Recipe? recipe = null) => new(_temp["data"], _temp["run"], recipe ?? new Recipe(), "digits");

    private RunFolder Prepare(bool resume = false, bool force = false, Recipe? recipe = null) =>
        RunFolder.Prepare(_temp["run"], Job(recipe), resume, force);

    private static EpochMetrics Epoch(int epoch, double loss = 0.5) => new(epoch, loss, loss + 0.01, 0.9, 0.001, 1.5);

    [Fact]
    public void Prepare_NewFolder_HoldsConfigurationAndCheckpoints()
    {
        RunFolder run = Prepare(recipe: new Recipe { Network = "softmax", Seed = 7 });
        Assert.True(Directory.Exists(run.CheckpointsPath));
        RunFolder opened = RunFolder.Open(run.Path);
        Assert.Equal(7, opened.Job.Recipe.Seed);
        Assert.Equal("softmax", opened.Job.Recipe.Network);
        Assert.Equal(_temp["data"], opened.Job.Data);
        Assert.Equal("digits", opened.Job.Name);
        Assert.Equal(opened.Job.Recipe, run.Job.Recipe);
    }

    [Fact]
    public void Prepare_ExistingRun_TellsBothWaysOutAndTouchesNothing()
    {
        RunFolder run = Prepare();
        run.Append(Epoch(1));
        var e = Assert.Throws<InputException>(() => Prepare());
        Assert.Contains("--resume", e.Message, StringComparison.Ordinal);
        Assert.Contains("--force", e.Message, StringComparison.Ordinal);
        Assert.Contains(_temp["run"], e.Message, StringComparison.Ordinal);
        Assert.Single(RunFolder.Open(_temp["run"]).Metrics);
    }

    [Fact]
    public void Prepare_Force_DeletesOnlyWhatARunWrites()
    {
        RunFolder run = Prepare();
        run.Append(Epoch(1));
        File.WriteAllText(run.ModelPath, "model");
        File.WriteAllText(_temp["run", "checkpoints", "epoch-1"], "weights");
        File.WriteAllText(_temp["run", "notes.txt"], "mine");
        Directory.CreateDirectory(_temp["run", "checkpoints", "mine"]);
        File.WriteAllText(_temp["run", "checkpoints", "mine", "a"], "mine");

        RunFolder anew = Prepare(force: true);
        Assert.Empty(anew.Metrics);
        Assert.False(File.Exists(anew.ModelPath));
        Assert.False(File.Exists(_temp["run", "curves.svg"]));
        Assert.Empty(Directory.GetFiles(anew.CheckpointsPath));
        Assert.Equal("mine", File.ReadAllText(_temp["run", "notes.txt"]));
        Assert.Equal("mine", File.ReadAllText(_temp["run", "checkpoints", "mine", "a"]));
    }

    [Theory]
    [InlineData("notes.txt", "text")]
    [InlineData("model.pictor", "a package")]
    [InlineData("config.json", "{\"editor\": {\"theme\": \"dark\"}}")]
    [InlineData("config.json", "not even JSON")]
    public void Prepare_ForeignFolder_IsRefusedEvenWithForce(string file, string content)
    {
        Directory.CreateDirectory(_temp["run"]);
        File.WriteAllText(_temp["run", file], content);
        foreach (bool force in (bool[])[false, true])
        {
            var e = Assert.Throws<InputException>(() => Prepare(force: force));
            Assert.Equal("run.foreign-folder", e.Code);
        }

        Assert.Equal([_temp["run", file]], Directory.GetFileSystemEntries(_temp["run"]));
        Assert.Equal(content, File.ReadAllText(_temp["run", file]));
    }

    [Fact]
    public void Prepare_EmptyFolder_IsTaken()
    {
        Directory.CreateDirectory(_temp["run"]);
        Assert.Empty(Prepare().Metrics);
    }

    [Fact]
    public void Prepare_PathIsAFile_SaysSo()
    {
        File.WriteAllText(_temp["run"], "");
        Assert.Contains("it is a file", Assert.Throws<InputException>(() => Prepare(force: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_ResumeWithoutRunOrCheckpoint_SaysWhatIsMissing()
    {
        Assert.Contains("no run to resume", Assert.Throws<InputException>(() => Prepare(resume: true)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_temp["run"]));
        Prepare();
        Assert.Contains("before its first checkpoint", Assert.Throws<InputException>(() => Prepare(resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_ResumeWithAnotherRecipe_NamesEveryDifference()
    {
        Prepare(recipe: new Recipe { Epochs = 5 });
        File.WriteAllText(_temp["run", "checkpoints", "epoch-1"], "weights");
        var e = Assert.Throws<InputException>(() => Prepare(resume: true,
            recipe: new Recipe { Network = "softmax", Epochs = 4, Optimizer = new OptimizerSettings { Kind = "sgd" } }));
        Assert.Contains("network was \"mnist-cnn\" and is now \"softmax\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("optimizer.kind was \"adam\" and is now \"sgd\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("epochs was 5 and is now 4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_ResumeWithMoreEpochs_KeepsFiguresAndRecordsTheNewNumber()
    {
        Prepare(recipe: new Recipe { Epochs = 2 }).Append(Epoch(1));
        File.WriteAllText(_temp["run", "checkpoints", "epoch-1"], "weights");
        RunFolder run = Prepare(resume: true, recipe: new Recipe { Epochs = 6, Threads = 2 });
        Assert.Single(run.Metrics);
        Assert.Equal(6, RunFolder.Open(run.Path).Job.Recipe.Epochs);
    }

    [Fact]
    public void Append_Line_HasExactlyTheContractedFields()
    {
        RunFolder run = Prepare();
        run.Append(new EpochMetrics(1, 0.25, null, double.NaN, 0.001, 2));
        string line = Assert.Single(File.ReadAllLines(run.MetricsPath));
        using JsonDocument json = JsonDocument.Parse(line);
        Assert.Equal(["epoch", "trainLoss", "valLoss", "valAccuracy", "learningRate", "seconds"], json.RootElement.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("valAccuracy").ValueKind);
    }

    [Fact]
    public void Append_AfterAResume_DropsLaterEpochs()
    {
        RunFolder run = Prepare();
        for (int i = 1; i <= 4; i++)
            run.Append(Epoch(i));
        RunFolder opened = RunFolder.Open(run.Path);
        opened.Append(Epoch(3, loss: 0.1));
        Assert.Equal([1, 2, 3], RunFolder.Open(run.Path).Metrics.Select(m => m.Epoch));
        Assert.Equal(0.1, RunFolder.Open(run.Path).Metrics[2].TrainLoss);
        opened.Rewind(1);
        Assert.Equal([1], RunFolder.Open(run.Path).Metrics.Select(m => m.Epoch));
    }

    [Fact]
    public void Open_TornLastLine_IsDroppedAndTheNextLineIsWhole()
    {
        RunFolder run = Prepare();
        run.Append(Epoch(1));
        run.Append(Epoch(2));
        string text = File.ReadAllText(run.MetricsPath);
        File.WriteAllText(run.MetricsPath, text[..^20]);
        RunFolder opened = RunFolder.Open(run.Path);
        Assert.Equal([1], opened.Metrics.Select(m => m.Epoch));
        opened.Append(Epoch(2));
        Assert.Equal(text, File.ReadAllText(run.MetricsPath));
    }

    [Fact]
    public void Open_DamagedLine_IsNamed()
    {
        RunFolder run = Prepare();
        File.WriteAllText(run.MetricsPath, "{\"epoch\": 1}\nrubbish\n{\"epoch\": 3}\n");
        Assert.Contains("metrics.jsonl line 2", Assert.Throws<InputException>(() => RunFolder.Open(run.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public void Curves_AnyNumberOfEpochs_IsWellFormedWithAPointForEach(int epochs)
    {
        EpochMetrics[] metrics = [.. Enumerable.Range(1, epochs).Select(i => new EpochMetrics(i, 2.0 / i, i == 3 ? double.NaN : 2.2 / i, 1 - (0.5 / i), 0.001, 1))];
        XDocument svg = XDocument.Parse(TrainingCurves.Draw(metrics, 5));
        int dots = svg.Descendants().Count(e => e.Name.LocalName == "circle");
        Assert.Equal(epochs == 0 ? 0 : (epochs * 3) + 1 - (epochs >= 3 ? 1 : 0), dots);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }
}

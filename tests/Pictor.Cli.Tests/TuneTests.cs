using System.Diagnostics;
using System.Text.Json;
using Pictor.Cli.Terminal;
using Pictor.Datasets;

namespace Pictor.Cli.Tests;

/// <summary>The search with the real trainer, killed in the middle.</summary>
public sealed class TuneTests : IDisposable
{
    private const int Trials = 4;
    private readonly TemporaryFolder _folder = new();

    public TuneTests() => DrawnPictures.WriteFolder(_folder.File("drawn"), perClass: 12, seed: 1, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tune_KilledAndResumed_GivesTheSameTable()
    {
        Run whole = await Run.PictorAsync([.. Arguments("whole"), "--json"]);
        Assert.True(whole.Code == 0, whole.Error);

        using (Process process = Start(Arguments("killed")))
        {
            // Two trials have ended and the next one has begun.
            while (!process.HasExited && Ended("killed") < 2)
                await Task.Delay(50, TestContext.Current.CancellationToken);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(Ended("killed"), 2, Trials);
        Run resumed = await Run.PictorAsync([.. Arguments("killed"), "--resume", "--json"]);
        Assert.True(resumed.Code == 0, resumed.Error);

        Assert.Equal(Table(whole.Json), Table(resumed.Json));
        Assert.Equal("finished", resumed.Json.GetProperty("state").GetString());
        Assert.Equal(
            ["best.json", "model.pictor", "trials", "tune.html", "tune.json"],
            Directory.EnumerateFileSystemEntries(_folder.File("killed")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Run again = await Run.PictorAsync("train", "--data", _folder.File("drawn"), "--recipe", Path.Combine(_folder.File("killed"), "best.json"), "--out", _folder.File("again"), "--json");
        Assert.True(again.Code == 0, again.Error);
        Assert.Equal(resumed.Json.GetProperty("best").GetProperty("valAccuracy").GetDouble(), again.Json.GetProperty("valAccuracy").GetDouble());
    }

    [Fact]
    public async Task Tune_FaultySpace_TellsAllBeforeAnyTrial()
    {
        string space = _folder.File("space.json");
        await File.WriteAllTextAsync(space, """{ "optimizer.learningrate": {"log": [1, 2]}, "batch": [] }""", TestContext.Current.CancellationToken);
        Run run = await Run.PictorAsync([.. Arguments("out"), "--space", space]);
        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("did you mean 'optimizer.learningRate'", run.Error, StringComparison.Ordinal);
        Assert.Contains("list of values is empty", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task LabelBudget_OnAPackage_DrawsTheCurveOfHeads()
    {
        DrawnPictures.WriteFolder(_folder.File("more"), perClass: 40, seed: 2, TestContext.Current.CancellationToken);
        Run trained = await Run.PictorAsync("train", "--data", _folder.File("drawn"), "--network", "softmax", "--size", "16", "--epochs", "1", "--out", _folder.File("base"), "--quiet");
        Assert.True(trained.Code == 0, trained.Error);
        Run run = await Run.PictorAsync("train", "--data", _folder.File("more"), "--on", Path.Combine(_folder.File("base"), "model.pictor"), "--label-budget", "--out", _folder.File("curve"), "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(4, run.Json.GetProperty("points").GetArrayLength());
        Assert.Contains("50 more pictures of each class", run.Json.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    private string[] Arguments(string name) =>
        ["tune", "--data", _folder.File("drawn"), "--network", "softmax", "--size", "16", "--epochs", "2", "--threads", "1", "--method", "random", "--trials", $"{Trials}", "--name", "toy", "--out", _folder.File(name)];

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pictor.Cli.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private int Ended(string name)
    {
        string path = Path.Combine(_folder.File(name), "tune.json");
        return File.Exists(path) ? JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("trials").EnumerateArray().Count(t => t.GetProperty("state").GetString() == "finished") : 0;
    }

    private static string[] Table(JsonElement record) =>
        [.. record.GetProperty("trials").EnumerateArray().Select(t => $"{t.GetProperty("trial")} {t.GetProperty("settings").GetRawText()} {t.GetProperty("valLoss")} {t.GetProperty("valAccuracy")} {t.GetProperty("state")}")];
}

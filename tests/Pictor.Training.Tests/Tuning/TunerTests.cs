using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Training.Choosing;
using Pictor.Training.Recipes;
using Pictor.Training.Tuning;

namespace Pictor.Training.Tests.Tuning;

/// <summary>The search on a made-up objective: the learning rate decides, the best is 0.03, the default 0.1; more epochs help a little.</summary>
public sealed class TunerTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Random_TriesAll_AndKeepsTheBest()
    {
        var runs = new MadeUpRuns(Accuracy);
        TuneRecord record = await SearchAsync(runs, Job(trials: 12) with { Method = TuningMethod.Random });

        Assert.Equal(13, runs.Jobs.Count);
        Assert.All(runs.Jobs, job => Assert.Equal(9, job.Recipe.Epochs));
        Assert.Equal(record.Trials.Max(t => t.ValAccuracy), record.Best!.ValAccuracy);
        Assert.Equal(record.Best.ValAccuracy!.Value - record.Trials[0].ValAccuracy!.Value, record.Best.Gain ?? double.NaN, 1e-12);
        Assert.Equal("finished", record.State);
        Assert.Equal(await File.ReadAllTextAsync(_temp["out", record.Best.Folder, "model.pictor"], Token), await File.ReadAllTextAsync(_temp["out", "model.pictor"], Token));
        Assert.Equal(runs.Jobs.Single(j => j.Out.EndsWith(record.Best.Folder[^3..], StringComparison.Ordinal)).Recipe, RecipeFile.Load(_temp["out", "best.json"]).Resolve());
    }

    [Fact]
    public async Task Halving_OfMany_EndsWithTheBestOfAll()
    {
        var runs = new MadeUpRuns(Accuracy);
        TuneRecord record = await SearchAsync(runs, Job(trials: 27));

        Assert.Equal([1, 3, 9], record.Rungs);
        Assert.Equal([27, 9, 3], Enumerable.Range(0, 3).Select(rung => record.Trials.Count(t => t.Trial > 0 && t.Rung == rung)));
        TrialRun[] first = [.. record.Trials.Where(t => t is { Trial: > 0, Rung: 0 })];
        Assert.Equal(first.MaxBy(t => t.ValAccuracy)!.Trial, record.Best!.Trial);
        Assert.Equal(9, record.Best.Epochs);
        Assert.Equal(0, record.Trials[0].Trial);
        Assert.Equal(9, record.Trials[0].Epochs);
    }

    [Fact]
    public async Task SameSeed_GivesTheSameSearch()
    {
        TuneRecord one = await SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 9)), two = await SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 9, folder: "again"));
        Assert.Equal(JsonSerializer.Serialize(one.Trials), JsonSerializer.Serialize(two.Trials));
    }

    [Theory]
    [InlineData(TuningMethod.Random, 4)]
    [InlineData(TuningMethod.Halving, 2)]
    [InlineData(TuningMethod.Halving, 15)]
    public async Task Killed_AndResumed_EndsAsIfNothingHadHappened(TuningMethod method, int after)
    {
        TuneRecord whole = await SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 18, folder: "whole") with { Method = method });
        var dying = new MadeUpRuns(Accuracy) { Dies = job => job.Out.Contains(whole.Trials[after].Folder, StringComparison.Ordinal) };
        await Assert.ThrowsAsync<IOException>(() => SearchAsync(dying, Job(trials: 18) with { Method = method }));
        var rest = new MadeUpRuns(Accuracy);
        TuneRecord resumed = await SearchAsync(rest, Job(trials: 18) with { Method = method, Resume = true });

        Assert.Equal(whole.Trials.Count - after, rest.Jobs.Count);
        Assert.Equal(JsonSerializer.Serialize(whole.Trials), JsonSerializer.Serialize(resumed.Trials));
        Assert.Equal(whole.Best!.Folder, resumed.Best!.Folder);
    }

    [Theory]
    [InlineData(TuningMethod.Random)]
    [InlineData(TuningMethod.Halving)]
    public async Task Budget_IsKept_AndResumingWithMoreGoesOn(TuningMethod method)
    {
        var runs = new MadeUpRuns(Accuracy);
        TuneRecord record = await SearchAsync(runs, Job(trials: method == TuningMethod.Random ? 30 : null) with { Method = method, Seconds = 100 });

        Assert.InRange(record.Seconds, 60, 100);
        Assert.NotNull(record.Best);
        Assert.Contains(record.Trials, t => t.Trial > 0 && t is { Epochs: 9, State: TrialRun.Finished });
        Assert.Equal(method == TuningMethod.Random ? "stopped" : "finished", record.State);
        if (method != TuningMethod.Random)
            return;
        TuneRecord more = await SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 30) with { Method = method, Seconds = 1000, Resume = true });
        Assert.Equal(31, more.Trials.Count);
        Assert.Equal("finished", more.State);
    }

    [Fact]
    public async Task Budget_WhenTrialsTurnOutSlow_StillTakesOneToTheTop()
    {
        // The first rung plans for many; then the machine becomes four times as slow.
        int run = 0;
        TuneRecord record = await SearchAsync(new MadeUpRuns(Accuracy, recipe => recipe.Epochs * (run++ > 3 ? 4 : 1)), Job(trials: null) with { Seconds = 150 });
        Assert.Contains(record.Trials, t => t.Trial > 0 && t is { Epochs: 9, State: TrialRun.Finished });
        Assert.InRange(record.Seconds, 0, 150 + 36);
        Assert.Equal("stopped", record.State);
    }

    [Fact]
    public async Task Budget_OverDuringARun_StopsItCleanly()
    {
        TuneRecord record = await SearchAsync(new MadeUpRuns(Accuracy, recipe => recipe.Optimizer.LearningRate > 0.2 ? 1000 : 1), Job(trials: 20) with { Method = TuningMethod.Random, Seconds = 50 });
        Assert.Equal("stopped", record.State);
        TrialRun last = record.Trials[^1];
        Assert.Equal((TrialRun.Stopped, "The time was over."), (last.State, last.Reason));
        Assert.Null(last.ValAccuracy);
    }

    [Fact]
    public async Task TrialsThatFail_AreKeptWithTheirReason_AndOthersGoOn()
    {
        var runs = new MadeUpRuns(recipe => recipe.Optimizer.LearningRate > 0.15 ? double.NaN : Accuracy(recipe))
        {
            Fails = job => job.Recipe.Optimizer.LearningRate < 0.05 && !job.Out.EndsWith("000", StringComparison.Ordinal) ? new InputException("batch", "it is too small", "Use more.") : null,
        };
        TuneRecord record = await SearchAsync(runs, Job(trials: 15) with { Method = TuningMethod.Random });

        TrialRun[] failed = [.. record.Trials.Where(t => t.State == TrialRun.Failed)];
        Assert.Contains(failed, t => t.Reason!.Contains("diverged", StringComparison.Ordinal));
        Assert.Contains(failed, t => t.Reason!.Contains("it is too small", StringComparison.Ordinal));
        Assert.Equal(16, record.Trials.Count);
        Assert.InRange(record.Best!.ValAccuracy!.Value, 0.5, 1);
        Assert.Contains("diverged", TunePage.Html(record), StringComparison.Ordinal);
        Assert.Contains("diverged", TuneText.Of(record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DefaultsThatAreBest_AreSaidToBe()
    {
        TuneRecord record = await SearchAsync(new MadeUpRuns(recipe => recipe.Optimizer.LearningRate == 0.1 ? 0.9 : 0.5), Job(trials: 3) with { Said = new JsonObject { ["network"] = "resnet9-16", ["epochs"] = 2 } });
        Assert.Equal((0, 0.0), (record.Best!.Trial, record.Best.Gain));
        Assert.Contains("The defaults were not beaten", TuneText.Of(record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoNetworkNamed_TheFirstRunChoosesWhatTheOthersStartFrom()
    {
        var runs = new MadeUpRuns(Accuracy);
        TuneRecord record = await SearchAsync(runs, Job(trials: 3) with { Said = [], Space = null, Request = new RecipeRequest("quick", 10, []) });
        Assert.NotNull(runs.Jobs[0].Request);
        Assert.All(runs.Jobs.Skip(1), job => Assert.True(job is { Request: null, Recipe.Network: "resnet9-16", Recipe.Budget: null }));
        Assert.Equal([3, 9], record.Rungs);
        Assert.True(record.Space!.ContainsKey("loss.labelSmoothing"));
    }

    [Fact]
    public async Task BadData_LeavesNothingBehind()
    {
        var runs = new MadeUpRuns(Accuracy) { Fails = _ => new InputException("data", "there is no such folder", "Name another.") };
        await Assert.ThrowsAsync<InputException>(() => SearchAsync(runs, Job(trials: 3)));
        Assert.False(Directory.Exists(_temp["out"]));
    }

    [Fact]
    public async Task ExistingSearch_IsRefused_ResumedOrReplaced()
    {
        await SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 3));
        Assert.Equal("tune.exists", (await Assert.ThrowsAsync<InputException>(() => SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 3)))).Code);
        var other = await Assert.ThrowsAsync<InputException>(() => SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 9) with { Resume = true, Method = TuningMethod.Random, Said = [] }));
        Assert.Contains("method was halving", other.Message, StringComparison.Ordinal);
        Assert.Contains("said recipe was", other.Message, StringComparison.Ordinal);
        Assert.Equal("tune.nothing-to-resume", (await Assert.ThrowsAsync<InputException>(() => SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 3, folder: "none") with { Resume = true }))).Code);
        Directory.CreateDirectory(_temp["foreign"]);
        await File.WriteAllTextAsync(_temp["foreign", "diary.txt"], "mine", Token);
        Assert.Equal("run.foreign-folder", (await Assert.ThrowsAsync<InputException>(() => SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 3, folder: "foreign") with { Force = true }))).Code);
        await File.WriteAllTextAsync(_temp["out", "trials", "notes.txt"], "mine", Token);
        TuneRecord again = await SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 4) with { Force = true });
        Assert.Equal(4, again.Planned);
        Assert.True(File.Exists(_temp["out", "trials", "notes.txt"]));
    }

    [Fact]
    public async Task Importance_FindsTheParameterThatMatters()
    {
        TuneRecord record = await SearchAsync(new MadeUpRuns(Accuracy), Job(trials: 24) with { Method = TuningMethod.Random });
        Assert.Equal("optimizer.learningRate", record.Importance[0].Field);
        Assert.InRange(record.Importance[0].Share!.Value, 0.6, 1);
        Assert.All(record.Importance.Skip(1), i => Assert.InRange(i.Share!.Value, 0, 0.3));

        TuneRecord byWord = await SearchAsync(new MadeUpRuns(r => (r.Augment.Rotation > 0 ? 0.9 : 0.6) + (0.01 * r.Loss.LabelSmoothing)), Job(trials: 24, folder: "word") with { Method = TuningMethod.Random });
        Assert.Equal(("augment", "digits"), (byWord.Importance[0].Field, byWord.Importance[0].Best));
        Assert.InRange(byWord.Importance[0].Share!.Value, 0.4, 1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static double Accuracy(Recipe recipe) => 0.9 - (0.2 * Math.Pow(Math.Log10(recipe.Optimizer.LearningRate!.Value / 0.03), 2)) + (0.001 * recipe.Epochs);

    private TuningJob Job(int? trials, string folder = "out")
    {
        JsonObject said = new() { ["network"] = "resnet9-16", ["epochs"] = 9, ["optimizer"] = new JsonObject { ["momentum"] = 0.8 } };
        JsonObject space = JsonNode.Parse("""{ "optimizer.learningRate": {"log": [0.01, 1]}, "optimizer.weightDecay": {"log": [1e-5, 1e-2]}, "loss.labelSmoothing": {"uniform": [0, 0.2]}, "augment": ["none", "digits"] }""")!.AsObject();
        return new TuningJob("data", _temp[folder], "toy", said) { Space = TuningSpace.Read(space, said), Trials = trials };
    }

    private static async Task<TuneRecord> SearchAsync(MadeUpRuns runs, TuningJob job) =>
        (await Tuner.RunAsync(job, runner: runs.RunAsync, time: runs.Clock, cancellationToken: Token)).Record;
}

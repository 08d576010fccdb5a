using System.Text.Json.Nodes;
using Pictor.Datasets;
using Pictor.Training.Choosing;
using Pictor.Training.LabelBudget;
using Pictor.Training.Recipes;
using Pictor.Training.Tests.Tuning;

namespace Pictor.Training.Tests.LabelBudget;

public sealed class LabelBudgetRunTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public LabelBudgetRunTests() => DrawnPictures.WriteFolder(_temp["data"], perClass: 40, seed: 1, TestContext.Current.CancellationToken);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Run_TrainsNestedSubsets_AndWritesTheCurve()
    {
        var runs = new MadeUpRuns(Accuracy);
        LabelCurve curve = await DrawAsync(runs, Job());

        Assert.Equal([5, 10, 20, null], curve.Points.Select(p => p.PerClass));
        Assert.Equal([null, 5, 10, 20], runs.Jobs.Select(j => j.Recipe.SamplesPerClass));
        Assert.All(runs.Jobs.Skip(1), job => Assert.True(job.Recipe.Epochs > 4 && job.Recipe.Batch == 16 && job.Recipe.Optimizer.LearningRate < 0.1));
        Assert.True(curve.Points[0].Epochs > curve.Points[2].Epochs);
        Assert.All(curve.Points, p => Assert.Equal("finished", p.State));
        Assert.NotNull(curve.Worth);
        foreach (string name in (string[])["label-budget.json", "label-budget.svg", "label-budget.html", "model.pictor"])
            Assert.True(File.Exists(_temp["out", name]), name);
        Assert.Contains(curve.Sentence.Split('(')[0], await File.ReadAllTextAsync(_temp["out", "label-budget.html"], Token), StringComparison.Ordinal);
        Assert.Contains("of each class", LabelPage.Text(curve), StringComparison.Ordinal);
        System.Xml.Linq.XDocument.Parse(await File.ReadAllTextAsync(_temp["out", "label-budget.svg"], Token));
    }

    [Fact]
    public async Task Run_WithABudget_EndsWithinIt_AndKeepsTheChosenRecipe()
    {
        // An epoch costs what LabelSteps says it does, in hundredths of a second a picture.
        var runs = new MadeUpRuns(Accuracy, recipe => recipe.Epochs * ((recipe.SamplesPerClass is { } n ? n * 10 : 320) + 13) / 100.0);
        LabelCurve curve = await DrawAsync(runs, Job() with { Said = [], Seconds = 60, Request = new RecipeRequest("quick", null, []) });
        Assert.InRange(runs.Jobs[0].Request!.Seconds!.Value, 5, 40);
        Assert.InRange(curve.Seconds, 30, 60);
        Assert.All(runs.Jobs.Skip(1), job => Assert.True(job is { Request: null, Recipe: { Network: "resnet9-16", Budget: null } }));
        Assert.All(curve.Points, p => Assert.NotNull(p.ValAccuracy));
    }

    [Fact]
    public async Task Run_Killed_GoesOnWhereItWas()
    {
        await Assert.ThrowsAsync<IOException>(() => DrawAsync(new MadeUpRuns(Accuracy) { Dies = job => job.Recipe.SamplesPerClass == 10 }, Job()));
        Assert.Equal("run.exists", (await Assert.ThrowsAsync<InputException>(() => DrawAsync(new MadeUpRuns(Accuracy), Job()))).Code);
        var rest = new MadeUpRuns(Accuracy);
        LabelCurve curve = await DrawAsync(rest, Job() with { Resume = true });
        Assert.Equal([10, 20], rest.Jobs.Select(j => j.Recipe.SamplesPerClass));
        Assert.All(curve.Points, p => Assert.NotNull(p.ValAccuracy));
        await DrawAsync(new MadeUpRuns(Accuracy), Job() with { Force = true });
    }

    [Fact]
    public async Task Run_APointThatFails_IsKeptWithItsReason()
    {
        LabelCurve curve = await DrawAsync(new MadeUpRuns(Accuracy) { Fails = job => job.Recipe.SamplesPerClass == 5 ? new InvalidOperationException("out of luck") : null }, Job());
        Assert.Equal(("failed", "out of luck"), (curve.Points[0].State, curve.Points[0].Reason));
        Assert.NotNull(curve.Worth);
    }

    [Fact]
    public async Task Run_TooFewPictures_SaysSo()
    {
        DrawnPictures.WriteFolder(_temp["few"], perClass: 3, seed: 1, Token);
        Assert.Equal("data.too-few", (await Assert.ThrowsAsync<InputException>(() => DrawAsync(new MadeUpRuns(Accuracy), Job() with { Data = _temp["few"] }))).Code);
        Assert.False(Directory.Exists(_temp["out"]));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static double Accuracy(Recipe recipe) => 1 - (0.9 / Math.Sqrt(recipe.SamplesPerClass ?? 32)) - 0.02;

    private LabelBudgetJob Job() => new(_temp["data"], _temp["out"], "toy", new JsonObject { ["network"] = "resnet9-16", ["epochs"] = 4, ["size"] = 16 });

    private static async Task<LabelCurve> DrawAsync(MadeUpRuns runs, LabelBudgetJob job) =>
        (await LabelBudgetRun.RunAsync(job, runner: runs.RunAsync, time: runs.Clock, cancellationToken: Token)).Curve;
}

using System.Text.Json.Nodes;
using Pictor.Datasets;
using Pictor.Training.Choosing;
using Pictor.Training.Recipes;

namespace Pictor.Training.Tests.Choosing;

public sealed class RecipeChooserTests
{
    private static readonly double[] s_speeds = [1e10, 3e11, 2e12, 1e13];
    private static readonly DataFacts s_digits = new(DatasetTask.SingleLabel, 54_000, 6_000, 10, 1, 28, SameSize: true);
    private static readonly DataFacts s_photos = new(DatasetTask.SingleLabel, 900, 100, 5, 3, 480, SameSize: false);

    /// <summary>A machine that does so many FLOPs a second, forward and backward.</summary>
    private static ChosenRecipe Choose(DataFacts facts, RecipeRequest request, double flopsPerSecond, List<string>? measured = null, double seconds = 270)
    {
        IReadOnlyList<Recipe> candidates = RecipeChooser.Candidates(facts, request, facts.SameSize ? facts.Side : 64, mayMirror: facts.Channels == 3);
        long FlopsOf(Recipe recipe) => Pictor.Models.Networks.NetworkCatalog.Create(recipe.Network, new(facts.Channels, facts.SameSize ? facts.Side : 64, facts.SameSize ? facts.Side : 64), 10).Flops;
        return RecipeChooser.Choose(candidates, facts, request, FlopsOf, recipe =>
        {
            measured?.Add(recipe.Network);
            return (recipe.Resolve(), flopsPerSecond / (3.0 * FlopsOf(recipe)), seconds);
        });
    }

    [Fact]
    public void Choose_FasterMachine_TakesALargerNetworkAndFillsTheTime()
    {
        string[] networks = [.. s_speeds.Select(speed => Choose(s_digits, new(null, 300, []), speed).Recipe.Network)];
        Assert.Equal(["mnist-cnn", "resnet9-16", "resnet9-32", "resnet9-64"], networks);
        Recipe recipe = Choose(s_digits, new(null, 300, []), 3e11).Recipe;
        Assert.Equal(300, recipe.Budget);
        Assert.InRange(recipe.Epochs, 10, 30);
    }

    [Fact]
    public void Choose_MuchTooSlow_DoesNotMeasureWhatCannotBe()
    {
        var measured = new List<string>();
        Choose(s_digits, new("quick", null, []), 1e9, measured, 100);
        Assert.Equal(["resnet9-64", "mnist-cnn"], measured);
    }

    [Fact]
    public void Choose_FieldsThatAreSaid_ComeFirst()
    {
        var said = JsonNode.Parse("""{ "network": "resnet9-24", "batch": 96, "epochs": 7, "augment": "none", "optimizer": { "learningRate": 0.3 } }""")!.AsObject();
        ChosenRecipe chosen = Choose(s_digits, new("best", null, said), 1e12);
        Assert.Equal(("resnet9-24", 96, 7, 0.3), (chosen.Recipe.Network, chosen.Recipe.Batch, chosen.Recipe.Epochs, chosen.Recipe.Optimizer.LearningRate));
        Assert.True(chosen.Recipe.Augment.IsNone);
        Assert.Null(chosen.Recipe.Budget);
        Assert.Contains(chosen.Reasons, reason => reason.Contains("as you asked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(900, 20, 20, null)]
    [InlineData(270, 20, 10, 270.0)]
    [InlineData(null, 20, 20, null)]
    public void Choose_EpochsAndTime_WhatIsReachedFirstEndsTheRun(int? budget, int epochs, int expected, double? held)
    {
        JsonObject said = new() { ["network"] = "resnet9-16", ["epochs"] = epochs };
        // The speed of this machine is such that ten epochs fit into 270 s.
        double flops = 3.0 * Pictor.Models.Networks.NetworkCatalog.Create("resnet9-16", new(1, 28, 28), 10).Flops * 54_000 * 10.01 / 270;
        ChosenRecipe chosen = Choose(s_digits, new(null, budget, said), flops, seconds: budget ?? 270);
        Assert.Equal((expected, held), (chosen.Recipe.Epochs, chosen.Recipe.Budget));
        Assert.Equal(held is not null, chosen.Reasons.Any(reason => reason.Contains("of the 20 asked for", StringComparison.Ordinal)));
    }

    [Fact]
    public void Choose_StagesThatDoNotFit_KeepTheirShares()
    {
        var said = JsonNode.Parse("""{ "network": "compact-16", "size": 64, "epochs": 30, "progressive": [{ "size": 32, "epochs": 8 }, { "size": 48, "epochs": 12 }] }""")!.AsObject();
        // In full-size epochs the recipe costs 8 / 4 + 12 * 9 / 16 + 10 = 18.75.
        double flops = 3.0 * Pictor.Models.Networks.NetworkCatalog.Create("compact-16", new(3, 64, 64), 10).Flops * 900 * 9.38 / 270;
        Recipe recipe = Choose(s_photos, new(null, 270, said), flops).Recipe;
        Assert.Equal((15, 270.0), (recipe.Epochs, recipe.Budget));
        Assert.Equal([new ResizeStage(32, 4), new ResizeStage(48, 6)], recipe.Progressive!);
    }

    [Fact]
    public void Choose_FewPictures_EndsBeforeItsTimeAndMixes()
    {
        Recipe recipe = Choose(s_photos, new("default", null, []), 1e13, seconds: 550).Recipe;
        Assert.Null(recipe.Budget);
        Assert.Equal(300, recipe.Epochs);
        Assert.True(recipe.Augment.IsMixing);
        Assert.StartsWith("compact-", recipe.Network, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3_400, 5e11, "resnet9-48", true)]
    [InlineData(1_150, 4e11, "resnet9-24", true)]
    [InlineData(110, 4e10, "mnist-cnn", false)]
    public void Choose_ColourInLittleTime_IsNarrowAndInMuchTimeMixes(double seconds, double flopsPerSecond, string network, bool mixed)
    {
        var facts = new DataFacts(DatasetTask.SingleLabel, 9_000, 1_000, 10, 3, 32, SameSize: true);
        Recipe recipe = Choose(facts, new(null, seconds, []), flopsPerSecond, seconds: seconds).Recipe;
        Assert.Equal(network, recipe.Network);
        Assert.Equal((mixed, mixed), (recipe.Augment.IsMixing, recipe.Augment.TrivialAugment));
        Assert.True(!mixed || recipe.Augment.MixUntil == 1);
    }

    [Fact]
    public void Candidates_DigitsAndColour_AreAugmentedByTheirKind()
    {
        Assert.False(RecipeChooser.Candidates(s_digits, new(null, null, []), 28, mayMirror: false)[0].Augment.Flip);
        Assert.True(RecipeChooser.Candidates(s_digits, new(null, null, []), 28, mayMirror: true)[0].Augment.Flip);
        Assert.True(RecipeChooser.Candidates(s_photos, new(null, null, []), 64, mayMirror: true)[0].Augment.AlternatingFlip);
        Assert.All(RecipeChooser.Candidates(s_photos, new(null, null, []), 64, mayMirror: false), r => Assert.False(r.Augment.AlternatingFlip || r.Augment.Flip));
    }

    [Theory]
    [InlineData(900, 600, 128)]
    [InlineData(9_000, 600, 96)]
    [InlineData(90_000, 600, 64)]
    [InlineData(900, 30, 64)]
    public void SizeFor_LargePictures_FollowsTheTimeForEach(int pictures, double seconds, int expected) =>
        Assert.Equal(expected, RecipeChooser.SizeFor(s_photos with { Train = pictures }, new(null, seconds, [])));

    [Fact]
    public void SizeFor_SmallPicturesOfOneSize_IsTheirOwn() => Assert.Null(RecipeChooser.SizeFor(s_digits, new(null, null, [])));

    [Fact]
    public void Preset_Unknown_SuggestsTheNearest() =>
        Assert.Contains("Did you mean 'best'?", Assert.Throws<InputException>(() => Preset.Of("bets")).Message, StringComparison.Ordinal);
}

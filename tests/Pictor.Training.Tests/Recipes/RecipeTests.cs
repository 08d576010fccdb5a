using System.Text.Json.Nodes;
using Pictor.Models.Networks;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Tests.Recipes;

public sealed class RecipeTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private Recipe Load(string json, string? network = null)
    {
        File.WriteAllText(_temp["recipe.json"], json);
        return RecipeFile.Load(_temp["recipe.json"], network);
    }

    [Fact]
    public void Resolve_EveryNetworksDefaults_AreValidAndHaveALearningRate()
    {
        foreach (NetworkEntry entry in NetworkCatalog.All)
        {
            Recipe recipe = RecipeDefaults.For(entry.Name).Resolve();
            Assert.True(recipe.Optimizer.LearningRate > 0, entry.Name);
            Assert.Equal(entry.Name, recipe.Network);
        }
    }

    [Fact]
    public void Resolve_WidthOfAFamily_HasTheFamilysDefaults() =>
        Assert.Equal(RecipeDefaults.For("resnet9").Resolve() with { Network = "resnet9-32" }, RecipeDefaults.For("resnet9-32").Resolve());

    [Fact]
    public void Resolve_AnotherOptimizerThanTheNetworksOwn_TakesTheGeneralRate()
    {
        Recipe recipe = RecipeDefaults.For("mnist-cnn");
        Assert.Equal(0.05, (recipe with { Optimizer = recipe.Optimizer with { Kind = "sgd" } }).Resolve().Optimizer.LearningRate);
    }

    [Fact]
    public void Resolve_ManyFaults_TellsAllAtOnce()
    {
        var recipe = new Recipe
        {
            Network = "mnist-cmn",
            Size = 0,
            Channels = 2,
            Epochs = 0,
            Batch = -1,
            Patience = -1,
            Threads = 1000,
            Optimizer = new OptimizerSettings { Kind = "adm", LearningRate = double.NaN, Momentum = 1, WeightDecay = -1 },
            Schedule = new ScheduleSettings { Kind = "one-cicle" },
            Augment = new Pictor.Datasets.Augmentation { Rotation = 400 },
        };
        string message = Assert.Throws<InputException>(() => recipe.Resolve("my recipe")).Message;
        Assert.StartsWith("my recipe: ", message, StringComparison.Ordinal);
        foreach (string part in (string[])["'mnist-cnn'", "size is 0", "channels is 2", "epochs is 0", "batch is -1", "patience is -1", "threads is 1000", "did you mean 'adam'?",
            "learningRate is NaN", "momentum is 1", "weightDecay is -1", "did you mean 'one-cycle'?", "rotation is 400"])
        {
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_PartOfARecipe_KeepsTheNetworksDefaultsForTheRest()
    {
        Recipe recipe = Load("""{ "network": "resnet9", "optimizer": { "momentum": 0.8 }, "augment": { "flip": true, "crop": 4 }, /* said */ "expect": { "valAccuracy": 0.9 }, }""");
        Assert.Equal("sgd", recipe.Optimizer.Kind);
        Assert.Equal(0.8, recipe.Optimizer.Momentum);
        Assert.Equal(RecipeDefaults.For("resnet9").Batch, recipe.Batch);
        Assert.True(recipe.Augment is { Flip: true, Crop: 4 });
    }

    [Fact]
    public void Load_NetworkSaidOtherwise_TakesThatOnesDefaults()
    {
        Recipe recipe = Load("""{ "network": "softmax", "batch": 10 }""", "resnet9");
        Assert.Equal(("resnet9", "sgd", 10), (recipe.Network, recipe.Optimizer.Kind, recipe.Batch));
    }

    [Fact]
    public void Load_ConfigurationOfARun_GivesItsRecipe()
    {
        Recipe recipe = RecipeDefaults.For("softmax").Resolve() with { Seed = 42 };
        RunFolder.Prepare(_temp["run"], new TrainingJob("data", _temp["run"], recipe, "n"), resume: false, force: false);
        Assert.Equal(recipe, RecipeFile.Load(_temp["run", "config.json"]));
        Assert.Equal(recipe, RunFolder.JobOf(_temp["run"])?.Recipe);
        Assert.Null(RunFolder.JobOf(_temp["nowhere"]));
    }

    [Fact]
    public void Load_UnknownFieldsAndWrongKinds_AreToldAtOnce()
    {
        string message = Assert.Throws<InputException>(() => Load("""{ "epoch": 3, "batch": "64", "optimizer": { "learningrate": 1, "kind": 5 }, "schedule": "one-cycle", "seed": 1.5, "epochs": null }""")).Message;
        foreach (string part in (string[])["did you mean 'epochs'?", "batch is \"64\", expected a whole number", "did you mean 'optimizer.learningRate'?", "optimizer.kind is 5", "schedule is \"one-cycle\", expected an object",
            "seed is 1.5", "epochs is null"])
        {
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{\n \"a\": \n", "no JSON (line")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("{\"seed\": 1, \"seed\": 2}", "stands twice")]
    [InlineData("{\"optimizer\": {\"kind\": \"sgd\", \"kind\": \"adam\"}}", "stands twice")]
    public void Load_NotARecipe_SaysWhy(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => Load(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_Missing_SaysSo() =>
        Assert.Contains("no such file", Assert.Throws<InputException>(() => RecipeFile.Load(_temp["none.json"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_ListsOfSizesAndEpochs_AreProgressiveStages()
    {
        Recipe recipe = Load("""{ "network": "compact", "size": [32, 48, 64], "epochs": [12, 10, 8], "augment": "everyday-small", "ema": 0.998 }""").Resolve();
        Assert.Equal((64, 30), (recipe.Size, recipe.Epochs));
        Assert.Equal([new ResizeStage(32, 12), new ResizeStage(48, 10)], recipe.Progressive!);
        Assert.True(recipe.Augment.AlternatingFlip);
        Assert.Contains("equal length", Assert.Throws<InputException>(() => Load("""{ "size": [32, 64], "epochs": 5 }""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_FieldsOfAnAugmentation_AreLaidOverWhatIsThere()
    {
        Recipe basis = new() { Augment = Pictor.Datasets.Augmentation.Named("digits") };
        Recipe read = RecipeFile.Over(basis, JsonNode.Parse("""{ "augment": { "rotation": 3 } }""")!.AsObject(), "flags");
        Assert.Equal(basis.Augment with { Rotation = 3 }, read.Augment);
        string message = Assert.Throws<InputException>(() => RecipeFile.Over(basis, JsonNode.Parse("""{ "augment": "digit", "precision": 16, "progressive": 3 }""")!.AsObject(), "flags")).Message;
        foreach (string part in (string[])["did you mean 'digits'?", "precision is 16", "progressive is 3"])
            Assert.Contains(part, message, StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using CsCheck;
using Pictor.Training.Recipes;
using Pictor.Training.Tuning;

namespace Pictor.Training.Tests.Tuning;

public sealed class TuningSpaceTests
{
    private const string Declared =
        """{ "optimizer.learningRate": {"log": [0.01, 0.5]}, "optimizer.weightDecay": {"log": [1e-5, 1e-2]}, "network": ["resnet9-16", "resnet9-24"], "loss.labelSmoothing": {"uniform": [0, 0.2]}, "batch": {"choose": [64, 128, 256]}, "augment": ["none", "digits"], "accumulate": {"uniform": [1, 4]} }""";

    [Fact]
    public void Draw_EverySeed_StaysInsideAndGivesRecipes() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            TuningSpace space = Read(Declared);
            foreach (JsonObject settings in space.Draw(seed, 5))
            {
                Recipe recipe = TuningSpace.Apply(settings, [], null);
                Assert.InRange(recipe.Optimizer.LearningRate!.Value, 0.01, 0.5);
                Assert.InRange(recipe.Optimizer.WeightDecay, 1e-5, 1e-2);
                Assert.InRange(recipe.Loss.LabelSmoothing, 0, 0.2);
                Assert.InRange(recipe.Accumulate, 1, 4);
                Assert.True(recipe.Batch is 64 or 128 or 256);
                Assert.True(recipe.Network is "resnet9-16" or "resnet9-24");
                Assert.Equal("sgd", recipe.Optimizer.Kind);
            }
        }, iter: 100);

    [Fact]
    public void Draw_SameSeed_SameTrials_AndMoreTrialsKeepTheFirst()
    {
        TuningSpace space = Read(Declared);
        string[] ten = [.. space.Draw(7, 10).Select(s => s.ToJsonString())], twenty = [.. space.Draw(7, 20).Select(s => s.ToJsonString())];
        Assert.Equal(ten, twenty[..10]);
        Assert.Equal(20, twenty.Distinct(StringComparer.Ordinal).Count());
        Assert.NotEqual(ten, space.Draw(8, 10).Select(s => s.ToJsonString()));
    }

    [Fact]
    public void Draw_AFieldMore_LeavesTheOthersAsTheyWere()
    {
        JsonObject few = Read("""{ "optimizer.learningRate": {"log": [0.01, 0.5]} }""").Draw(3, 4)[3], more = Read("""{ "ema": [0, 0.9], "optimizer.learningRate": {"log": [0.01, 0.5]} }""").Draw(3, 4)[3];
        Assert.Equal(few["optimizer.learningRate"]!.GetValue<double>(), more["optimizer.learningRate"]!.GetValue<double>());
    }

    [Fact]
    public void Draw_LogRange_IsEvenOverRatios()
    {
        double[] values = [.. Read("""{ "optimizer.weightDecay": {"log": [1e-5, 1e-1]} }""").Draw(1, 400).Select(s => s["optimizer.weightDecay"]!.GetValue<double>())];
        for (int decade = -5; decade < -1; decade++)
            Assert.InRange(values.Count(v => v >= Math.Pow(10, decade) && v < Math.Pow(10, decade + 1)), 70, 130);
    }

    [Fact]
    public void Draw_SmallSpace_EndsWhenAllIsTried()
    {
        IReadOnlyList<JsonObject> drawn = Read("""{ "batch": [32, 64], "ema": [0, 0.9, 0.99] }""").Draw(1, 50);
        Assert.Equal(6, drawn.Count);
    }

    [Fact]
    public void Read_ManyFaults_TellsAllOfThem()
    {
        var e = Assert.Throws<InputException>(() => Read(
            """
            { "optimizer.learningRte": {"log": [0.01, 0.5]}, "optimizer.weightDecay": {"log": [0, 0.1]}, "ema": {"uniform": [0.9, 0.1]}, "batch": [], "loss.labelSmoothing": {"unifrom": [0, 1]},
              "seed": [1, 2], "epochs": [1, 2], "dropout": 0.5, "optimizer.momentum": {"uniform": [0.1]} }
            """));
        foreach (string part in (string[])["did you mean 'optimizer.learningRate'", "begin above 0", "range [0.9,0.1] is empty", "list of values is empty", "did you mean \"uniform\"", "'seed' cannot be tuned", "'epochs' cannot be tuned", "dropout is 0.5", "optimizer.momentum: \"uniform\" needs two numbers"])
            Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.Equal("tune.space", e.Code);
    }

    [Theory]
    [InlineData("""{ "batch": ["many", 2.5] }""", "batch is \"many\"", "batch is 2.5")]
    [InlineData("""{ "network": ["resnet9-16", "resnet9_24"] }""", "resnet9_24", "did you mean")]
    [InlineData("""{ "loss.labelSmoothing": {"uniform": [0, 1.5]}, "augment": ["digit"] }""", "loss.labelSmoothing is 1.5", "did you mean 'digits'")]
    [InlineData("{}", "names no field", "Write a space")]
    public void Read_WrongValues_AreFoundBeforeTheFirstTrial(string declared, string first, string second)
    {
        var e = Assert.Throws<InputException>(() => Read(declared));
        Assert.Contains(first, e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(second, e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Read_FieldThatAFlagGives_IsRefused()
    {
        var e = Assert.Throws<InputException>(() => TuningSpace.Read(JsonNode.Parse("""{ "batch": [32, 64] }""")!.AsObject(), new JsonObject { ["batch"] = 16 }));
        Assert.Contains("'batch' is given by a flag", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_PartOfAnAugmentation_ChangesThePreset()
    {
        JsonObject said = new() { ["augment"] = "digits" };
        JsonObject settings = TuningSpace.Read(JsonNode.Parse("""{ "augment.rotation": {"uniform": [20, 30]}, "augment.crop": {"uniform": [0, 3]} }""")!.AsObject(), said).Draw(1, 1)[0];
        Recipe recipe = TuningSpace.Apply(settings, said, null);
        Assert.InRange(recipe.Augment.Rotation, 20, 30);
        Assert.Equal(8, recipe.Augment.Shear);
    }

    [Fact]
    public void Usual_LeavesOutWhatIsSaid()
    {
        TuningSpace space = TuningSpace.Usual(RecipeDefaults.For("resnet9-16").Resolve(), new JsonObject { ["augment"] = "none", ["optimizer"] = new JsonObject { ["weightDecay"] = 0.1 } });
        Assert.Equal(["optimizer.learningRate", "loss.labelSmoothing"], space.Parameters.Select(p => p.Field));
        TuningSpace.Read(TuningSpace.Usual(RecipeDefaults.For("softmax").Resolve(), []).ToJson(), []);
    }

    private static TuningSpace Read(string json) => TuningSpace.Read(JsonNode.Parse(json)!.AsObject(), []);
}

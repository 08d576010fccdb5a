using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Models.External;
using Pictor.Models.Packages;
using Pictor.Models.Tests.Composing;

namespace Pictor.Models.Tests.External;

/// <summary>Packages made of ONNX files from elsewhere.</summary>
public sealed class ExternalPackageTests
{
    [Theory]
    [InlineData("rgb", "nchw")]
    [InlineData("bgr", "nchw")]
    [InlineData("rgb", "nhwc")]
    [InlineData("bgr", "nhwc")]
    public void Import_OfAModelForOnePicture_TakesManyInRgb(string colours, string layout)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.onnx"], SumModel(layout));
        var recipe = new ExternalRecipe
        {
            Name = "sums",
            Input = new ExternalInput { Width = 2, Height = 3, Mean = [0.1f, 0.2f, 0.3f], Std = [1, 0.5f, 0.25f], ColourOrder = colours, Layout = layout, Policy = ResizePolicy.Stretch },
            Outputs = new ExternalOutputs { Logits = "sums", Embedding = "wide" },
        };
        ExternalPackage.Create(folder["m.onnx"], recipe, [new("a", "a"), new("b", "b"), new("c", "c")], folder["m.pictor"]);
        using var annotator = Annotator.Load(folder["m.pictor"]);
        Assert.Equal(18, annotator.Package.Manifest.EmbeddingLength);

        // The model's logits are the sums of its three channels: first channel of the recipe's order first.
        byte[] planes = [.. Enumerable.Range(0, 2 * 18).Select(i => (byte)((i * 37) % 256))];
        var probabilities = new float[6];
        annotator.Run(planes, 2, probabilities, new float[36]);
        for (int p = 0; p < 2; p++)
        {
            double[] logits = [.. Enumerable.Range(0, 3).Select(c =>
            {
                int channel = colours == "bgr" ? 2 - c : c;
                return Enumerable.Range(0, 6).Sum(i => ((planes[(p * 18) + (channel * 6) + i] / 255.0) - recipe.Input.Mean[c]) / recipe.Input.Std[c]) / 8;
            })];
            double sum = logits.Sum(Math.Exp);
            for (int c = 0; c < 3; c++)
                Assert.Equal(Math.Exp(logits[c]) / sum, probabilities[(p * 3) + c], 1e-4);
        }
    }

    [Fact]
    public void Import_WithAWrongRecipe_TellsAllFaults()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.onnx"], SumModel("nchw"));
        var recipe = new ExternalRecipe
        {
            Name = "sums",
            Input = new ExternalInput { Width = 2, Height = 3, Mean = [0], Std = [1, 1, 1], ColourOrder = "cmyk" },
            Outputs = new ExternalOutputs { Logits = "sum" },
        };
        InputException refused = Assert.Throws<InputException>(() => ExternalPackage.Create(folder["m.onnx"], recipe, [], folder["m.pictor"]));
        foreach (string part in new[] { "mean has 1", "cmyk", "did you mean 'sums'" })
            Assert.Contains(part, refused.Problem, StringComparison.Ordinal);
        recipe = recipe with { Input = recipe.Input with { Mean = [0, 0, 0], ColourOrder = "rgb" }, Outputs = new ExternalOutputs { Logits = "sums" } };
        Assert.Contains("2 classes are given", Assert.Throws<InputException>(() => ExternalPackage.Create(folder["m.onnx"], recipe, TestModels.Labels(2), folder["m.pictor"])).Problem, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["m.pictor"]));
    }

    [Theory]
    [InlineData("{ \"name\": \"m\", \"inputs\": 3 }", "did you mean 'input'")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{ \"name\": ", "")]
    [InlineData("{ \"name\": \"m\", \"input\": { \"width\": \"wide\" }, \"outputs\": {} }", "")]
    public void Recipe_ThatIsWrong_SaysWhy(string json, string part)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["r.json"], json);
        InputException refused = Assert.Throws<InputException>(() => ExternalRecipeFile.Load(folder["r.json"]));
        Assert.Equal("recipe.invalid", refused.Code);
        Assert.Contains(part, refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_AreNames_OrIdsWithWords()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["names.txt"], "cat\ndog\r\n\nred panda\n");
        Assert.Equal(["cat", "dog", "red panda"], LabelList.Load(folder["names.txt"]).Select(l => l.Id));
        File.WriteAllText(folder["ids.tsv"], "n01\ttench, Tinca tinca\nn02\tgoldfish\n");
        IReadOnlyList<Label> labels = LabelList.Load(folder["ids.tsv"]);
        Assert.Equal(("n01", "tench", "Tinca tinca"), (labels[0].Id, labels[0].Name, labels[0].Synonyms.Single()));
        File.WriteAllText(folder["twice.txt"], "cat\ncat\n");
        Assert.Equal("labels.invalid", Assert.Throws<InputException>(() => LabelList.Load(folder["twice.txt"])).Code);
    }

    [Theory]
    [InlineData("shufflenet-v2-12-int8.onnx", "611", 1024)]
    [InlineData("mobilenetv2-12-w8.onnx", "472", 1280)]
    public void PublicModel_Imported_KeepsItsAnswers_AndCarriesAHead(string name, string embedding, int length)
    {
        string onnx = Path.Combine(PublicData.Folder, "models", "classify", name), names = Path.Combine(PublicData.Folder, "models", "classify", "imagenet1000.tsv");
        Assert.SkipUnless(File.Exists(onnx) && File.Exists(names), PublicData.Absent);
        using var folder = new TemporaryFolder();
        var recipe = new ExternalRecipe
        {
            Name = "public",
            Input = new ExternalInput { Width = 224, Height = 224, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] },
            Outputs = new ExternalOutputs { Logits = "output", Embedding = embedding },
        };
        ExternalPackage.Create(onnx, recipe, LabelList.Load(names), folder["m.pictor"]);
        var package = ModelPackage.Open(folder["m.pictor"]);
        Assert.Equal(length, package.Manifest.EmbeddingLength);
        float[] picture = HeadGraphTests.Pictures(package, 1);
        float[] expected = HeadGraphTests.Run(File.ReadAllBytes(onnx), picture, package, "output");
        Assert.All(expected.Zip(HeadGraphTests.Run(package.Onnx.ToArray(), picture, package, package.Manifest.Outputs["logits"])), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));

        HeadLayer head = HeadGraphTests.Layer(HeadKind.Softmax, 3, length);
        (byte[] made, IReadOnlyDictionary<string, string> outputs) = HeadGraph.Attach(package, head);
        Assert.True(made.Length < package.Onnx.Length - 500_000, "The old classes are still there.");
        float[] features = HeadGraphTests.Run(package.Onnx.ToArray(), picture, package, package.Manifest.Outputs["embedding"]);
        Assert.Equal(features, HeadGraphTests.Run(made, picture, package, outputs["embedding"]));
        float[] logits = HeadGraphTests.Run(made, picture, package, outputs["logits"]);
        for (int c = 0; c < 3; c++)
            Assert.Equal(head.Bias[c] + features.Select((v, i) => (double)v * head.Weights[(c * length) + i]).Sum(), logits[c], 1e-3);
    }

    /// <summary>A model for one picture of 2 x 3: its reshapes write the batch out as 1, its logits are the sums of the channels / 8.</summary>
    private static byte[] SumModel(string layout)
    {
        var file = OnnxFile.Empty("sums");
        (file.IrVersion, file.Operators[""]) = (7, 12);
        RawMessage dimensions = new();
        foreach (long d in layout == "nchw" ? (long[])[1, 3, 3, 2] : [1, 3, 2, 3])
            dimensions.Add(1, new RawMessage().Add(1, d));
        var tensor = new RawMessage().Add(1, 1L).Add(2, dimensions);
        file.Graph.Inputs.Add(new NamedPart(file.Free("image"), new RawMessage().Add(1, "image").Add(2, new RawMessage().Add(1, tensor))));
        string image = layout == "nchw" ? "image" : file.Node("Transpose", "turned", ["image"], GraphNode.Attribute("perm", [0L, 3, 1, 2]));
        string wide = file.Node("Reshape", "wide", [image, file.Constant("wide.shape", [1L, 18])]);
        string rows = file.Node("Reshape", "rows", [wide, file.Constant("rows.shape", [1L, 3, 6])]);
        string sums = file.Node("ReduceSum", "whole", [rows], GraphNode.Attribute("axes", [2L]), GraphNode.Attribute("keepdims", 0));
        file.Graph.Outputs.Add(OnnxFile.DeclareFloat(file.Node("Mul", "sums", [sums, file.Constant("eighth", [0.125f], 1)])));
        return file.ToArray();
    }
}

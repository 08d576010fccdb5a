using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Models.Tests.Composing;

/// <summary>One package that answers as its members do on average.</summary>
public sealed class EnsembleTests
{
    private static readonly PictureShape s_shape = new(1, 28, 28);

    [Fact]
    public void Ensemble_EqualsTheMeanOfItsMembers_WhateverTheirOrderAndNumbers()
    {
        using var folder = new TemporaryFolder();
        string[] paths =
        [
            Member(folder, "softmax", [0, 1, 2, 3], mean: 0.4f, std: 0.3f),
            Member(folder, "mnist-cnn", [2, 0, 3, 1], mean: 0.1f, std: 0.5f),
            Member(folder, "lstm-rows", [3, 2, 1, 0], mean: 0.4f, std: 0.3f),
        ];
        ModelPackage[] members = [.. paths.Select(ModelPackage.Open)];
        double[] weights = [1, 2, 5];
        PackageManifest made = EnsemblePackage.Write(folder["all.pictor"], members, weights, "all", "1.0.0");
        Assert.Equal([0.125, 0.25, 0.625], made.Provenance!.From!.Select(f => f.Weight!.Value));

        Annotator[] apart = [.. paths.Select(p => Annotator.Load(p))];
        using var together = Annotator.Load(folder["all.pictor"]);
        Pixels[] pictures = [.. Enumerable.Range(0, 5).Select(Picture)];
        PictureReading[] all = [.. pictures.Select(together.Read)];
        PictureReading[][] each = [.. apart.Select(a => pictures.Select(a.Read).ToArray())];
        for (int p = 0; p < pictures.Length; p++)
        {
            for (int c = 0; c < 4; c++)
            {
                string id = together.Package.Labels[c].Id;
                double expected = apart.Select((a, m) => weights[m] / 8 * each[m][p].Probabilities[a.Package.Labels.ToList().FindIndex(l => l.Id == id)]).Sum();
                Assert.Equal(expected, all[p].Probabilities[c], 1e-5);
            }

            double similarity = apart.Select((_, m) => weights[m] / 8 * Dot(each[m][p].Embedding, each[m][0].Embedding)).Sum();
            Assert.Equal(similarity, Dot(all[p].Embedding, all[0].Embedding), 1e-5);
            Assert.Equal(1, Dot(all[p].Embedding, all[p].Embedding), 1e-5);
        }

        Array.ForEach(apart, a => a.Dispose());
    }

    [Fact]
    public void Ensemble_Logits_GiveTheProbabilitiesBack()
    {
        using var folder = new TemporaryFolder();
        ModelPackage[] members = [ModelPackage.Open(Member(folder, "softmax", [0, 1, 2, 3])), ModelPackage.Open(Member(folder, "mnist-cnn", [1, 0, 2, 3]))];
        EnsemblePackage.Write(folder["all.pictor"], members, null, "all", "1.0.0", EnsembleEmbedding.First);
        var made = ModelPackage.Open(folder["all.pictor"]);
        Assert.Equal(members[0].Manifest.EmbeddingLength, made.Manifest.EmbeddingLength);
        float[] pictures = HeadGraphTests.Pictures(made, 2);
        float[] logits = HeadGraphTests.Run(made.Onnx.ToArray(), pictures, made, made.Manifest.Outputs["logits"]);
        float[] probabilities = HeadGraphTests.Run(made.Onnx.ToArray(), pictures, made, made.Manifest.Outputs["probabilities"]);
        for (int r = 0; r < 2; r++)
        {
            double sum = Enumerable.Range(0, 4).Sum(c => Math.Exp(logits[(r * 4) + c]));
            Assert.All(Enumerable.Range(0, 4), c => Assert.Equal(probabilities[(r * 4) + c], Math.Exp(logits[(r * 4) + c]) / sum, 1e-5));
        }
    }

    [Fact]
    public void Ensemble_TakesATemperature_LikeAnyOtherPackage()
    {
        using var folder = new TemporaryFolder();
        ModelPackage[] members = [ModelPackage.Open(Member(folder, "softmax", [0, 1, 2, 3])), ModelPackage.Open(Member(folder, "mnist-cnn", [1, 0, 2, 3]))];
        EnsemblePackage.Write(folder["all.pictor"], members, null, "all", "1.0.0");
        var made = ModelPackage.Open(folder["all.pictor"]);
        string probabilities = made.Manifest.Outputs["probabilities"];

        byte[]? cooled = OnnxTemperature.Bake(made.Onnx.Span, probabilities, 0.5);

        Assert.NotNull(cooled);
        float[] pictures = HeadGraphTests.Pictures(made, 2), before = HeadGraphTests.Run(made.Onnx.ToArray(), pictures, made, probabilities), after = HeadGraphTests.Run(cooled, pictures, made, probabilities);
        for (int r = 0; r < 2; r++)
        {
            double sum = Enumerable.Range(0, 4).Sum(c => Math.Pow(before[(r * 4) + c], 2));
            Assert.All(Enumerable.Range(0, 4), c => Assert.Equal(Math.Pow(before[(r * 4) + c], 2) / sum, after[(r * 4) + c], 1e-5));
        }
    }

    [Fact]
    public void Ensemble_OfAnEnsemble_AndOfOnePackageTwice_Works()
    {
        using var folder = new TemporaryFolder();
        var one = ModelPackage.Open(Member(folder, "softmax", [0, 1, 2, 3]));
        EnsemblePackage.Write(folder["two.pictor"], [one, one], null, "two", "1.0.0");
        EnsemblePackage.Write(folder["three.pictor"], [ModelPackage.Open(folder["two.pictor"]), one], null, "three", "1.0.0");
        using var single = Annotator.Load(one);
        using var all = Annotator.Load(folder["three.pictor"]);
        Assert.All(single.Read(Picture(1)).Probabilities.Zip(all.Read(Picture(1)).Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Ensemble_OfPackagesThatDiffer_TellsAllDifferences()
    {
        using var folder = new TemporaryFolder();
        var first = ModelPackage.Open(Member(folder, "softmax", [0, 1, 2, 3]));
        TestModels.Write(folder["large.pictor"], "softmax", new PictureShape(1, 32, 32), 4);
        TestModels.Write(folder["other.pictor"], "lstm-rows", s_shape, 5);
        InputException refused = Assert.Throws<InputException>(() => EnsemblePackage.Match([first, ModelPackage.Open(folder["large.pictor"]), ModelPackage.Open(folder["other.pictor"])]));
        Assert.Equal("ensemble.not-alike", refused.Code);
        Assert.Contains("1x32x32", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("has 5 classes", refused.Problem, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => EnsemblePackage.Match([first]));
        Assert.Throws<InputException>(() => EnsemblePackage.Write(folder["x.pictor"], [first, first], [0, 0], "x", "1.0.0"));
        Assert.Throws<InputException>(() => EnsemblePackage.Write(folder["x.pictor"], [first, first], [1, -1], "x", "1.0.0"));
    }

    /// <summary>A branch inside a node reads values of the graph around it: they must be kept when the rest goes, and renamed with it.</summary>
    [Fact]
    public void Branches_KeepWhatTheyRead_AndAreRenamed()
    {
        using var folder = new TemporaryFolder();
        var shape = new PictureShape(1, 2, 2);
        byte[] onnx = BranchModel();
        var manifest = new PackageManifest
        {
            Name = "branches",
            Version = "1.0.0",
            Classes = 4,
            EmbeddingLength = 0,
            Input = new Preprocessing(shape, ResizePolicy.Stretch, [0], [1]),
            Outputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["probabilities"] = "probabilities" },
        };
        ModelPackage.Write(folder["branches.pictor"], manifest, TestModels.Labels(4), onnx, "# A card\n");
        var package = ModelPackage.Open(folder["branches.pictor"]);
        EnsemblePackage.Write(folder["all.pictor"], [package, package], null, "all", "1.0.0");
        var all = ModelPackage.Open(folder["all.pictor"]);
        foreach (float level in new[] { 0.1f, 0.9f })
        {
            float[] picture = [level, 0.2f, 0.3f, 0.4f];
            float[] expected = HeadGraphTests.Run(onnx, picture, package, "probabilities");
            Assert.All(expected.Zip(HeadGraphTests.Run(all.Onnx.ToArray(), picture, all, "probabilities")), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    private static byte[] BranchModel()
    {
        var file = OnnxFile.Empty("branches");
        (file.IrVersion, file.Operators[""]) = (8, 17);
        file.Graph.Inputs.Add(OnnxFile.Declare(file.Free("pixels"), [1, 2, 2]));
        string flat = file.Node("Flatten", "flat", ["pixels"]);
        string first = file.Node("ReduceMax", "first", [flat], GraphNode.Attribute("keepdims", 0));
        string bright = file.Node("Greater", "bright", [first, file.Constant("half", [0.5f])]);
        string factor = file.Constant("factor", [3f, -1f, 2f, 1f], 4);
        RawMessage Branch(string operation)
        {
            var branch = OnnxFile.Empty("branch");
            string value = branch.Node(operation, "value", [flat, factor]);
            branch.Graph.Outputs.Add(OnnxFile.DeclareFloat(value));
            return branch.Graph.Write();
        }

        RawMessage Attribute(string name, RawMessage graph) => new RawMessage().Add(1, name).Add(6, (ReadOnlyMemory<byte>)graph.ToArray()).Add(20, 5L);
        string chosen = file.Node("If", "chosen", [bright], Attribute("then_branch", Branch("Mul")), Attribute("else_branch", Branch("Add")));
        file.Output(file.Node("Softmax", "probabilities", [chosen], GraphNode.Attribute("axis", 1)), 4);
        return file.ToArray();
    }

    private static string Member(TemporaryFolder folder, string network, int[] order, float mean = 0.4f, float std = 0.3f)
    {
        (PackageManifest manifest, byte[] onnx) = TestModels.Make(network, s_shape, order.Length);
        IReadOnlyList<Label> labels = TestModels.Labels(order.Length);
        ModelPackage.Write(folder[$"{network}.pictor"], manifest with { Input = manifest.Input with { Mean = [mean], Std = [std] } }, [.. order.Select(o => labels[o])], onnx, "# A card\n");
        return folder[$"{network}.pictor"];
    }

    private static Pixels Picture(int seed)
    {
        var data = new byte[28 * 28];
        new Random(seed).NextBytes(data);
        return new Pixels(28, 28, 1, data);
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b).Sum(pair => (double)pair.First * pair.Second);
}

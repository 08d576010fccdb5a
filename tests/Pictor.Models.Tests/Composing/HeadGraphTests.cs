using Microsoft.ML.OnnxRuntime;
using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Models.Networks;
using Pictor.Models.Packages;

namespace Pictor.Models.Tests.Composing;

/// <summary>Heads on the embeddings of Pictor's own networks, run by ONNX Runtime and computed by hand.</summary>
public sealed class HeadGraphTests
{
    public static TheoryData<string> Networks => [.. NetworkCatalog.All.Select(n => n.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Head_OnAnyNetwork_IsALinearLayerOnItsEmbedding(string network)
    {
        using var folder = new TemporaryFolder();
        ModelPackage package = Package(folder, network);
        HeadLayer head = Layer(HeadKind.Softmax, 3, package.Manifest.EmbeddingLength) with { Temperature = 2.5 };
        (byte[] onnx, IReadOnlyDictionary<string, string> outputs) = HeadGraph.Attach(package, head);

        float[] pictures = Pictures(package, 2);
        float[] before = Run(package.Onnx.ToArray(), pictures, package, "embedding");
        Assert.Equal(before, Run(onnx, pictures, package, outputs["embedding"]));
        float[] logits = Run(onnx, pictures, package, outputs["logits"]), probabilities = Run(onnx, pictures, package, outputs["probabilities"]);
        int length = package.Manifest.EmbeddingLength;
        for (int r = 0; r < 2; r++)
        {
            double[] expected = [.. Enumerable.Range(0, 3).Select(c => head.Bias[c] + Enumerable.Range(0, length).Sum(i => (double)head.Weights[(c * length) + i] * before[(r * length) + i]))];
            double sum = expected.Sum(v => Math.Exp(v / 2.5));
            for (int c = 0; c < 3; c++)
            {
                Assert.Equal(expected[c], logits[(r * 3) + c], 1e-4);
                Assert.Equal(Math.Exp(expected[c] / 2.5) / sum, probabilities[(r * 3) + c], 1e-5);
            }
        }
    }

    [Fact]
    public void Head_TakesOut_WhatOnlyTheOldClassesNeeded()
    {
        using var folder = new TemporaryFolder();
        ModelPackage package = Package(folder, "mnist-cnn");
        (byte[] onnx, _) = HeadGraph.Attach(package, Layer(HeadKind.Softmax, 2, package.Manifest.EmbeddingLength));
        GraphParts before = OnnxFile.Read(package.Onnx).Graph, after = OnnxFile.Read(onnx).Graph;
        Assert.Equal(before.Nodes.Count(n => n.Operation == "Conv"), after.Nodes.Count(n => n.Operation == "Conv"));
        Assert.Single(after.Nodes, n => n.Operation == "Gemm");
        Assert.Single(after.Nodes, n => n.Operation == "Softmax");
        var read = after.Nodes.SelectMany(n => n.Inputs).ToHashSet(StringComparer.Ordinal);
        Assert.All(after.Constants, c => Assert.Contains(c.Name, read));
        Assert.Equal(["embedding", "logits", "probabilities"], after.Outputs.Select(o => o.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Head_OnAHead_ReplacesIt()
    {
        using var folder = new TemporaryFolder();
        ModelPackage package = Package(folder, "softmax");
        (byte[] once, IReadOnlyDictionary<string, string> outputs) = HeadGraph.Attach(package, Layer(HeadKind.Softmax, 3, package.Manifest.EmbeddingLength));
        ModelPackage.Write(folder["head.pictor"], package.Manifest with { Classes = 3, Outputs = outputs }, TestModels.Labels(3), once, "# A card\n");
        var head = ModelPackage.Open(folder["head.pictor"]);
        (byte[] again, _) = HeadGraph.Attach(head, Layer(HeadKind.Softmax, 3, package.Manifest.EmbeddingLength));
        Assert.Equal(once, again);
    }

    [Fact]
    public void Sigmoids_AndNumbers_ComeOutAsSuch()
    {
        using var folder = new TemporaryFolder();
        ModelPackage package = Package(folder, "softmax");
        int length = package.Manifest.EmbeddingLength;
        float[] pictures = Pictures(package, 1);
        (byte[] several, _) = HeadGraph.Attach(package, Layer(HeadKind.Sigmoid, 4, length));
        float[] logits = Run(several, pictures, package, "logits"), probabilities = Run(several, pictures, package, "probabilities");
        Assert.All(logits.Zip(probabilities), pair => Assert.Equal(1 / (1 + Math.Exp(-pair.First)), pair.Second, 1e-5));
        (byte[] number, IReadOnlyDictionary<string, string> outputs) = HeadGraph.Attach(package, Layer(HeadKind.Value, 1, length));
        Assert.Equal(["embedding", "value"], outputs.Keys.Order(StringComparer.Ordinal));
        float value = Run(number, pictures, package, "value").Single();

        ModelPackage.Write(folder["number.pictor"], package.Manifest with { Task = "regressor", Classes = 1, Outputs = outputs }, [new Label("value", "value")], number, "# A card\n");
        using var annotator = Annotator.Load(folder["number.pictor"]);
        byte[] planes = [.. Enumerable.Range(0, 32 * 32).Select(i => (byte)(i % 256))];
        var answer = new float[1];
        annotator.Run(planes, 1, answer, []);
        Assert.True(float.IsFinite(answer[0]) && float.IsFinite(value));
        Assert.Equal((double)answer[0], annotator.Read(new Pixels(32, 32, 1, planes)).Value);
        Assert.Empty(annotator.Top(answer, 5));
        Assert.Empty(annotator.TagsOf(answer));
        EnsemblePackage.Write(folder["two.pictor"], [annotator.Package, annotator.Package], null, "two", "1.0.0");
        using var two = Annotator.Load(folder["two.pictor"]);
        Assert.Equal(answer[0], two.Read(new Pixels(32, 32, 1, planes)).Value!.Value, 1e-4);
    }

    [Fact]
    public void Head_WithoutAnEmbedding_IsRefused()
    {
        using var folder = new TemporaryFolder();
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("softmax", new PictureShape(1, 8, 8), 4);
        ModelPackage.Write(folder["bare.pictor"], manifest with { EmbeddingLength = 0, Outputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["probabilities"] = "probabilities" } }, TestModels.Labels(4), onnx, "# A card\n");
        var package = ModelPackage.Open(folder["bare.pictor"]);
        Assert.Equal("package.no-embedding", Assert.Throws<InputException>(() => HeadGraph.Attach(package, Layer(HeadKind.Softmax, 2, 64))).Code);
    }

    [Fact]
    public void Message_ReadAndWritten_IsTheSameBytes()
    {
        (_, byte[] onnx) = TestModels.Make("resnet9", new PictureShape(3, 32, 32), 5);
        Assert.Equal(onnx, RawMessage.Read(onnx).ToArray());
    }

    [Fact]
    public void Message_CutAnywhere_IsAFormatFault()
    {
        (_, byte[] onnx) = TestModels.Make("softmax", new PictureShape(1, 4, 4), 2);
        for (int length = 1; length < onnx.Length; length++)
        {
            try
            {
                OnnxFile.Read(onnx.AsMemory(0, length));
            }
            catch (FormatException)
            {
                continue;
            }
        }
    }

    internal static ModelPackage Package(TemporaryFolder folder, string network)
    {
        TestModels.Write(folder[$"{network}.pictor"], network, network == "resnet9" ? new PictureShape(3, 32, 32) : new PictureShape(1, 32, 32), 5);
        return ModelPackage.Open(folder[$"{network}.pictor"]);
    }

    internal static HeadLayer Layer(HeadKind kind, int classes, int length)
    {
        var random = new Random(7);
        return new HeadLayer(kind, classes, [.. Enumerable.Range(0, classes * length).Select(_ => (float)((random.NextDouble() * 4) - 2))], [.. Enumerable.Range(0, classes).Select(c => c * 0.25f)]);
    }

    internal static float[] Pictures(ModelPackage package, int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count * package.Manifest.Input.Shape.Length).Select(_ => (float)random.NextDouble())];
    }

    internal static float[] Run(byte[] onnx, float[] values, ModelPackage package, string output)
    {
        PictureShape shape = package.Manifest.Input.Shape;
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(onnx, options);
        using var input = OrtValue.CreateTensorValueFromMemory(values, [values.Length / shape.Length, shape.Channels, shape.Height, shape.Width]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, [session.InputNames[0]], [input], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}

using Microsoft.ML.OnnxRuntime;
using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Models.Packages;
using Pictor.Models.Quantizing;

namespace Pictor.Models.Tests.Quantizing;

public sealed class ModelQuantizerTests
{
    private const int Classes = 10;
    private const int Count = 24;

    [Theory]
    [InlineData("mnist-cnn", 1, 28)]
    [InlineData("resnet9-16", 3, 32)]
    [InlineData("compact-16x1", 3, 32)]
    [InlineData("compact-16", 3, 64)]
    [InlineData("resnet18", 3, 32)]
    [InlineData("vgg11-bn", 3, 32)]
    public void Quantize_Networks_AnswerNearlyTheSameAndFuse(string network, int channels, int side)
    {
        using var folder = new TemporaryFolder();
        var shape = new PictureShape(channels, side, side);
        (PackageManifest manifest, byte[] onnx) = TestModels.Make(network, shape, Classes);
        ModelPackage.Write(folder["a.pictor"], manifest, TestModels.Labels(Classes), onnx, "A card");
        ModelPackage package = ModelPackage.Open(folder["a.pictor"]);
        byte[] planes = Pictures(shape);

        QuantizedModel model = ModelQuantizer.Quantize(package, planes, Count, cancellationToken: TestContext.Current.CancellationToken);
        ModelPackage.Write(folder["b.pictor"], manifest, TestModels.Labels(Classes), model.Onnx, "A card");
        using Annotator before = Annotator.Load(package), after = Annotator.Load(folder["b.pictor"]);
        (float[] expected, float[] seen) = Run(before, planes);
        (float[] actual, float[] rounded) = Run(after, planes);
        int length = manifest.EmbeddingLength;
        for (int i = 0; i < Count; i++)
        {
            double cosine = Enumerable.Range(i * length, length).Sum(k => (double)seen[k] * rounded[k]);
            Assert.True(cosine > 0.98, $"embedding {i}: cosine {cosine}");
        }

        // Random weights give nearly even probabilities; most of the order remains.
        int same = Enumerable.Range(0, Count).Count(i => Best(expected, i) == Best(actual, i));
        Assert.True(same >= Count * 3 / 4, $"{same} of {Count}");
        Assert.InRange(model.Onnx.Length / (double)onnx.Length, 0.2, 0.65);

        int wanted = model.Layers.Count(layer => layer is { Quantized: true, Operation: "Conv" });
        Assert.True(wanted > 0);
        Dictionary<string, int> operations = Optimised(model.Onnx, folder["fused.onnx"]);
        Assert.Equal(wanted, operations.GetValueOrDefault("QLinearConv"));
        Assert.Equal(model.Layers.Count(layer => layer is { Quantized: true, Operation: "Gemm" }), operations.GetValueOrDefault("QGemm"));
    }

    [Fact]
    public void Quantize_Again_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var shape = new PictureShape(3, 32, 32);
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("resnet9-8", shape, Classes);
        ModelPackage.Write(folder["a.pictor"], manifest, TestModels.Labels(Classes), onnx, "A card");
        byte[] planes = Pictures(shape);
        ModelPackage.Write(folder["b.pictor"], manifest, TestModels.Labels(Classes), ModelQuantizer.Quantize(ModelPackage.Open(folder["a.pictor"]), planes, Count, cancellationToken: TestContext.Current.CancellationToken).Onnx, "A card");
        InputException e = Assert.Throws<InputException>(() => ModelQuantizer.Quantize(ModelPackage.Open(folder["b.pictor"]), planes, Count, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("package.quantised", e.Code);
    }

    [Fact]
    public void Quantize_Twice_GivesEqualBytes()
    {
        using var folder = new TemporaryFolder();
        var shape = new PictureShape(3, 32, 32);
        (PackageManifest manifest, byte[] onnx) = TestModels.Make("compact-16x1", shape, Classes);
        ModelPackage.Write(folder["a.pictor"], manifest, TestModels.Labels(Classes), onnx, "A card");
        byte[] planes = Pictures(shape);
        byte[][] models = [.. Enumerable.Range(0, 2).Select(_ => ModelQuantizer.Quantize(ModelPackage.Open(folder["a.pictor"]), planes, Count, cancellationToken: TestContext.Current.CancellationToken).Onnx)];
        Assert.Equal(models[0], models[1]);
    }

    private static byte[] Pictures(PictureShape shape)
    {
        // Blocks of colour, so that pictures differ by more than noise.
        var random = new Random(7);
        var planes = new byte[Count * shape.Length];
        for (int i = 0; i < Count * shape.Channels; i++)
        {
            int level = random.Next(256), other = random.Next(256), edge = random.Next(shape.Width);
            for (int p = 0; p < shape.Height * shape.Width; p++)
                planes[(i * shape.Height * shape.Width) + p] = (byte)Math.Clamp((p % shape.Width < edge ? level : other) + random.Next(-20, 20), 0, 255);
        }

        return planes;
    }

    private static (float[] Probabilities, float[] Embeddings) Run(Annotator annotator, byte[] planes)
    {
        var probabilities = new float[Count * Classes];
        var embeddings = new float[Count * annotator.Package.Manifest.EmbeddingLength];
        annotator.Run(planes, Count, probabilities, embeddings);
        return (probabilities, embeddings);
    }

    private static int Best(float[] values, int row)
    {
        ReadOnlySpan<float> part = values.AsSpan(row * Classes, Classes);
        int best = 0;
        for (int c = 1; c < Classes; c++)
            best = part[c] > part[best] ? c : best;
        return best;
    }

    /// <summary>The operations that ONNX Runtime really carries out.</summary>
    private static Dictionary<string, int> Optimised(byte[] onnx, string file)
    {
        using var settings = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED, OptimizedModelFilePath = file };
        using (new InferenceSession(onnx, settings))
        {
        }

        return OnnxFile.Read(File.ReadAllBytes(file)).Graph.Nodes.GroupBy(node => node.Operation).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }
}

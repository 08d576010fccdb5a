using Microsoft.ML.OnnxRuntime;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;

namespace Pictor.Models.Tests.Onnx;

public sealed class OnnxWriterTests
{
    private const double Tolerance = 1e-4;

    /// <summary>Those small enough for naive loops; the trainer's tests run every network against torch.</summary>
    public static TheoryData<string> Names => ["softmax", "mnist-cnn", "lstm-rows", "resnet9-16", "compact-16x1"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_EveryNetwork_RunsAsThePlainInterpreterDoes(string name) =>
        AssertAgrees(NetworkCatalog.Create(name, new(3, 32, 32), 10), batch: 8);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_OddInput_RunsAsThePlainInterpreterDoes(string name) =>
        AssertAgrees(NetworkCatalog.Create(name, new(1, 19, 26), 3, name == "softmax" ? null : 0.5f), batch: 2);

    // What the catalogue's four do not use yet: norms that cannot be folded, groups, padding of pools, average pooling, stacked LSTMs.
    [Fact]
    public void Write_LayersOutsideTheCatalogue_RunAsThePlainInterpreterDoes()
    {
        AssertAgrees(
            Network.On("mixed", new(4, 13, 15)).Norm().Convolve(8, kernel: 3, stride: 2, padding: 1, groups: 2).Norm().Relu()
                .Residual(body => body.Convolve(6, kernel: 1), shortcut => shortcut.Convolve(6, kernel: 1, bias: false).Norm())
                .MaxPool(3, stride: 2, padding: 1).AveragePool(2).Norm().Scale(0.125f).Flatten().Linear(9, bias: false).Norm().Relu().Embed().Dropout(0.5f).Linear(4).Scale(2).Build(),
            batch: 3);
        AssertAgrees(Network.On("stacked", new(1, 6, 5)).Rows().Lstm(4).Dropout(0.1f).Lstm(3).LastStep().Embed().Linear(2).Build(), batch: 3);
        AssertAgrees(Network.On("planes", new(2, 4, 4)).Convolve(3, kernel: 2).Embed().Norm().Flatten().Linear(2).Build(), batch: 2);
    }

    [Theory]
    [InlineData(33, 47, 6, 6)]
    [InlineData(12, 18, 6, 6)]
    [InlineData(6, 47, 6, 6)]
    [InlineData(33, 6, 6, 6)]
    [InlineData(2, 5, 7, 7)]
    public void Write_AdaptivePooling_RunsAsThePlainInterpreterDoes(int height, int width, int toHeight, int toWidth) =>
        AssertAgrees(Network.On("pooled", new(2, height, width)).AdaptiveAveragePool(toHeight, toWidth).Flatten().Embed().Linear(4).Build(), batch: 2);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_EqualArguments_GivesEqualBytes(string name)
    {
        Network network = NetworkCatalog.Create(name, new(3, 32, 32), 10);
        Assert.Equal(OnnxWriter.Write(network, NetworkWeights.Random(network, 1)), OnnxWriter.Write(network, NetworkWeights.Random(network, 1)));
    }

    [Fact]
    public void Write_FoldsEveryNormOfResnet9()
    {
        Network network = NetworkCatalog.Create("resnet9-8", new(3, 32, 32), 10);
        string file = System.Text.Encoding.Latin1.GetString(OnnxWriter.Write(network, NetworkWeights.Random(network, 1)));
        Assert.DoesNotContain("norm1", file, StringComparison.Ordinal);
        Assert.DoesNotContain("BatchNormalization", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_BlackPicture_KeepsAZeroEmbedding()
    {
        Network network = NetworkCatalog.Create("softmax", new(1, 4, 4), 2);
        (_, _, float[] embedding) = RunOnnx(OnnxWriter.Write(network, NetworkWeights.Random(network, 1)), network, new float[16], 1);
        Assert.All(embedding, v => Assert.Equal(0f, v));
    }

    [Fact]
    public void Write_WrongWeights_NamesTheParameter()
    {
        Network network = NetworkCatalog.Create("softmax", new(1, 4, 4), 2);
        NetworkWeights weights = NetworkWeights.Random(network, 1);
        weights["linear1.bias"] = new float[3];
        Assert.Contains("linear1.bias", Assert.Throws<InvalidOperationException>(() => OnnxWriter.Write(network, weights)).Message, StringComparison.Ordinal);
    }

    private static void AssertAgrees(Network network, int batch)
    {
        var random = new Random(42);
        NetworkWeights weights = TestModels.Weights(network, seed: 5);
        float[] pictures = [.. Enumerable.Range(0, batch * network.Input.Length).Select(_ => (float)((random.NextDouble() * 4) - 2))];
        byte[] onnx = OnnxWriter.Write(network, weights);
        var plain = new PlainInterpreter(network, weights);
        (float[] logits, float[] probabilities, float[] embedding) = RunOnnx(onnx, network, pictures, batch);
        for (int i = 0; i < batch; i++)
        {
            float[] picture = pictures[(i * network.Input.Length)..((i + 1) * network.Input.Length)];
            (double[] Logits, double[] Probabilities, double[] Embedding) expected = plain.Run(Array.ConvertAll(picture, v => (double)v));
            double scale = Math.Max(1, expected.Logits.Max(Math.Abs));
            Assert.True(expected.Probabilities.Max() < 0.9999, "saturated probabilities prove little");
            Assert.InRange(Distance(expected.Logits, logits, i) / scale, 0, Tolerance);
            Assert.InRange(Distance(expected.Probabilities, probabilities, i), 0, Tolerance);
            Assert.InRange(Distance(expected.Embedding, embedding, i), 0, Tolerance);
            (_, float[] aloneProbabilities, float[] aloneEmbedding) = RunOnnx(onnx, network, picture, 1);
            Assert.InRange(Distance(expected.Probabilities, aloneProbabilities, 0), 0, Tolerance);
            Assert.InRange(Distance(expected.Embedding, aloneEmbedding, 0), 0, Tolerance);
        }
    }

    private static double Distance(double[] expected, float[] actual, int row) =>
        expected.Select((v, k) => Math.Abs(v - actual[(row * expected.Length) + k])).Max();

    private static (float[] Logits, float[] Probabilities, float[] Embedding) RunOnnx(byte[] onnx, Network network, float[] pictures, int batch)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(onnx, options);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pictures, [batch, network.Input.Channels, network.Input.Height, network.Input.Width]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["pixels"], [input], ["logits", "probabilities", "embedding"]);
        Assert.Equal([batch, network.Classes], outputs[0].GetTensorTypeAndShape().Shape);
        Assert.Equal([batch, network.EmbeddingLength], outputs[2].GetTensorTypeAndShape().Shape);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray(), outputs[2].GetTensorDataAsSpan<float>().ToArray());
    }
}

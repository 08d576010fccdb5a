using Microsoft.ML.OnnxRuntime;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;

namespace Pictor.Models.Tests.Onnx;

public sealed class OnnxOutputsTests
{
    private static readonly Network Three = NetworkCatalog.Create("softmax", new(1, 2, 2), 3);

    [Theory]
    [InlineData(1)]
    [InlineData(0.25)]
    [InlineData(3)]
    public void Write_Temperature_DividesTheLogitsOfProbabilitiesOnly(double temperature)
    {
        (float[] logits, float[] probabilities) = Run(Three, new() { Temperature = temperature }, OnnxWriter.Logits, OnnxWriter.Probabilities);
        (float[] raw, _) = Run(Three, new(), OnnxWriter.Logits, OnnxWriter.Probabilities);
        Assert.Equal(raw, logits);
        double[] exponentials = [.. raw.Select(v => Math.Exp(v / temperature))];
        for (int i = 0; i < 3; i++)
            Assert.Equal(exponentials[i] / exponentials.Sum(), probabilities[i], 1e-6);
    }

    [Fact]
    public void Write_TemperatureOfOne_AddsNoNode() =>
        Assert.Equal(OnnxWriter.Write(Three, TestModels.Weights(Three, 1)), OnnxWriter.Write(Three, TestModels.Weights(Three, 1), new() { Temperature = 1 }));

    [Fact]
    public void Write_MultiLabel_IsSigmoid()
    {
        (float[] logits, float[] probabilities) = Run(Three, new() { MultiLabel = true, Temperature = 2 }, OnnxWriter.Logits, OnnxWriter.Probabilities);
        for (int i = 0; i < 3; i++)
            Assert.Equal(1 / (1 + Math.Exp(-logits[i] / 2)), probabilities[i], 1e-6);
    }

    [Fact]
    public void Write_Regression_GivesTheValueInItsUnits()
    {
        Network one = NetworkCatalog.Create("softmax", new(1, 2, 2), 1);
        (float[] raw, _) = Run(one, new() { Regression = true }, OnnxWriter.Value, OnnxWriter.Embedding);
        (float[] scaled, float[] embedding) = Run(one, new() { Regression = true, ValueScale = 12, ValueOffset = -3 }, OnnxWriter.Value, OnnxWriter.Embedding);
        Assert.Equal((12 * raw[0]) - 3, scaled[0], 1e-5f);
        Assert.Equal(1, embedding.Sum(v => v * v), 1e-5f);
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxWriter.Write(Three, TestModels.Weights(Three, 1), new() { Regression = true }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Write_TemperatureOutOfRange_IsRefused(double temperature) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxWriter.Write(Three, TestModels.Weights(Three, 1), new() { Temperature = temperature }));

    private static (float[] First, float[] Second) Run(Network network, OnnxWriterOptions options, string first, string second)
    {
        using var session = new InferenceSession(OnnxWriter.Write(network, TestModels.Weights(network, 1), options));
        using var input = OrtValue.CreateTensorValueFromMemory(new[] { 0.5f, -1, 2, 0.25f }, [1, 1, 2, 2]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["pixels"], [input], [first, second]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }
}

using Pictor.Models.Networks;
using Pictor.Models.Onnx;

namespace Pictor.Models.Tests.Onnx;

public sealed class OnnxWeightsTests
{
    public static TheoryData<string> Names => ["softmax", "mnist-cnn", "lstm-rows", "resnet9-16", "compact-16x1", "vgg11-bn", "alexnet"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_WhatWriteWrote_GivesTheWeightsBack(string name)
    {
        Network network = NetworkCatalog.Create(name, new(3, 32, 32), 10);
        NetworkWeights weights = TestModels.Weights(network, seed: 5);
        AssertEqual(network, weights, OnnxWeights.Read(network, OnnxWriter.Write(network, weights, new() { Temperature = 1.7, MultiLabel = true })));
    }

    [Fact]
    public void Read_NormsThatAreNotFolded_GivesTheWeightsBack()
    {
        Network network = Network.On("mixed", new(4, 13, 15)).Norm().Convolve(8, kernel: 3, stride: 2, groups: 2).Norm().Relu()
            .Convolve(6, kernel: 1, bias: false).Norm(zeroInit: true).Norm().Flatten().Linear(9, bias: false).Norm().Embed().Linear(4).Build();
        NetworkWeights weights = TestModels.Weights(network, seed: 6);
        AssertEqual(network, weights, OnnxWeights.Read(network, OnnxWriter.Write(network, weights)));
    }

    // A block that is still the identity: folding wipes out its kernel, and with it every chance to train it further.
    [Theory]
    [InlineData(0f)]
    [InlineData(1e-30f)]
    public void Read_ScaleOfZero_StillGivesTheKernelBack(float scale)
    {
        Network network = NetworkCatalog.Create("compact-16x1", new(3, 32, 32), 10);
        NetworkWeights weights = TestModels.Weights(network, seed: 5);
        weights["norm3.weight"].AsSpan(2, 5).Fill(scale);
        AssertEqual(network, weights, OnnxWeights.Read(network, OnnxWriter.Write(network, weights)));
    }

    [Fact]
    public void Read_AnotherModel_IsInputException()
    {
        Network network = NetworkCatalog.Create("compact-16x1", new(3, 32, 32), 10);
        byte[] onnx = OnnxWriter.Write(network, TestModels.Weights(network, seed: 5));
        Refused(NetworkCatalog.Create("compact-16x1", new(3, 32, 32), 11), onnx);
        Refused(NetworkCatalog.Create("compact-17x1", new(3, 32, 32), 10), onnx);
        Refused(NetworkCatalog.Create("compact-16x2", new(3, 32, 32), 10), onnx);
        Refused(NetworkCatalog.Create("lstm-rows", new(3, 32, 32), 10), onnx);
        Refused(network, [1, 2, 3]);
        Refused(network, []);
        for (int cut = 1; cut < 40; cut++)
            Refused(network, onnx[..(onnx.Length * cut / 40)]);
    }

    [Fact]
    public void Write_Norms_CostNextToNothing()
    {
        Network network = NetworkCatalog.Create("compact", new(3, 32, 32), 10);
        Assert.InRange(OnnxWriter.Write(network, NetworkWeights.Random(network, 1)).Length, 4 * network.ParameterCount, 4.08 * network.ParameterCount);
    }

    private static void Refused(Network network, byte[] onnx) =>
        Assert.Equal("weights.no-match", Assert.Throws<InputException>(() => OnnxWeights.Read(network, onnx)).Code);

    private static void AssertEqual(Network network, NetworkWeights expected, NetworkWeights actual)
    {
        foreach (Parameter parameter in network.Parameters)
        {
            float[] a = expected[parameter.Name], b = actual[parameter.Name];
            Assert.Equal(a.Length, b.Length);
            for (int i = 0; i < a.Length; i++)
                Assert.True(Math.Abs(a[i] - b[i]) <= 3e-7f * Math.Abs(a[i]), $"{parameter.Name}[{i}]: {a[i]} became {b[i]}");
        }
    }
}

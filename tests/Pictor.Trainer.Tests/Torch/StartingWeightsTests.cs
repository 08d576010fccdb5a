using Pictor.Models.Networks;
using Pictor.Trainer.Torch;

namespace Pictor.Trainer.Tests.Torch;

public sealed class StartingWeightsTests
{
    [Theory]
    [InlineData("mnist-cnn", "conv2.weight", 400)]
    [InlineData("mnist-cnn", "conv2.bias", 400)]
    [InlineData("mnist-cnn", "linear1.weight", 1568)]
    [InlineData("lstm-rows", "lstm1.weight_ih", 128)]
    [InlineData("lstm-rows", "lstm1.bias_hh", 128)]
    public void Draw_Layer_FillsPyTorchsRange(string network, string parameter, int fan)
    {
        NetworkWeights weights = StartingWeights.Draw(NetworkCatalog.Create(network, new(1, 28, 28), 10), seed: 1);
        double bound = 1 / Math.Sqrt(fan);
        float[] values = weights[parameter];
        Assert.All(values, v => Assert.InRange(v, -bound, bound));
        Assert.InRange(values.Max(), bound * 0.8, bound);
        Assert.InRange(values.Min(), -bound, -bound * 0.8);
    }

    [Fact]
    public void Draw_Norms_BeginAsTheIdentity()
    {
        NetworkWeights weights = StartingWeights.Draw(NetworkCatalog.Create("resnet9-16", new(3, 32, 32), 10), seed: 1);
        Assert.All(weights["norm1.weight"], v => Assert.Equal(1, v));
        Assert.All(weights["norm1.bias"], v => Assert.Equal(0, v));
        Assert.All(weights["norm1.running_mean"], v => Assert.Equal(0, v));
        Assert.All(weights["norm1.running_var"], v => Assert.Equal(1, v));
    }

    [Fact]
    public void Draw_ResidualNet_StartsBlocksAtZeroAndConvolutionsAsHeDoes()
    {
        Network network = NetworkCatalog.Create("compact", new(3, 32, 32), 10);
        NetworkWeights weights = StartingWeights.Draw(network, seed: 1);
        foreach (NetworkNode node in network.Nodes.Where(node => node.Layer is Layer.BatchNorm))
            Assert.All(weights[$"{node.Name}.weight"], v => Assert.Equal(((Layer.BatchNorm)node.Layer).ZeroInit ? 0 : 1, v));
        Assert.Equal(8, network.Nodes.Count(node => node.Layer is Layer.BatchNorm { ZeroInit: true }));
        float[] kernel = weights["conv5.weight"];
        int fan = network.Parameters.Single(p => p.Name == "conv5.weight").Shape.Skip(1).Aggregate(1, (a, b) => a * b);
        Assert.Equal(2.0 / fan, kernel.Average(v => (double)v * v), 0.1 / fan);
        Assert.All(StartingWeights.Draw(NetworkCatalog.Create("vgg11", new(3, 32, 32), 10), 1)["conv1.bias"], v => Assert.Equal(0, v));
    }

    [Fact]
    public void Draw_EqualSeeds_AreEqualAndOthersNot()
    {
        Network network = NetworkCatalog.Create("mnist-cnn", new(1, 28, 28), 10);
        Assert.Equal(StartingWeights.Draw(network, 4)["conv1.weight"], StartingWeights.Draw(network, 4)["conv1.weight"]);
        Assert.NotEqual(StartingWeights.Draw(network, 4)["conv1.weight"], StartingWeights.Draw(network, 5)["conv1.weight"]);
    }
}

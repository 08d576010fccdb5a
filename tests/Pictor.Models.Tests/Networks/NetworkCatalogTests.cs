using System.Globalization;
using Pictor.Models.Networks;

namespace Pictor.Models.Tests.Networks;

public sealed class NetworkCatalogTests
{
    public static TheoryData<string> Names => [.. NetworkCatalog.All.Select(entry => entry.Name), "resnet9-16"];

    // Counted by hand: mnist-cnn 16*25+16 + 32*16*25+32 + 10*1568+10; resnet9 has 6,563,520 convolution weights, 2,240 normalised channels.
    [Theory]
    [InlineData("softmax", 1, 28, 10, 7_850)]
    [InlineData("mnist-cnn", 1, 28, 10, 28_938)]
    [InlineData("lstm-rows", 1, 28, 10, 4 * 128 * (28 + 128 + 2) + 1_290)]
    [InlineData("resnet9", 3, 32, 10, 6_563_520 + (2 * 2_240) + 5_130)]
    public void ParameterCount_KnownNetworks_EqualsCountByHand(string name, int channels, int side, int classes, long expected) =>
        Assert.Equal(expected, NetworkCatalog.Create(name, new(channels, side, side), classes).ParameterCount);

    [Fact]
    public void Flops_MnistCnn_EqualsCountByHand() =>
        Assert.Equal(2L * ((28 * 28 * 25 * 16) + (14 * 14 * 25 * 16 * 32) + 15_680), NetworkCatalog.Create("mnist-cnn", new(1, 28, 28), 10).Flops);

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_At224AndThousandClasses_EndsInThousandLogitsWithUniqueNames(string name)
    {
        Network network = NetworkCatalog.Create(name, new(3, 224, 224), 1000);
        Assert.Equal([1000], network.Nodes[^1].Output);
        Assert.Equal(network.Nodes.Count, network.Nodes.Select(n => n.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(network.Parameters.Count(), network.Parameters.Select(n => n.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(network.Nodes.Index(), pair => Assert.All(pair.Item.Inputs, input => Assert.InRange(input, 0, pair.Index - 1)));
        Assert.True(network.EmbeddingLength > 0);
    }

    [Fact]
    public void Create_Resnet9At224_StaysBelowThreeGflops()
    {
        Network network = NetworkCatalog.Create("resnet9", new(3, 224, 224), 1000);
        Assert.InRange(network.Flops, 1_000_000_000, 3_000_000_000);
    }

    [Fact]
    public void Create_UnknownName_SuggestsNearest()
    {
        var e = Assert.Throws<InputException>(() => NetworkCatalog.Create("mnist-cn", new(1, 28, 28), 10));
        Assert.Contains("Did you mean 'mnist-cnn'?", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resnet9-abc")]
    [InlineData("resnet9-")]
    [InlineData("resnet9-0")]
    [InlineData("resnet9--8")]
    [InlineData("resnet9-99999999999999")]
    [InlineData("softmax-32")]
    [InlineData("")]
    public void Create_BadName_IsInputException(string name) =>
        Assert.Throws<InputException>(() => NetworkCatalog.Create(name, new(3, 32, 32), 10));

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_AnySmallInput_WorksOrNamesASizeThatDoes(string name)
    {
        for (int side = 1; side <= 16; side++)
        {
            try
            {
                NetworkCatalog.Create(name, new(3, side, side), 2);
            }
            catch (InputException e)
            {
                Assert.Equal("network.input-too-small", e.Code);
                int wanted = int.Parse(e.Remedy.Split(' ').First(word => char.IsDigit(word[0])), CultureInfo.InvariantCulture);
                Assert.InRange(wanted, side + 1, 16);
                NetworkCatalog.Create(name, new(3, wanted, wanted), 2);
            }
        }
    }

    [Theory]
    [InlineData(0, 28, 28, 10)]
    [InlineData(1, 0, 28, 10)]
    [InlineData(1, 28, 100_000, 10)]
    [InlineData(1, 28, 28, 0)]
    public void Create_ValueOutOfRange_IsInputException(int channels, int height, int width, int classes) =>
        Assert.Throws<InputException>(() => NetworkCatalog.Create("softmax", new(channels, height, width), classes));

    [Fact]
    public void Create_Dropout_StandsAfterTheEmbedding()
    {
        Network network = NetworkCatalog.Create("mnist-cnn", new(1, 28, 28), 10, dropout: 0.25f);
        Assert.Equal(new Layer.Dropout(0.25f), network.Nodes[^2].Layer);
        Assert.Equal(network.Nodes.Count - 3, network.EmbeddingNode);
        Assert.Throws<InputException>(() => NetworkCatalog.Create("softmax", new(1, 28, 28), 10, dropout: 0.25f));
    }

    [Fact]
    public void Random_EqualSeeds_GiveEqualValues()
    {
        Network network = NetworkCatalog.Create("resnet9-8", new(3, 32, 32), 10);
        NetworkWeights a = NetworkWeights.Random(network, 7), b = NetworkWeights.Random(network, 7), c = NetworkWeights.Random(network, 8);
        Assert.All(network.Parameters, p => Assert.Equal(a[p.Name], b[p.Name]));
        Assert.NotEqual(a["conv1.weight"], c["conv1.weight"]);
    }
}

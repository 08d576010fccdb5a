using System.Globalization;
using Pictor.Models.Networks;

namespace Pictor.Models.Tests.Networks;

public sealed class NetworkCatalogTests
{
    public static TheoryData<string> Names => [.. NetworkCatalog.All.Select(entry => entry.Name), "resnet9-16", "compact-16x1", "compact-96x8"];

    // Counted by hand: mnist-cnn 16*25+16 + 32*16*25+32 + 10*1568+10; resnet9 has 6,563,520 convolution weights, 2,240 normalised channels.
    [Theory]
    [InlineData("softmax", 1, 28, 10, 7_850)]
    [InlineData("mnist-cnn", 1, 28, 10, 28_938)]
    [InlineData("lstm-rows", 1, 28, 10, 4 * 128 * (28 + 128 + 2) + 1_290)]
    [InlineData("resnet9", 3, 32, 10, 6_563_520 + (2 * 2_240) + 5_130)]
    public void ParameterCount_KnownNetworks_EqualsCountByHand(string name, int channels, int side, int classes, long expected) =>
        Assert.Equal(expected, NetworkCatalog.Create(name, new(channels, side, side), classes).ParameterCount);

    // As torchvision's documentation gives them for ImageNet.
    [Theory]
    [InlineData("alexnet", 61_100_840)]
    [InlineData("vgg11", 132_863_336)]
    [InlineData("vgg11-bn", 132_868_840)]
    [InlineData("vgg13", 133_047_848)]
    [InlineData("vgg13-bn", 133_053_736)]
    [InlineData("vgg16", 138_357_544)]
    [InlineData("vgg16-bn", 138_365_992)]
    [InlineData("vgg19", 143_667_240)]
    [InlineData("vgg19-bn", 143_678_248)]
    [InlineData("resnet18", 11_689_512)]
    [InlineData("resnet34", 21_797_672)]
    [InlineData("resnet50", 25_557_032)]
    public void ParameterCount_At224AndThousandClasses_EqualsThePublishedOne(string name, long published)
    {
        Assert.Equal(published, NetworkCatalog.Create(name, new(3, 224, 224), 1000).ParameterCount);
        NetworkEntry entry = NetworkCatalog.All.Single(e => e.Name == name);
        Assert.Equal(published, NetworkCatalog.Create(name, entry.Usual, entry.UsualClasses).ParameterCount);
    }

    // Multiply-adds as torchvision's documentation gives them, in billions ("GFLOPS" there counts a multiplication with its addition once).
    [Theory]
    [InlineData("alexnet", 0.71)]
    [InlineData("vgg11", 7.61)]
    [InlineData("vgg13", 11.31)]
    [InlineData("vgg16", 15.47)]
    [InlineData("vgg19", 19.63)]
    [InlineData("resnet18", 1.81)]
    [InlineData("resnet34", 3.66)]
    [InlineData("resnet50", 4.09)]
    public void Flops_At224AndThousandClasses_EqualThePublishedOnes(string name, double billions) =>
        Assert.Equal(billions, NetworkCatalog.Create(name, new(3, 224, 224), 1000).Flops / 2e9, 0.006);

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
    [InlineData("resnet9-32x2")]
    [InlineData("vgg16-64")]
    [InlineData("compact-")]
    [InlineData("compact-8")]
    [InlineData("compact-97")]
    [InlineData("compact-32x")]
    [InlineData("compact-32x0")]
    [InlineData("compact-32x9")]
    [InlineData("compact-32x2x2")]
    [InlineData("compact-x2")]
    [InlineData("compact-+32x2")]
    [InlineData("")]
    public void Create_BadName_IsInputException(string name) =>
        Assert.Throws<InputException>(() => NetworkCatalog.Create(name, new(3, 32, 32), 10));

    [Theory]
    [InlineData("compct-32", "Did you mean 'compact'?")]
    [InlineData("resnet-18", "Did you mean 'resnet18'?")]
    [InlineData("vgg16_bn", "Did you mean 'vgg16-bn'?")]
    [InlineData("compact-97x2", "width from 16 to 96")]
    [InlineData("compact-32x9", "depth from 1 to 8")]
    [InlineData("resnet9-7", "from 8 to 256")]
    public void Create_BadName_SaysTheWayOut(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => NetworkCatalog.Create(name, new(3, 32, 32), 10)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("compact", "compact-32x2")]
    [InlineData("compact-48", "compact-48x2")]
    public void Create_CompactWithoutParameters_TakesTheDefaults(string name, string full)
    {
        Network a = NetworkCatalog.Create(name, new(3, 64, 64), 200), b = NetworkCatalog.Create(full, new(3, 64, 64), 200);
        Assert.Equal((a.ParameterCount, a.Flops), (b.ParameterCount, b.Flops));
    }

    [Theory]
    [InlineData(28, 4)]
    [InlineData(32, 4)]
    [InlineData(40, 5)]
    [InlineData(48, 3)]
    [InlineData(64, 4)]
    [InlineData(128, 8)]
    [InlineData(224, 7)]
    [InlineData(1024, 8)]
    public void Create_Compact_LeavesThisMap(int side, int expected)
    {
        Network network = NetworkCatalog.Create("compact", new(3, side, side), 10);
        Assert.Equal([192, expected, expected], network.Nodes.Last(node => node.Output.Count == 3).Output);
        Assert.InRange(network.ParameterCount, 1_900_000, 2_000_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_AnyUsualSize_Fits(string name)
    {
        foreach ((int height, int width) in ((int, int)[])[(28, 28), (32, 32), (33, 33), (64, 64), (65, 65), (96, 96), (224, 224), (33, 47), (64, 200), (65, 300), (480, 640)])
        {
            Network network = NetworkCatalog.Create(name, new(1, height, width), 7);
            Assert.Equal([7], network.Nodes[^1].Output);
            Assert.True(network.Flops > 0);
        }
    }

    [Fact]
    public void AdaptiveAveragePool_OfItsOwnSize_AddsNoNode()
    {
        Assert.DoesNotContain(NetworkCatalog.Create("vgg11", new(3, 224, 224), 1000).Nodes, node => node.Layer is Layer.AdaptiveAveragePool);
        Assert.Contains(NetworkCatalog.Create("vgg11", new(3, 96, 96), 1000).Nodes, node => node.Layer is Layer.AdaptiveAveragePool);
        Assert.DoesNotContain(NetworkCatalog.Create("alexnet", new(3, 224, 224), 1000).Nodes, node => node.Layer is Layer.AdaptiveAveragePool);
    }

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

using System.Text.Json;
using Pictor.Models.Networks;

namespace Pictor.Models.Tests.Networks;

public sealed class NetworkSummaryTests
{
    [Fact]
    public void ToText_MnistCnn_IsThisTable() => Assert.Equal(
        """
        mnist-cnn: input 1x28x28, 10 classes, embedding of 1568 (flatten1)

        layer     operation                   output        parameters      FLOPs
        --------  --------------------------  ------------  ----------  ---------
        input     input                       1 x 28 x 28            -          -
        conv1     convolution 5x5, padding 2  16 x 28 x 28         416    627,200
        relu1     ReLU                        16 x 28 x 28           -          -
        maxpool1  max pool 2x2                16 x 14 x 14           -          -
        conv2     convolution 5x5, padding 2  32 x 14 x 14      12,832  5,017,600
        relu2     ReLU                        32 x 14 x 14           -          -
        maxpool2  max pool 2x2                32 x 7 x 7             -          -
        flatten1  flatten                     1568                   -          -
        linear1   linear                      10                15,690     31,360
        --------  --------------------------  ------------  ----------  ---------
        total                                                   28,938  5,676,160

        28,938 parameters (0.11 MiB as float32), 5.676 MFLOPs a picture

        """,
        NetworkSummary.ToText(NetworkCatalog.Create("mnist-cnn", new(1, 28, 28), 10)));

    [Fact]
    public void Of_AsJson_HasTheExactCount()
    {
        using JsonDocument json = JsonDocument.Parse(JsonSerializer.Serialize(NetworkSummary.Of(NetworkCatalog.Create("resnet9", new(3, 32, 32), 10)), PictorJson.Compact));
        Assert.Equal(6_573_130, json.RootElement.GetProperty("parameters").GetInt64());
        Assert.Equal("resnet9", json.RootElement.GetProperty("name").GetString());
        Assert.Equal(6_573_130, json.RootElement.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("parameters").GetInt64()));
    }

    [Theory]
    [MemberData(nameof(NetworkCatalogTests.Names), MemberType = typeof(NetworkCatalogTests))]
    public void Of_At224AndThousandClasses_AllocatesNoWeights(string name)
    {
        NetworkSummary.Of(NetworkCatalog.Create(name, new(3, 224, 224), 1000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        NetworkSummary summary = NetworkSummary.Of(NetworkCatalog.Create(name, new(3, 224, 224), 1000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000L * summary.Layers.Count);
        Assert.True(summary.Parameters > 100_000 && summary.Flops > 0);
    }
}

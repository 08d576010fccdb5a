using Pictor.Imaging;

namespace Pictor.Models.Networks;

/// <summary>A line of the catalogue with its builder.</summary>
internal sealed record NetworkRow(NetworkEntry Entry, Func<NetworkOrder, Network> Build)
{
    private static readonly PictureShape Digit = new(1, 28, 28);
    private static readonly PictureShape Small = new(3, 32, 32);
    private static readonly PictureShape Photograph = new(3, 224, 224);
    private const int ImageNetClasses = 1000;

    /// <summary>Every network, the quick ones first.</summary>
    public static NetworkRow[] All { get; } =
    [
        new(new("softmax", "Logistic regression on the pixels: trains in seconds, and what every other network must beat.", Digit), Softmax.Build) { TakesDropout = false },
        new(new("mnist-cnn", "Two 5x5 convolutions (16, 32) with pooling, then linear: small, fast, above 99 % on MNIST.", Digit), MnistCnn.Build),
        new(new("lstm-rows", "An LSTM of 128 units that reads the picture row by row.", Digit), LstmRows.Build),
        new(new("resnet9", "Nine-layer residual net for colour pictures from 16 px; resnet9-WIDTH (such as resnet9-32) sets the channels of its first layer, 64 by default.", Small), Resnet9.Build) { Widths = (8, 256) },
        new(new("compact", "Residual net for 32 to 128 px on few cores; compact-WIDTH or compact-WIDTHxDEPTH (such as compact-48x3) sets the channels of its first stage, 32 by default, and the blocks of each stage, 2 by default.", Small), CompactNet.Build)
        {
            Widths = (16, 96),
            Depths = (1, 8),
        },
        new(new("alexnet", "AlexNet (2012, one tower): five convolutions and three linear layers; fewer weights up to 64 px.", Photograph, ImageNetClasses), AlexNet.Build),
        VggOf(11, norm: false),
        VggOf(11, norm: true),
        VggOf(13, norm: false),
        VggOf(13, norm: true),
        VggOf(16, norm: false),
        VggOf(16, norm: true),
        VggOf(19, norm: false),
        VggOf(19, norm: true),
        ResnetOf(18, [2, 2, 2, 2], bottleneck: false),
        ResnetOf(34, [3, 4, 6, 3], bottleneck: false),
        ResnetOf(50, [3, 4, 6, 3], bottleneck: true),
    ];

    /// <summary>Smallest and largest width that may follow the name.</summary>
    public (int Low, int High)? Widths { get; init; }

    /// <summary>Smallest and largest depth that may follow the width.</summary>
    public (int Low, int High)? Depths { get; init; }

    public bool TakesDropout { get; init; } = true;

    private static NetworkRow VggOf(int layers, bool norm) => new(
        new($"vgg{layers}{(norm ? "-bn" : "")}", $"VGG-{layers} (2014){(norm ? " with batch normalisation" : "")}: 3x3 convolutions and three wide linear layers; one linear layer up to 64 px.", Photograph, ImageNetClasses),
        Vgg.Of(layers, norm));

    private static NetworkRow ResnetOf(int layers, int[] blocks, bool bottleneck) => new(
        new($"resnet{layers}", $"ResNet-{layers} (2015): residual blocks of {(bottleneck ? "1x1, 3x3 and 1x1" : "two 3x3")} convolutions; a 3x3 stem up to 64 px.", Photograph, ImageNetClasses),
        ResidualNet.Of(blocks, bottleneck));
}

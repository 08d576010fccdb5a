namespace Pictor.Models.Networks;

/// <summary>
/// A residual net for 32 to 128 px on few cores: four stages of basic blocks, each of which halves the picture but for the first. Only 3x3 convolutions:
/// depthwise ones need fewer multiplications and are still several times slower here. Widths go 1, 2, 4, 6 times the first, whose last would double
/// the weights at 8, and stays within an embedding's 128 to 256. The stem keeps what the stages need: 32 px enter at full resolution and leave as 4x4, above 40 px it halves, and above
/// 128 px pooling follows until no more than 64 rows or columns are left.
/// </summary>
internal static class CompactNet
{
    public const int DefaultWidth = 32;
    public const int DefaultDepth = 2;
    private const int LargestMap = 64;
    private const int ShortestEmbedding = 128;
    private const int LongestEmbedding = 256;

    public static Network Build(NetworkOrder order)
    {
        int width = order.Width ?? DefaultWidth, depth = order.Depth ?? DefaultDepth;
        NetworkBuilder net = Network.On(order.Name, order.Input).Start(WeightStart.HeNormal)
            .Convolve(width, kernel: 3, SmallImages.Stride(order.Input), padding: 1, bias: false).Norm().Relu();
        while (Math.Min(net.Shape[1], net.Shape[2]) > LargestMap)
            net = net.MaxPool(3, stride: 2, padding: 1);

        int[] widths = [width, 2 * width, 4 * width, Math.Clamp(6 * width, ShortestEmbedding, LongestEmbedding)];
        for (int stage = 0; stage < widths.Length; stage++)
        {
            for (int i = 0; i < depth; i++)
                net = ResidualBlock.Basic(net, widths[stage], stage > 0 && i == 0 ? 2 : 1);
        }

        return net.GlobalAveragePool().Embed().Dropout(order.Dropout ?? 0).Linear(order.Classes).Build();
    }
}

namespace Pictor.Models.Networks;

/// <summary>
/// The nine-layer residual net of David Page's "How to Train Your ResNet" (DAWNBench, 2018), with the mean over all positions in place of
/// a fixed 4x4 pooling, so that any input from 16 px fits. Large inputs are reduced by the stem to 40..80 px first (224 px to 56): at 224 px
/// and width 64 that costs 2.4 GFLOPs instead of 37.
/// </summary>
internal static class Resnet9
{
    public const int DefaultWidth = 64;

    public static Network Build(NetworkOrder order)
    {
        int width = order.Width ?? DefaultWidth;
        NetworkBuilder net = Network.On(order.Name, order.Input);
        int shortSide = Math.Min(order.Input.Height, order.Input.Width);
        net = Block(net, width, stride: shortSide > 80 ? 2 : 1);
        if (shortSide > 160)
            net = net.MaxPool(2);

        net = Block(net, 2 * width).MaxPool(2).Residual(body => Block(Block(body, 2 * width), 2 * width));
        net = Block(net, 4 * width).MaxPool(2);
        net = Block(net, 8 * width).MaxPool(2).Residual(body => Block(Block(body, 8 * width), 8 * width));
        return net.GlobalAveragePool().Embed().Dropout(order.Dropout ?? 0).Linear(order.Classes).Build();
    }

    private static NetworkBuilder Block(NetworkBuilder net, int channels, int stride = 1) =>
        net.Convolve(channels, kernel: 3, stride, padding: 1, bias: false).Norm().Relu();
}

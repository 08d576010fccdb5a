namespace Pictor.Models.Networks;

/// <summary>
/// ResNet-18, -34 and -50 (He et al. 2016, table 1), the last with the stride in its 3x3 convolution, as torchvision and everyone since has it. Up to 64 px
/// a 3x3 convolution stands in place of the 7x7 one with stride 2 and the pooling; see <see cref="SmallImages"/> for its stride.
/// </summary>
internal static class ResidualNet
{
    private const int Expansion = 4;

    public static Func<NetworkOrder, Network> Of(int[] blocks, bool bottleneck) => order => Build(order, blocks, bottleneck);

    private static Network Build(NetworkOrder order, int[] blocks, bool bottleneck)
    {
        NetworkBuilder net = Network.On(order.Name, order.Input).Start(WeightStart.HeNormal);
        net = SmallImages.Is(order.Input)
            ? net.Convolve(64, kernel: 3, SmallImages.Stride(order.Input), padding: 1, bias: false).Norm().Relu()
            : net.Convolve(64, kernel: 7, stride: 2, padding: 3, bias: false).Norm().Relu().MaxPool(3, stride: 2, padding: 1);
        for (int stage = 0; stage < blocks.Length; stage++)
        {
            int channels = 64 << stage;
            for (int i = 0; i < blocks[stage]; i++)
            {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                net = bottleneck ? ResidualBlock.Bottleneck(net, channels, Expansion * channels, stride) : ResidualBlock.Basic(net, channels, stride);
            }
        }

        return net.GlobalAveragePool().Embed().Dropout(order.Dropout ?? 0).Linear(order.Classes).Build();
    }
}

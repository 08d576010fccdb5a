namespace Pictor.Models.Networks;

/// <summary>
/// VGG, configurations A, B, D, E (Simonyan and Zisserman 2014, table 1), with or without batch normalisation; torchvision keeps the convolutions' biases in
/// both, and so do the counts. Up to 64 px, as is usual for CIFAR, the mean over all positions and one linear layer stand in place of the 7x7 grid and two
/// layers of 4,096, and a pooling that less than two rows or columns reach is left out, so that any size fits.
/// </summary>
internal static class Vgg
{
    private const float UsualDropout = 0.5f;
    private static readonly int[] Channels = [64, 128, 256, 512, 512];

    /// <summary>The convolutions of each of the five stages by number of layers with weights.</summary>
    private static readonly Dictionary<int, int[]> Configurations = new()
    {
        [11] = [1, 1, 2, 2, 2],
        [13] = [2, 2, 2, 2, 2],
        [16] = [2, 2, 3, 3, 3],
        [19] = [2, 2, 4, 4, 4],
    };

    public static Func<NetworkOrder, Network> Of(int layers, bool norm) => order => Build(order, Configurations[layers], norm);

    private static Network Build(NetworkOrder order, int[] convolutions, bool norm)
    {
        bool small = SmallImages.Is(order.Input);
        NetworkBuilder net = Network.On(order.Name, order.Input).Start(WeightStart.HeNormal);
        for (int stage = 0; stage < Channels.Length; stage++)
        {
            for (int i = 0; i < convolutions[stage]; i++)
            {
                net = net.Convolve(Channels[stage], kernel: 3, padding: 1);
                net = (norm ? net.Norm() : net).Relu();
            }

            if (!small || Math.Min(net.Shape[1], net.Shape[2]) > 1)
                net = net.MaxPool(2);
        }

        float dropout = order.Dropout ?? UsualDropout;
        if (small)
            return net.GlobalAveragePool().Embed().Dropout(dropout).Linear(order.Classes).Build();
        return net.AdaptiveAveragePool(7, 7).Flatten()
            .Linear(4096).Relu().Dropout(dropout).Linear(4096).Relu()
            .Embed().Dropout(dropout).Linear(order.Classes).Build();
    }
}

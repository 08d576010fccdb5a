namespace Pictor.Models.Networks;

/// <summary>
/// AlexNet in its one-tower form (Krizhevsky 2014, "One weird trick", as torchvision has it). Up to 64 px its 11x11 convolution with stride 4 would leave
/// 2x2 positions, and its two layers of 4,096 would hold 54 million weights for them; there it starts with a 5x5 convolution, pools with padding,
/// and classifies the mean over all positions.
/// </summary>
internal static class AlexNet
{
    private const float UsualDropout = 0.5f;

    public static Network Build(NetworkOrder order)
    {
        NetworkBuilder net = Network.On(order.Name, order.Input).Start(WeightStart.HeNormal);
        float dropout = order.Dropout ?? UsualDropout;
        if (!SmallImages.Is(order.Input))
        {
            net = net.Convolve(64, kernel: 11, stride: 4, padding: 2).Relu().MaxPool(3, stride: 2)
                .Convolve(192, kernel: 5, padding: 2).Relu().MaxPool(3, stride: 2);
            return Tower(net).MaxPool(3, stride: 2).AdaptiveAveragePool(6, 6).Flatten()
                .Dropout(dropout).Linear(4096).Relu().Dropout(dropout).Linear(4096).Relu()
                .Embed().Linear(order.Classes).Build();
        }

        net = net.Convolve(64, kernel: 5, SmallImages.Stride(order.Input), padding: 2).Relu().MaxPool(3, stride: 2, padding: 1)
            .Convolve(192, kernel: 5, padding: 2).Relu().MaxPool(3, stride: 2, padding: 1);
        return Tower(net).MaxPool(3, stride: 2, padding: 1).GlobalAveragePool()
            .Embed().Dropout(dropout).Linear(order.Classes).Build();
    }

    private static NetworkBuilder Tower(NetworkBuilder net) => net
        .Convolve(384, kernel: 3, padding: 1).Relu()
        .Convolve(256, kernel: 3, padding: 1).Relu()
        .Convolve(256, kernel: 3, padding: 1).Relu();
}

namespace Pictor.Models.Networks;

/// <summary>
/// The two-convolution net of countless MNIST tutorials, made consistent: padding 2 keeps 28 px through the 5x5 kernels, so that two
/// poolings leave 32 x 7 x 7, the size that such listings flatten.
/// </summary>
internal static class MnistCnn
{
    public static Network Build(NetworkOrder order) => Network.On(order.Name, order.Input)
        .Convolve(16, kernel: 5, padding: 2).Relu().MaxPool(2)
        .Convolve(32, kernel: 5, padding: 2).Relu().MaxPool(2)
        .Flatten().Embed().Dropout(order.Dropout ?? 0).Linear(order.Classes)
        .Build();
}

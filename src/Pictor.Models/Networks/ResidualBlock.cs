namespace Pictor.Models.Networks;

/// <summary>
/// The two blocks of He et al. 2016, fig. 5: relu(x + f(x)), with a 1x1 convolution on the shortcut where shapes differ. The last norm of f starts at zero,
/// so every block starts as its shortcut and a deep net trains like a shallow one at first.
/// </summary>
internal static class ResidualBlock
{
    /// <summary>Two 3x3 convolutions.</summary>
    public static NetworkBuilder Basic(NetworkBuilder net, int channels, int stride) => net.Residual(
        body => body.Convolve(channels, kernel: 3, stride, padding: 1, bias: false).Norm().Relu()
            .Convolve(channels, kernel: 3, padding: 1, bias: false).Norm(zeroInit: true),
        Shortcut(net, channels, stride)).Relu();

    /// <summary>1x1 down to <paramref name="inner"/> channels, 3x3 there, 1x1 up to <paramref name="outer"/>.</summary>
    public static NetworkBuilder Bottleneck(NetworkBuilder net, int inner, int outer, int stride) => net.Residual(
        body => body.Convolve(inner, kernel: 1, bias: false).Norm().Relu()
            .Convolve(inner, kernel: 3, stride, padding: 1, bias: false).Norm().Relu()
            .Convolve(outer, kernel: 1, bias: false).Norm(zeroInit: true),
        Shortcut(net, outer, stride)).Relu();

    private static Func<NetworkBuilder, NetworkBuilder>? Shortcut(NetworkBuilder net, int channels, int stride) =>
        stride == 1 && net.Shape[0] == channels ? null : shortcut => shortcut.Convolve(channels, kernel: 1, stride, bias: false).Norm();
}

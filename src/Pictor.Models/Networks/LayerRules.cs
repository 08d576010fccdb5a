namespace Pictor.Models.Networks;

/// <summary>What a layer makes of its input: shape, arrays and cost. Adding a layer means a case in each of these three.</summary>
internal static class LayerRules
{
    /// <summary>The output's shape without the batch dimension.</summary>
    /// <exception cref="LayerDoesNotFitException">Nothing would be left of the picture.</exception>
    public static int[] OutputOf(string name, Layer layer, IReadOnlyList<IReadOnlyList<int>> inputs)
    {
        IReadOnlyList<int> x = inputs[0];
        return layer switch
        {
            Layer.Convolution c => Planes(name, x, c.Out, c.Kernel, c.Stride, c.Padding),
            Layer.MaxPool p => Planes(name, x, x[0], p.Kernel, p.Stride, p.Padding),
            Layer.AveragePool p => Planes(name, x, x[0], p.Kernel, p.Stride, 0),
            Layer.AdaptiveAveragePool p => [Rank(name, x, 3)[0], p.Height, p.Width],
            Layer.GlobalAveragePool => [Rank(name, x, 3)[0]],
            Layer.Flatten => [x.Aggregate(1, (a, b) => checked(a * b))],
            Layer.Rows => [Rank(name, x, 3)[1], x[0] * x[2]],
            Layer.Lstm l => [Rank(name, x, 2)[0], l.Hidden],
            Layer.LastStep => [Rank(name, x, 2)[1]],
            Layer.Linear l => Rank(name, x, 1).Count == 1 ? [l.Out] : [],
            Layer.Add => x.SequenceEqual(inputs[1]) ? [.. x] : throw new InvalidOperationException($"{name} adds [{string.Join(", ", x)}] and [{string.Join(", ", inputs[1])}]."),
            Layer.Input or Layer.BatchNorm or Layer.Relu or Layer.Dropout or Layer.Scale => [.. x],
            _ => throw new InvalidOperationException($"{name}: no shape rule for {layer}."),
        };
    }

    /// <summary>The arrays of a layer, as torch lays them out.</summary>
    public static IReadOnlyList<Parameter> ParametersOf(string name, Layer layer, IReadOnlyList<int> x)
    {
        switch (layer)
        {
            case Layer.Convolution c:
                Parameter kernel = new($"{name}.weight", [c.Out, x[0] / c.Groups, c.Kernel, c.Kernel], ParameterRole.Weight);
                return c.Bias ? [kernel, new($"{name}.bias", [c.Out], ParameterRole.Bias)] : [kernel];
            case Layer.Linear l:
                Parameter weight = new($"{name}.weight", [l.Out, x[0]], ParameterRole.Weight);
                return l.Bias ? [weight, new($"{name}.bias", [l.Out], ParameterRole.Bias)] : [weight];
            case Layer.BatchNorm:
                return
                [
                    new($"{name}.weight", [x[0]], ParameterRole.NormScale),
                    new($"{name}.bias", [x[0]], ParameterRole.NormShift),
                    new($"{name}.running_mean", [x[0]], ParameterRole.RunningMean),
                    new($"{name}.running_var", [x[0]], ParameterRole.RunningVariance),
                ];
            case Layer.Lstm l:
                return
                [
                    new($"{name}.weight_ih", [4 * l.Hidden, x[1]], ParameterRole.Weight),
                    new($"{name}.weight_hh", [4 * l.Hidden, l.Hidden], ParameterRole.Weight),
                    new($"{name}.bias_ih", [4 * l.Hidden], ParameterRole.Bias),
                    new($"{name}.bias_hh", [4 * l.Hidden], ParameterRole.Bias),
                ];
            default:
                return [];
        }
    }

    /// <summary>Multiply-adds of one picture, times two; only layers whose cost is their multiply-adds count, as papers do.</summary>
    public static long FlopsOf(NetworkNode node) => node.Layer switch
    {
        // Every weight of a convolution meets every position of the output once; a recurrent weight meets every step once.
        Layer.Convolution => 2 * node.Parameters[0].Length * node.Output[1] * node.Output[2],
        Layer.Linear => 2 * node.Parameters[0].Length,
        Layer.Lstm => 2 * (node.Parameters[0].Length + node.Parameters[1].Length) * node.Output[0],
        _ => 0,
    };

    private static int[] Planes(string name, IReadOnlyList<int> x, int channels, int kernel, int stride, int padding)
    {
        Rank(name, x, 3);
        if (x[1] + 2 * padding < kernel || x[2] + 2 * padding < kernel)
            throw new LayerDoesNotFitException(name, kernel, x[1], x[2]);
        return [channels, (x[1] + 2 * padding - kernel) / stride + 1, (x[2] + 2 * padding - kernel) / stride + 1];
    }

    private static IReadOnlyList<int> Rank(string name, IReadOnlyList<int> x, int rank) =>
        x.Count == rank ? x : throw new InvalidOperationException($"{name} takes {rank} dimensions, not [{string.Join(", ", x)}].");
}

/// <summary>The input has become smaller than a layer's window. <see cref="NetworkCatalog"/> turns it into advice.</summary>
internal sealed class LayerDoesNotFitException(string layer, int kernel, int height, int width)
    : Exception($"only {height}x{width} pixels reach {layer}, whose window is {kernel}x{kernel}");

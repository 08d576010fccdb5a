using System.Buffers;

namespace Pictor.Imaging;

/// <summary>
/// Which source samples make each target sample of one axis, and with what weights. A weight is the filter, widened by the reduction, at the distance of the two
/// sample centres; the weights of one target sum to one. Widths, rounding and the order of operations are Pillow's (Resample.c, precompute_coeffs).
/// </summary>
internal readonly struct Weights : IDisposable
{
    /// <summary>Fractional bits of a weight: 32, less 8 for the sample and 2 for the overshoot of the cubic.</summary>
    internal const int Bits = 22;

    private readonly int[] _first;
    private readonly int[] _weights;

    private Weights(int[] first, int[] weights, int taps)
    {
        _first = first;
        _weights = weights;
        Taps = taps;
    }

    /// <summary>Weights per target; unused ones at the end are zero.</summary>
    internal int Taps { get; }

    /// <summary>The first source sample of target <paramref name="i"/>, and how many count.</summary>
    internal (int First, int Count) Span(int i) => (_first[2 * i], _first[(2 * i) + 1]);

    /// <summary>The first source sample of target <paramref name="i"/>.</summary>
    internal int First(int i) => _first[2 * i];

    /// <summary>The weights of target <paramref name="i"/>, with <see cref="Bits"/> fractional bits.</summary>
    internal ReadOnlySpan<int> Of(int i) => _weights.AsSpan(i * Taps, _first[(2 * i) + 1]);

    internal static Weights For(int from, int to, int start, int count, ResizeFilter filter)
    {
        double scale = (double)from / to;
        double widened = Math.Max(scale, 1.0);
        double support = (filter == ResizeFilter.Bilinear ? 1.0 : 2.0) * widened;
        int taps = ((int)Math.Ceiling(support) * 2) + 1;
        int[] first = ArrayPool<int>.Shared.Rent(2 * count);
        int[] weights = ArrayPool<int>.Shared.Rent(taps * count);
        double[] exact = ArrayPool<double>.Shared.Rent(taps);
        double narrowed = 1.0 / widened;
        for (int i = 0; i < count; i++)
        {
            double centre = (start + i + 0.5) * scale;
            int low = Math.Max(0, (int)(centre - support + 0.5));
            int n = Math.Min(from, (int)(centre + support + 0.5)) - low;
            double sum = 0;
            for (int k = 0; k < n; k++)
            {
                exact[k] = Value(filter, (k + low - centre + 0.5) * narrowed);
                sum += exact[k];
            }

            Span<int> fixedPoint = weights.AsSpan(i * taps, taps);
            fixedPoint.Clear();
            for (int k = 0; k < n; k++)
            {
                double weight = (sum != 0 ? exact[k] / sum : exact[k]) * (1 << Bits);
                fixedPoint[k] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
            }

            first[2 * i] = low;
            first[(2 * i) + 1] = n;
        }

        ArrayPool<double>.Shared.Return(exact);
        return new Weights(first, weights, taps);
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_first);
        ArrayPool<int>.Shared.Return(_weights);
    }

    private static double Value(ResizeFilter filter, double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        if (filter == ResizeFilter.Bilinear)
            return x < 1.0 ? 1.0 - x : 0.0;
        if (x < 1.0)
            return ((((a + 2.0) * x) - (a + 3.0)) * x * x) + 1;
        return x < 2.0 ? ((((x - 5) * x) + 8) * x - 4) * a : 0.0;
    }
}

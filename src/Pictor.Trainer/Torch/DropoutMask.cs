using static TorchSharp.torch;

namespace Pictor.Trainer.Torch;

/// <summary>
/// Which values a dropout layer lets through: a hash of (seed, layer, epoch, sample, position), so that neither the number of threads nor an
/// interruption changes it (torch's own generator is one for all threads). Mixing is SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
internal sealed class DropoutMask : IDisposable
{
    private readonly FlatBuffer _values;
    private readonly int _perSample;
    private readonly int[] _shape;
    private readonly uint _threshold;
    private readonly float _kept;
    private readonly ulong _key;

    /// <param name="probability">Of being dropped, 0..1.</param>
    /// <param name="shape">Of one sample.</param>
    /// <param name="batch">Most samples at once.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="layer">Position of the layer in the network.</param>
    public DropoutMask(float probability, IReadOnlyList<int> shape, int batch, int seed, int layer)
    {
        _shape = [.. shape];
        _perSample = shape.Aggregate(1, (a, b) => a * b);
        _values = new FlatBuffer(batch * _perSample);
        _threshold = (uint)Math.Min(uint.MaxValue, probability * 4294967296.0);
        _kept = (float)(1.0 / (1.0 - probability));
        _key = Mix(((ulong)(uint)seed << 32) | (uint)layer);
    }

    /// <summary>The values times the mask.</summary>
    public Tensor Apply(Tensor values, int epoch, ReadOnlySpan<int> samples)
    {
        Span<float> mask = _values.Span;
        for (int i = 0; i < samples.Length; i++)
            FillRow(mask.Slice(i * _perSample, _perSample), Mix(_key ^ (((ulong)(uint)epoch << 32) | (uint)samples[i])));
        using Tensor factors = _values.View(0, [samples.Length, .. _shape], channelsLast: false);
        return values.mul(factors);
    }

    public void Dispose() => _values.Dispose();

    private void FillRow(Span<float> row, ulong state)
    {
        for (int k = 0; k < row.Length; k += 2)
        {
            state += 0x9E3779B97F4A7C15UL;
            ulong bits = Mix(state);
            row[k] = (uint)bits < _threshold ? 0 : _kept;
            if (k + 1 < row.Length)
                row[k + 1] = (uint)(bits >> 32) < _threshold ? 0 : _kept;
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

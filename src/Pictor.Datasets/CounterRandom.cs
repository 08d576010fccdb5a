using System.Runtime.CompilerServices;

namespace Pictor.Datasets;

/// <summary>
/// Random numbers by counting: the stream is a hash of (seed, a, b), so any thread can produce the numbers of any epoch and sample
/// without asking what others drew before. Mixing is SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
internal struct CounterRandom
{
    private ulong _state;

    public CounterRandom(int seed, long a, long b = 0)
    {
        ulong state = Mix((ulong)seed + 0x9E3779B97F4A7C15UL);
        state = Mix(state ^ (((ulong)a * 0xD1B54A32D192ED03UL) + 1));
        _state = Mix(state ^ (((ulong)b * 0x8CB92BA72F3D8DD7UL) + 2));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>0 .. <paramref name="exclusive"/> - 1 (Lemire's multiplication; the bias is below 2^-32 for what is drawn here).</summary>
    public int Below(int exclusive) => (int)(((Next() >> 32) * (ulong)exclusive) >> 32);

    /// <summary>[0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>[-<paramref name="limit"/>, <paramref name="limit"/>).</summary>
    public double Within(double limit) => ((2 * Unit()) - 1) * limit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

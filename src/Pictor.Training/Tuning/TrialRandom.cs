namespace Pictor.Training.Tuning;

/// <summary>
/// Random numbers by counting, as the augmentation has them: a hash of (seed, trial, attempt, field), so that what a trial tries depends on nothing that ran
/// before, and a field that is added to a space leaves the draws of the others as they were. Mixing is SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
internal struct TrialRandom
{
    private ulong _state;

    public TrialRandom(int seed, int trial, int attempt, string field)
    {
        ulong name = 0xCBF29CE484222325UL;
        foreach (char c in field)
            name = unchecked((name ^ c) * 0x100000001B3UL);
        ulong state = Mix(unchecked((ulong)seed + 0x9E3779B97F4A7C15UL));
        state = Mix(unchecked(state ^ (((ulong)trial << 20) + (ulong)attempt + 1)));
        _state = Mix(state ^ name);
    }

    /// <summary>[0, 1).</summary>
    public double Unit()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15UL);
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>0 .. <paramref name="exclusive"/> - 1.</summary>
    public int Below(int exclusive) => Math.Min(exclusive - 1, (int)(Unit() * exclusive));

    /// <summary>Normal, mean 0, deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}

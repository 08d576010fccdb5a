namespace Pictor.Models.Quantizing;

/// <summary>
/// What values a tensor takes on real pictures, to choose the range that 8 bits shall cover. The whole range wastes codes on a few outliers; too narrow
/// a one cuts them off. Of a number of narrower ranges that with the least mean squared error is taken (as in Migacz 2017, with squares for his entropy).
/// </summary>
internal sealed class ValueHistogram
{
    private const int Bins = 2048;
    private const double Narrowest = 0.3;
    private const int Steps = 36;

    private readonly long[] _counts = new long[Bins];
    private float _low = float.PositiveInfinity;
    private float _high = float.NegativeInfinity;

    /// <summary>First pass: widens the range.</summary>
    public void Widen(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (value < _low)
                _low = value;
            if (value > _high)
                _high = value;
        }
    }

    /// <summary>Second pass: counts.</summary>
    public void Count(ReadOnlySpan<float> values)
    {
        float width = Math.Max((_high - _low) / Bins, float.Epsilon);
        foreach (float value in values)
            _counts[Math.Clamp((int)((value - _low) / width), 0, Bins - 1)]++;
    }

    /// <summary>The best of the ranges.</summary>
    /// <exception cref="InvalidOperationException">No values were seen, or some were no numbers.</exception>
    public Quantum Choose()
    {
        if (!(float.IsFinite(_low) && float.IsFinite(_high)))
            throw new InvalidOperationException("No finite values were seen.");
        Quantum best = Quantum.Of(_low, _high);
        double least = Error(best);
        for (int step = 1; step <= Steps; step++)
        {
            double share = 1 - ((1 - Narrowest) * step / Steps);
            var narrower = Quantum.Of(_low * share, _high * share);
            if (Error(narrower) is var error && error < least)
                (best, least) = (narrower, error);
        }

        return best;
    }

    /// <summary>Sum of squared errors: a value within the range is off by a uniform rounding, one beyond it by its distance.</summary>
    private double Error(Quantum quantum)
    {
        double low = -quantum.Zero * (double)quantum.Scale, high = (255 - quantum.Zero) * (double)quantum.Scale;
        double width = ((double)_high - _low) / Bins, rounding = quantum.Scale * (double)quantum.Scale / 12, sum = 0;
        for (int i = 0; i < Bins; i++)
        {
            if (_counts[i] == 0)
                continue;
            double value = _low + ((i + 0.5) * width), beyond = Math.Max(0, Math.Max(low - value, value - high));
            sum += _counts[i] * (beyond > 0 ? beyond * beyond : value == 0 ? 0 : rounding);
        }

        return sum;
    }
}

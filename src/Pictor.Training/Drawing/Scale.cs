using System.Globalization;

namespace Pictor.Training.Drawing;

/// <summary>A range of values along one axis of a chart, with round ticks.</summary>
/// <param name="Min">Value at the axis' start.</param>
/// <param name="Max">Value at its end; above <paramref name="Min"/>.</param>
/// <param name="Ticks">Values that are marked, ascending.</param>
internal sealed record Scale(double Min, double Max, IReadOnlyList<double> Ticks)
{
    /// <summary>0 to 1 by fifths.</summary>
    public static Scale Unit { get; } = new(0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]);

    /// <summary>Covers all values, from and to a round tick of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="values">Undefined ones are left out.</param>
    /// <param name="floor">The axis starts here at the latest.</param>
    /// <param name="ceiling">The axis never goes beyond.</param>
    public static Scale Around(IEnumerable<double> values, double? floor = null, double ceiling = double.MaxValue)
    {
        double min = double.MaxValue, max = double.MinValue;
        foreach (double value in values.Where(double.IsFinite))
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        if (min > max)
            (min, max) = (0, 1);
        min = floor is { } bound ? Math.Min(bound, min) : min;
        if (max - min < 1e-9)
            (min, max) = (min - Math.Max(0.05, Math.Abs(min) * 0.1), Math.Min(ceiling, max + Math.Max(0.05, Math.Abs(max) * 0.1)));

        double step = NiceStep((max - min) / 4);
        double first = Math.Floor(min / step + 1e-9), last = Math.Ceiling(Math.Min(max, ceiling) / step - 1e-9);
        var ticks = new List<double>();
        for (double i = first; i <= last; i++)
            ticks.Add(Math.Round(i * step, 12));
        return new Scale(ticks[0], ticks[^1], ticks);
    }

    /// <summary>Epochs or other counts: whole ticks only, from the first to the last.</summary>
    public static Scale Counts(int first, int last)
    {
        int step = (int)Math.Max(1, NiceStep(Math.Max(1, last - first) / 8.0));
        var ticks = new List<double> { first };
        for (int i = (first / step + 1) * step; i <= last; i += step)
            ticks.Add(i);
        return new Scale(first, Math.Max(last, first + 1), ticks);
    }

    /// <summary>Where a value lies on the way from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public double Place(double value, double from, double to) => from + ((value - Min) / (Max - Min) * (to - from));

    /// <summary>A tick as text, with the decimals that the step needs.</summary>
    public string Text(double tick)
    {
        double step = Ticks.Count > 1 ? Ticks[^1] - Ticks[^2] : 1;
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(Math.Abs(step)) - 1e-9), 0, 6);
        return tick.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static double NiceStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(rough, 1e-9))));
        double unit = rough / power;
        return power * (unit <= 1 ? 1 : unit <= 2 ? 2 : unit <= 5 ? 5 : 10);
    }
}

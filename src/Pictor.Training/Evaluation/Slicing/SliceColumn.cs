namespace Pictor.Training.Evaluation.Slicing;

/// <summary>One way of dividing the judged samples.</summary>
/// <param name="By">class, size, brightness, split, or a column of the data set.</param>
/// <param name="Values">[samples]: the part that each sample belongs to; null where nothing is known of it.</param>
internal sealed record SliceColumn(string By, IReadOnlyList<string?> Values)
{
    /// <summary>More values than this are too many to read; the most frequent ones are kept.</summary>
    public const int MostValues = 50;

    /// <summary>Numbers in three parts of about equal size, cut at their terciles; as they stand where there are three of them at most.</summary>
    /// <param name="by">Name of the column.</param>
    /// <param name="numbers">[samples]; NaN where unknown.</param>
    /// <param name="words">Words for low, middle and high.</param>
    /// <param name="text">A number as people read it.</param>
    /// <returns>Null when all are equal or none is known: nothing to divide by.</returns>
    public static SliceColumn? OfNumbers(string by, IReadOnlyList<double> numbers, (string Low, string Middle, string High) words, Func<double, string> text)
    {
        double[] sorted = [.. numbers.Where(double.IsFinite).Order()];
        double[] distinct = [.. sorted.Distinct()];
        if (distinct.Length < 2)
            return null;
        if (distinct.Length <= 3)
            return new SliceColumn(by, [.. numbers.Select(n => double.IsFinite(n) ? text(n) : null)]);
        double first = sorted[(sorted.Length - 1) / 3], second = sorted[(sorted.Length - 1) * 2 / 3];
        string low = $"{words.Low} (up to {text(first)})", high = $"{words.High} (above {text(second)})", middle = $"{words.Middle} ({text(first)} to {text(second)})";
        return new SliceColumn(by, [.. numbers.Select(n => !double.IsFinite(n) ? null : n <= first ? low : n <= second ? middle : high)]);
    }

    /// <summary>Words as they stand; numbers of more than a dozen values by terciles.</summary>
    public static SliceColumn? OfTexts(string by, IReadOnlyList<string?> texts)
    {
        string[] known = [.. texts.OfType<string>()];
        if (known.Distinct(StringComparer.Ordinal).Take(13).Count() > 12)
        {
            double[] numbers = [.. texts.Select(Number)];
            if (numbers.Count(double.IsFinite) == known.Length)
                return OfNumbers(by, numbers, ("low", "middle", "high"), n => n.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture));
        }

        var kept = known.GroupBy(t => t, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(MostValues).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        return new SliceColumn(by, [.. texts.Select(t => t is null ? null : kept.Contains(t) ? t : "(others)")]);
    }

    private static double Number(string? text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}

namespace Pictor.Training.LabelBudget;

/// <summary>Which numbers of examples the curve is drawn at, and how long each of them is trained.</summary>
internal static class LabelSteps
{
    // Beside the point with all pictures.
    private const int Most = 5;
    private static readonly int[] s_round = [.. new[] { 1, 10, 100, 1000, 10_000, 100_000 }.SelectMany(power => new[] { power, 2 * power, 5 * power })];

    /// <summary>Round numbers from 10 (less where there are few) up to 0.7 of the largest class, at most five of them.</summary>
    public static IReadOnlyList<int> Of(int largest)
    {
        int first = largest >= 60 ? 10 : largest >= 20 ? 5 : 2;
        int[] all = [.. s_round.Where(n => n >= first && n <= 0.7 * largest)];
        return all.Length <= Most ? all : [.. Enumerable.Range(0, Most).Select(i => all[(int)Math.Round((double)i * (all.Length - 1) / (Most - 1))])];
    }

    /// <summary>Pictures of the training part when each class gives at most so many.</summary>
    public static int Pictures(IEnumerable<int> counts, int? most) => counts.Sum(c => Math.Min(c, most ?? c));

    /// <summary>
    /// More passes for fewer pictures, by the square root: equal steps would cost as much at every point, equal passes would leave small sets untrained. No point
    /// costs more than the one with all pictures; validation counts a third.
    /// </summary>
    /// <returns>Passes, relative to those over all pictures; 1 or more.</returns>
    public static double Passes(int pictures, int all, int validated)
    {
        double dearest = (all + (validated / 3.0)) / (pictures + (validated / 3.0));
        return Math.Max(1, Math.Min(Math.Sqrt((double)all / pictures), dearest));
    }

    /// <summary>Cost of a point, relative to that of all pictures.</summary>
    public static double Cost(int pictures, int all, int validated) => Passes(pictures, all, validated) * (pictures + (validated / 3.0)) / (all + (validated / 3.0));

    /// <summary>Smaller batches for few pictures, so that a pass is more than a step.</summary>
    public static int Batch(int pictures, int batch) => Math.Min(batch, pictures switch { < 500 => 16, < 2_000 => 32, < 20_000 => 64, _ => batch });
}

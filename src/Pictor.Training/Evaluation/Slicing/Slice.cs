using Pictor.Metrics;

namespace Pictor.Training.Evaluation.Slicing;

/// <summary>How well one part of the judged samples does.</summary>
/// <param name="By">What was divided by.</param>
/// <param name="Value">The part.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="Figure">Accuracy; exact match for several labels; mean absolute error for numbers.</param>
/// <param name="Interval">95 %: Wilson's for shares, the normal approximation for errors.</param>
internal sealed record Slice(string By, string Value, int Samples, double Figure, ConfidenceInterval Interval)
{
    /// <summary>Parts with fewer pictures say too little to be shown to people; report.json lists them all the same.</summary>
    public const int FewestShown = 5;

    /// <summary>Parts by share of right answers, the surely bad ones first: by the upper end of the interval, which three unlucky pictures leave high.</summary>
    public static IReadOnlyList<Slice> OfRight(IReadOnlyList<SliceColumn> columns, Func<int, bool> right) =>
        [.. columns.SelectMany(column => Groups(column).Select(group =>
        {
            int hits = group.Positions.Count(right);
            return new Slice(column.By, group.Value, group.Positions.Count, (double)hits / group.Positions.Count, ConfidenceInterval.Wilson(hits, group.Positions.Count));
        })).OrderBy(s => s.Interval.High).ThenBy(s => s.Figure)];

    /// <summary>Parts by mean error, the surely bad ones first.</summary>
    public static IReadOnlyList<Slice> OfErrors(IReadOnlyList<SliceColumn> columns, Func<int, double> error) =>
        [.. columns.SelectMany(column => Groups(column).Select(group =>
        {
            double[] errors = [.. group.Positions.Select(error)];
            double mean = errors.Average(), variance = errors.Length < 2 ? double.NaN : errors.Sum(e => (e - mean) * (e - mean)) / (errors.Length - 1);
            double half = 1.959963984540054 * Math.Sqrt(variance / errors.Length);
            return new Slice(column.By, group.Value, errors.Length, mean, new ConfidenceInterval(Math.Max(0, mean - half), mean + half));
        })).OrderByDescending(s => double.IsFinite(s.Interval.Low) ? s.Interval.Low : 0).ThenByDescending(s => s.Figure)];

    private static IEnumerable<(string Value, IReadOnlyList<int> Positions)> Groups(SliceColumn column) => column.Values
        .Select((value, position) => (Value: value, Position: position)).Where(p => p.Value is not null)
        .GroupBy(p => p.Value!, StringComparer.Ordinal).Select(g => (g.Key, (IReadOnlyList<int>)[.. g.Select(p => p.Position)]));
}

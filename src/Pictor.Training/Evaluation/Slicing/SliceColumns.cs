using System.Globalization;
using Pictor.Datasets;
using Pictor.Imaging;

namespace Pictor.Training.Evaluation.Slicing;

/// <summary>The ways in which a report divides the pictures: always by class, size, brightness and part, and by the columns that were asked for.</summary>
internal static class SliceColumns
{
    private static readonly string[] s_own = ["class", "size", "brightness", "split"];

    /// <param name="data">The data set.</param>
    /// <param name="samples">Indices of the judged samples.</param>
    /// <param name="brightness">[samples]: mean of what enters the network, 0..1.</param>
    /// <param name="classes">[samples]: name of the class; null entries for pictures without one.</param>
    /// <param name="asked">Columns beyond the four.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static IReadOnlyList<SliceColumn> Of(
        Dataset data, IReadOnlyList<int> samples, IReadOnlyList<float> brightness, IReadOnlyList<string?> classes, IReadOnlyList<string> asked, CancellationToken cancellationToken)
    {
        SliceColumn?[] found =
        [
            new SliceColumn("class", classes),
            SliceColumn.OfNumbers("size", Sides(data, samples, cancellationToken), ("small", "middle", "large"), side => string.Create(CultureInfo.InvariantCulture, $"{side:0} px")),
            SliceColumn.OfNumbers("brightness", [.. brightness.Select(b => (double)b)], ("dark", "middle", "bright"), b => string.Create(CultureInfo.InvariantCulture, $"{b * 100:0} %")),
            Parts(data, samples),
            .. asked.Where(name => !s_own.Contains(name, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)
                .Select(name => SliceColumn.OfTexts(name, [.. samples.Select(i => data.Samples[i].Columns.GetValueOrDefault(name))])),
        ];
        return [.. found.OfType<SliceColumn>()];
    }

    /// <summary>Refuses columns that the data set does not have, before anything long begins.</summary>
    /// <exception cref="InputException">Names those that there are.</exception>
    public static void Check(Dataset data, IReadOnlyList<string> asked)
    {
        string[] there = [.. s_own, .. data.Samples.SelectMany(s => s.Columns.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        foreach (string name in asked)
        {
            if (there.Contains(name, StringComparer.Ordinal))
                continue;
            string hint = NearestWord.Of(name, there) is { } near ? $" Did you mean '{near}'?" : "";
            throw new InputException("--slice-by", $"{data.Path} has no column '{name}'; it has {string.Join(", ", there)}.{hint}", "Name one of these.") { Code = "slice.unknown" };
        }
    }

    // The side of a square of the same area: one number for the size, whatever the shape.
    private static double[] Sides(Dataset data, IReadOnlyList<int> samples, CancellationToken cancellationToken)
    {
        var sides = new double[samples.Count];
        Parallel.For(0, sides.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            try
            {
                PictureHeader header = data.ReadHeader(data.Samples[samples[i]]);
                sides[i] = Math.Round(Math.Sqrt((double)header.Width * header.Height));
            }
            catch (InputException)
            {
                sides[i] = double.NaN;
            }
        });
        return sides;
    }

    private static SliceColumn? Parts(Dataset data, IReadOnlyList<int> samples)
    {
        string?[] parts = [.. samples.Select(i => data.Samples[i].Declared?.ToString().ToLowerInvariant())];
        return parts.Distinct(StringComparer.Ordinal).Count() > 1 ? new SliceColumn("split", parts) : null;
    }
}

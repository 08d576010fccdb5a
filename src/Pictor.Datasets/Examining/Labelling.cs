namespace Pictor.Datasets;

/// <summary>The numbers of a data set whose pictures have numbers.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Median">The lower median.</param>
/// <param name="Max">The largest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Std">Their standard deviation, over all of them.</param>
public sealed record NumberRange(double Min, double Median, double Max, double Mean, double Std);

/// <summary>What the labels of a data set amount to.</summary>
/// <param name="LabelsPerPicture">Mean number of classes of a picture.</param>
/// <param name="MostLabels">Most classes that one picture has.</param>
/// <param name="Unlabelled">Pictures without a class.</param>
/// <param name="Numbers">Range of the numbers; null where there are none.</param>
/// <param name="Boxes">Rectangles in all.</param>
/// <param name="PicturesWithBoxes">Pictures with at least one.</param>
/// <param name="Groups">Groups that the data set names.</param>
/// <param name="LargestGroup">Samples of the largest of them.</param>
/// <param name="GroupLeaks">Groups that stand in more than one declared part.</param>
/// <param name="Columns">Names of further columns.</param>
public sealed record Labelling(
    double LabelsPerPicture, int MostLabels, int Unlabelled, NumberRange? Numbers, int Boxes, int PicturesWithBoxes, int Groups, int LargestGroup, int GroupLeaks, IReadOnlyList<string> Columns)
{
    internal static Labelling Of(Dataset data)
    {
        IReadOnlyList<Sample> samples = data.Samples;
        int[] groups = [.. samples.Where(s => s.Group is not null).CountBy(s => s.Group!, StringComparer.Ordinal).Select(g => g.Value)];
        return new Labelling(
            samples.Count == 0 ? 0 : samples.Average(s => s.Classes.Count),
            samples.Count == 0 ? 0 : samples.Max(s => s.Classes.Count),
            samples.Count(s => s.Classes.Count == 0),
            RangeOf([.. samples.Select(s => s.Target).OfType<double>().Order()]),
            samples.Sum(s => s.Boxes.Count),
            samples.Count(s => s.Boxes.Count > 0),
            groups.Length,
            groups.Length == 0 ? 0 : groups.Max(),
            Splitter.Straddling(samples, s => s.Group),
            [.. samples.SelectMany(s => s.Columns.Keys).Distinct(StringComparer.Ordinal)]);
    }

    private static NumberRange? RangeOf(double[] sorted)
    {
        if (sorted.Length == 0)
            return null;
        double mean = sorted.Average();
        return new NumberRange(sorted[0], sorted[(sorted.Length - 1) / 2], sorted[^1], mean, Math.Sqrt(sorted.Average(v => (v - mean) * (v - mean))));
    }
}

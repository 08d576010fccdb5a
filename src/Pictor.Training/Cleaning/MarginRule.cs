using Pictor.Datasets;

namespace Pictor.Training.Cleaning;

/// <summary>
/// Likely label errors from the margins of one ordinary run (the area under the margin: Pleiss et al. 2020). A network learns what the many say long before it
/// learns the single wrong label by heart, so the margin of a wrong label, averaged over the epochs, is about as negative as that of a right one is positive.
/// </summary>
/// <remarks>
/// Only samples that the network mostly took for another class are in doubt. Their margin is divided by the usual one, negated,
/// and seen as a draw from one of two: pictures that are hard but rightly labelled (half of a normal: the harder, the rarer) or wrong labels (normal). The mixture is fitted
/// by expectation maximisation, and a label is called wrong where that is the likelier of the two: precision and recall come out balanced whatever the share of errors.
/// </remarks>
internal static class MarginRule
{
    public static LabelVerdict Judge(Dataset data, MarginTable table, string source)
    {
        double[] depth = Depths(table);
        var mixture = DepthMixture.Fit([.. depth.Where(d => !double.IsNaN(d))]);
        int[] order = [.. Enumerable.Range(0, depth.Length).Where(i => depth[i] >= mixture.Threshold).OrderByDescending(i => depth[i]).ThenBy(i => table.Samples[i])];
        return new LabelVerdict(
            new LabelErrorSource("margins", Path.GetFullPath(source), table.Samples.Length, Math.Round(-mixture.Threshold, 4)),
            [
                .. order.Select(i =>
                {
                    double confidence = mixture.Probability(depth[i]);
                    return new LabelSuspect(table.Samples[i], table.Predicted[i], confidence, LabelWords.Say(data, table.Labels[i], table.Predicted[i], confidence));
                }),
            ]);
    }

    /// <summary>
    /// How far below zero each doubtful margin lies, in units of the usual margin of samples that the network agrees with; NaN where there is no doubt.
    /// One unit for all classes: the small margins of classes that are often mistaken for each other are no smaller doubt (a unit a class cost a tenth of F1 on Fashion-MNIST).
    /// </summary>
    internal static double[] Depths(MarginTable table)
    {
        double usual = Median([.. Enumerable.Range(0, table.Samples.Length).Where(i => table.Predicted[i] == table.Labels[i]).Select(i => table.Margins[i])]);
        return [.. table.Margins.Select((m, i) => table.Predicted[i] == table.Labels[i] || m >= 0 ? double.NaN : -m / usual)];
    }

    private static double Median(double[] values)
    {
        if (values.Length == 0)
            return 1;
        Array.Sort(values);
        return Math.Max(1e-6, values[values.Length / 2]);
    }
}

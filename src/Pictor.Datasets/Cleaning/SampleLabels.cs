using System.Globalization;

namespace Pictor.Datasets.Cleaning;

/// <summary>What a sample is labelled with, as one text.</summary>
internal static class SampleLabels
{
    /// <summary>The id of its class, ids joined by '|' for several, the number for a numeric task.</summary>
    public static string Of(Dataset data, Sample sample) => data.Task == DatasetTask.Numeric
        ? sample.Target?.ToString("R", CultureInfo.InvariantCulture) ?? ""
        : string.Join('|', sample.Classes.Select(c => data.Labels[c].Id));
}

using System.Globalization;

namespace Pictor.Models.Packages;

/// <summary>What must hold of the part of a manifest that says how its numbers are judged: thresholds, calibration, and what a regressor does not have.</summary>
internal static class PackageJudgementCheck
{
    private const int MostFaults = 5;

    /// <summary>Values that need nothing but the manifest.</summary>
    public static void Manifest(string path, PackageManifest manifest)
    {
        var faults = new List<string>();
        if (manifest.IsRegressor)
        {
            if (manifest.Classes != 1)
                faults.Add($"a regressor has 1 class, its value, not {manifest.Classes}");
            if (manifest.MultiLabel || manifest.Thresholds is not null || manifest.Calibration is not null)
                faults.Add("multiLabel, thresholds and calibration are for classifiers; a regressor has none");
        }

        foreach ((string id, double threshold) in manifest.Thresholds ?? new Dictionary<string, double>(StringComparer.Ordinal))
        {
            if (!(threshold is >= 0 and <= 1))
                faults.Add($"the threshold of '{id}' is {threshold.ToString(CultureInfo.InvariantCulture)}, and takes 0 to 1");
        }

        if (manifest.Calibration is { } calibration)
        {
            if (!(calibration.Temperature > 0 && double.IsFinite(calibration.Temperature)))
                faults.Add($"calibration has a temperature of {calibration.Temperature.ToString(CultureInfo.InvariantCulture)}, and takes a number above 0");
            if (calibration.Samples < 0 || !(calibration.ErrorBefore is >= 0 and <= 1) || !(calibration.ErrorAfter is >= 0 and <= 1))
                faults.Add("calibration takes samples of at least 0 and errors within 0..1");
        }

        Throw(path, faults);
    }

    /// <summary>That thresholds are of classes that there are.</summary>
    public static void Labels(string path, PackageManifest manifest, IReadOnlyList<Label> labels)
    {
        if (manifest.Thresholds is null)
            return;
        var ids = labels.Select(label => label.Id).ToHashSet(StringComparer.Ordinal);
        Throw(path, [.. manifest.Thresholds.Keys.Where(id => !ids.Contains(id))
            .Select(id => $"thresholds names '{id}', which is no label's id{(NearestWord.Of(id, ids) is { } near ? $" (did you mean '{near}'?)" : "")}")]);
    }

    private static void Throw(string path, List<string> faults)
    {
        if (faults.Count > 0)
            throw PackageReader.BadManifest(path, string.Join("; ", faults.Take(MostFaults)) + (faults.Count > MostFaults ? $"; and {faults.Count - MostFaults} more" : ""), null);
    }
}

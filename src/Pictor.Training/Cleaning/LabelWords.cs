using System.Globalization;
using Pictor.Datasets;

namespace Pictor.Training.Cleaning;

/// <summary>Doubt about a label in words.</summary>
internal static class LabelWords
{
    public static string Say(Dataset data, int label, int suggested, double confidence) =>
        string.Create(CultureInfo.InvariantCulture, $"Labelled {NameOf(data, label)}, looks like {NameOf(data, suggested)} ({confidence:0.00}).");

    private static string NameOf(Dataset data, int c) => data.Labels[c].Name;
}

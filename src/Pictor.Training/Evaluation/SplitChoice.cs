using Pictor.Datasets;
using Pictor.Models.Packages;

namespace Pictor.Training.Evaluation;

/// <summary>Which part of a data set is judged.</summary>
/// <param name="Name">train, val, test or all.</param>
/// <param name="Samples">Indices into <see cref="Dataset.Samples"/>.</param>
/// <param name="Training">What the package was trained on; null when this is other data, of which nothing is known.</param>
internal sealed record SplitChoice(string Name, IReadOnlyList<int> Samples, IReadOnlyList<int>? Training)
{
    public const string All = "all";

    /// <summary>As <see cref="Of"/>, or null when the part does not exist.</summary>
    public static SplitChoice? OfOrNull(Dataset data, PackageProvenance? provenance, string asked)
    {
        try
        {
            return Of(data, provenance, asked);
        }
        catch (InputException e) when (e.Code == "split.unknown")
        {
            return null;
        }
    }

    /// <summary>At most so many samples, evenly over a part, which is often sorted by class.</summary>
    public static IReadOnlyList<int> Evenly(IReadOnlyList<int> samples, int most) =>
        samples.Count <= most ? samples : [.. Enumerable.Range(0, most).Select(i => samples[(int)((long)i * samples.Count / most)])];

    /// <summary>Only the very data that the package was trained on is cut again by the package's seed; other data has the parts that it declares.</summary>
    /// <exception cref="InputException">The part that was asked for does not exist.</exception>
    public static SplitChoice Of(Dataset data, PackageProvenance? provenance, string? asked)
    {
        bool own = provenance?.DataFingerprint is { } fingerprint && string.Equals(fingerprint, data.Fingerprint, StringComparison.OrdinalIgnoreCase);
        SplitPlan plan = own ? SplitPlan.For(data, provenance!.Seed) : SplitPlan.Declared(data);
        var parts = new Dictionary<string, IReadOnlyList<int>>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IReadOnlyList<int> samples) in new[] { ("test", plan.Test), ("val", plan.Val), ("train", plan.Train) })
        {
            if (samples.Count > 0)
                parts.Add(name, samples);
        }

        parts.Add(All, [.. Enumerable.Range(0, data.Samples.Count)]);
        string chosen = asked ?? (parts.ContainsKey("test") ? "test" : parts.ContainsKey("val") ? "val" : All);
        if (parts.TryGetValue(chosen, out IReadOnlyList<int>? found))
            return new SplitChoice(chosen.ToLowerInvariant(), found, own ? plan.Train : null);

        string there = string.Join(", ", parts.Keys);
        string hint = NearestWord.Of(chosen, parts.Keys) is { } near ? $" Did you mean '{near}'?" : "";
        throw new InputException("--split", $"{data.Path} has no part '{chosen}'; it has {there}.{hint}", $"Name one of {there}, or leave --split out.") { Code = "split.unknown" };
    }
}

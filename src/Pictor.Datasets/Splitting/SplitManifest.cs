namespace Pictor.Datasets;

/// <summary>A cut that is kept: the plan's parts as the declared parts of a manifest.</summary>
public static class SplitManifest
{
    /// <summary>Cuts and writes.</summary>
    /// <param name="path">The manifest to write.</param>
    /// <param name="data">The data set.</param>
    /// <param name="samples">All its samples in its order, perhaps with other groups.</param>
    /// <param name="options">How to cut.</param>
    /// <param name="cancellationToken">Nothing is left behind.</param>
    /// <returns>The plan, and the manifest's fingerprint.</returns>
    public static async Task<(SplitPlan Plan, string Fingerprint)> WriteAsync(string path, Dataset data, IReadOnlyList<Sample> samples, SplitOptions options, CancellationToken cancellationToken = default)
    {
        SplitPlan plan = SplitPlan.CutAs(data, samples, options);
        var parts = new Split?[samples.Count];
        foreach (Split split in Enum.GetValues<Split>())
        {
            foreach (int i in plan[split])
                parts[i] = split;
        }

        string fingerprint = await DatasetManifest.WriteAsync(path, data, samples.Where(s => parts[s.Index] is not null).Select(s => s with { Declared = parts[s.Index] }), plan.Explanation, cancellationToken);
        return (plan, fingerprint);
    }
}

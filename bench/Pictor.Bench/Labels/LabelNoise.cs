using Pictor.Datasets;

namespace Pictor.Bench.Labels;

/// <summary>Wrong labels on purpose: symmetric ones are any other class, equally likely; pair ones are always the next class.</summary>
internal sealed record LabelNoise(string Kind, double Rate, int Seed)
{
    /// <summary>All samples; of those that are not test, exactly the share has another class.</summary>
    public IReadOnlyList<Sample> Apply(Dataset data)
    {
        if (Kind is not ("symmetric" or "pair"))
            throw new InputException("--kinds", $"there is no noise '{Kind}'", "Say symmetric, pair, or both with a comma.");
#pragma warning disable CA5394 // Noise for a measurement.
        var random = new Random(Seed);
        int[] pool = [.. data.Samples.Where(s => s.Declared != Split.Test).Select(s => s.Index)];
        random.Shuffle(pool);
        var changed = pool.Take((int)Math.Round(Rate * pool.Length)).ToHashSet();
        int classes = data.Labels.Count;
        return [.. data.Samples.Select(s => changed.Contains(s.Index) ? Relabelled(s, (s.Class + (Kind == "pair" ? 1 : 1 + random.Next(classes - 1))) % classes) : s)];
#pragma warning restore CA5394
    }

    private static Sample Relabelled(Sample sample, int c) => sample with { Class = c, Classes = [c] };
}

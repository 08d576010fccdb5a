using System.Globalization;

namespace Pictor.Datasets;

/// <summary>Decides what is declared and what must be cut, and says it in words.</summary>
internal static class Splitter
{
    public static SplitPlan Plan(IReadOnlyList<Sample> samples, int seed)
    {
        SplitPlan declared = Declared(samples, seed);
        bool train = declared.Train.Count > 0, val = declared.Val.Count > 0, test = declared.Test.Count > 0;
        string leaks = LeakWarning(samples);
        if (!train && !val && !test)
            return Cut(samples, [.. samples.Select(s => s.Index)], seed, "The data set comes without parts");
        if (train && !val && !test)
            return Cut(samples, declared.Train, seed, "The data set declares a train part only");
        if (!train || val)
            return declared with { Explanation = declared.Explanation + leaks };

        // A picture of train that also stands in test stays in train: in val it would make the choice of the network look better than it is.
        var tested = declared.Test.Select(i => samples[i].Sha256).ToHashSet(StringComparer.Ordinal);
        int[] free = [.. declared.Train.Where(i => !tested.Contains(samples[i].Sha256))];
        (List<int> rest, List<int> held, _) = StratifiedCut.Of(samples, free, seed, withTest: false);
        rest.AddRange(declared.Train.Where(i => tested.Contains(samples[i].Sha256)));
        rest.Sort();
        return new SplitPlan(rest, held, declared.Test, seed, WasCut: true, string.Create(CultureInfo.InvariantCulture,
            $"The data set declares train and test; a tenth of train is held back for validation, by class, with seed {seed}: {rest.Count} train, {held.Count} val, {declared.Test.Count} test.{leaks}"));
    }

    public static SplitPlan Declared(IReadOnlyList<Sample> samples, int seed)
    {
        var parts = new Dictionary<Split, List<int>> { [Split.Train] = [], [Split.Val] = [], [Split.Test] = [] };
        foreach (Sample sample in samples)
        {
            if (sample.Declared is { } split)
                parts[split].Add(sample.Index);
        }

        string[] named = [.. parts.Where(p => p.Value.Count > 0).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Value.Count} {Word(p.Key)}"))];
        string explanation = named.Length == 0 ? "The data set declares no parts." : $"The parts are those that the data set declares: {string.Join(", ", named)}.";
        return new SplitPlan(parts[Split.Train], parts[Split.Val], parts[Split.Test], seed, WasCut: false, explanation);
    }

    private static SplitPlan Cut(IReadOnlyList<Sample> samples, IReadOnlyList<int> pool, int seed, string reason)
    {
        (List<int> train, List<int> val, List<int> test) = StratifiedCut.Of(samples, pool, seed, withTest: true);
        return new SplitPlan(train, val, test, seed, WasCut: true, string.Create(CultureInfo.InvariantCulture,
            $"{reason}; it is cut 80/10/10 by class with seed {seed}, equal pictures kept together: {train.Count} train, {val.Count} val, {test.Count} test."));
    }

    private static string LeakWarning(IReadOnlyList<Sample> samples)
    {
        var first = new Dictionary<string, Split>(StringComparer.Ordinal);
        var leaks = new HashSet<string>(StringComparer.Ordinal);
        foreach (Sample sample in samples)
        {
            if (sample.Declared is { } split && first.TryAdd(sample.Sha256, split) is false && first[sample.Sha256] != split)
                leaks.Add(sample.Sha256);
        }

        return leaks.Count switch
        {
            0 => "",
            1 => " One picture stands in more than one declared part; it stays where the data set puts it.",
            _ => string.Create(CultureInfo.InvariantCulture, $" {leaks.Count} pictures stand in more than one declared part; they stay where the data set puts them."),
        };
    }

    /// <summary>A class without a training picture can never be predicted: often a folder that is no class, such as val/images.</summary>
    public static string UntrainedWarning(Dataset data, SplitPlan plan)
    {
        if (plan.Train.Count == 0)
            return "";
        var trained = plan.Train.Select(i => data.Samples[i].Class).ToHashSet();
        string[] missing = [.. data.Labels.Where((_, c) => !trained.Contains(c)).Select(l => $"'{l.Id}'")];
        return missing.Length == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {missing.Length} of {data.Labels.Count} classes have no training picture ({string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? ", …" : "")}).");
    }

    private static string Word(Split split) => split switch { Split.Train => "train", Split.Val => "val", _ => "test" };
}

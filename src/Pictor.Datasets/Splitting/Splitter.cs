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
        int[] groups = SplitGroups.Of(samples);
        var tested = declared.Test.Select(i => groups[i]).ToHashSet();
        int[] free = [.. declared.Train.Where(i => !tested.Contains(groups[i]))];
        (List<int> rest, List<int> held, _) = StratifiedCut.Of(samples, free, groups, seed, test: 0);
        rest.AddRange(declared.Train.Where(i => tested.Contains(groups[i])));
        rest.Sort();
        return new SplitPlan(rest, held, declared.Test, seed, WasCut: true, string.Create(CultureInfo.InvariantCulture,
            $"The data set declares train and test; a tenth of train is held back for validation, by class, with seed {seed}{Together(samples)}: {rest.Count} train, {held.Count} val, {declared.Test.Count} test.{leaks}"));
    }

    /// <summary>Cut by request, leak-proof: what shares a group with a test part that stays is left out of the plan.</summary>
    public static SplitPlan Cut(IReadOnlyList<Sample> samples, SplitOptions options)
    {
        int[] groups = SplitGroups.Of(samples, options.GroupOf);
        int[] kept = options.Anew ? [] : [.. samples.Where(s => s.Declared == Split.Test).Select(s => s.Index)];
        var tested = kept.Select(i => groups[i]).ToHashSet();
        int[] pool = [.. samples.Select(s => s.Index).Where(i => (kept.Length == 0 || samples[i].Declared != Split.Test) && !tested.Contains(groups[i]))];
        double val = kept.Length == 0 ? options.Val : options.Val / (1 - options.Test);
        (List<int> train, List<int> held, List<int> test) = StratifiedCut.Of(samples, pool, groups, options.Seed, val, kept.Length == 0 ? options.Test : 0);
        test.AddRange(kept);
        int units = pool.Select(i => groups[i]).Distinct().Count(), left = samples.Count - train.Count - held.Count - test.Count;
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{(kept.Length > 0 ? "The declared test part stays; the rest is" : "It is")} cut by class with seed {options.Seed}, {pool.Length} pictures in {units} groups that stay together: {train.Count} train, {held.Count} val, {test.Count} test.");
        if (left > 0)
            text += string.Create(CultureInfo.InvariantCulture, $" {left} {(left == 1 ? "picture is" : "pictures are")} left out, because {(left == 1 ? "it belongs" : "they belong")} to groups that stand in test.");
        return new SplitPlan(train, held, test, options.Seed, WasCut: true, text);
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
        (List<int> train, List<int> val, List<int> test) = StratifiedCut.Of(samples, pool, SplitGroups.Of(samples), seed);
        return new SplitPlan(train, val, test, seed, WasCut: true, string.Create(CultureInfo.InvariantCulture,
            $"{reason}; it is cut 80/10/10 by class with seed {seed}, equal pictures {(samples.Any(s => s.Group is not null) ? "and groups " : "")}kept together: {train.Count} train, {val.Count} val, {test.Count} test."));
    }

    private static string Together(IReadOnlyList<Sample> samples) => samples.Any(s => s.Group is not null) ? ", groups kept together" : "";

    /// <summary>What stands in more than one declared part: equal pictures, and the data set's own groups.</summary>
    public static string LeakWarning(IReadOnlyList<Sample> samples)
    {
        int pictures = Straddling(samples, s => s.Sha256), groups = Straddling(samples, s => s.Group);
        string said = pictures switch
        {
            0 => "",
            1 => " One picture stands in more than one declared part; it stays where the data set puts it.",
            _ => string.Create(CultureInfo.InvariantCulture, $" {pictures} pictures stand in more than one declared part; they stay where the data set puts them."),
        };
        return groups switch
        {
            0 => said,
            1 => said + " One group stands in more than one declared part; it stays where the data set puts it.",
            _ => said + string.Create(CultureInfo.InvariantCulture, $" {groups} groups stand in more than one declared part; they stay where the data set puts them."),
        };
    }

    /// <summary>How many values of a key occur in more than one declared part.</summary>
    public static int Straddling(IReadOnlyList<Sample> samples, Func<Sample, string?> keyOf)
    {
        var first = new Dictionary<string, Split>(StringComparer.Ordinal);
        var leaks = new HashSet<string>(StringComparer.Ordinal);
        foreach (Sample sample in samples)
        {
            if (sample.Declared is { } split && keyOf(sample) is { } key && !first.TryAdd(key, split) && first[key] != split)
                leaks.Add(key);
        }

        return leaks.Count;
    }

    /// <summary>A class without a training picture can never be predicted: often a folder that is no class, such as val/images.</summary>
    public static string UntrainedWarning(Dataset data, SplitPlan plan)
    {
        if (plan.Train.Count == 0)
            return "";
        var trained = plan.Train.SelectMany(i => data.Samples[i].Classes).ToHashSet();
        string[] missing = [.. data.Labels.Where((_, c) => !trained.Contains(c)).Select(l => $"'{l.Id}'")];
        return missing.Length == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {missing.Length} of {data.Labels.Count} classes have no training picture ({string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? ", …" : "")}).");
    }

    private static string Word(Split split) => split switch { Split.Train => "train", Split.Val => "val", _ => "test" };
}

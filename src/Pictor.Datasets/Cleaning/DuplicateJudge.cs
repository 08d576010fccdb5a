using System.Globalization;
using Pictor.Imaging;

namespace Pictor.Datasets.Cleaning;

/// <summary>From sets of equal pictures to what is wrong with each and which one stays.</summary>
internal static class DuplicateJudge
{
    public static IEnumerable<CleaningIssue> Judge(Dataset data, IReadOnlyList<DuplicateSet> sets, PictureScan scan)
    {
        for (int group = 0; group < sets.Count; group++)
        {
            DuplicateSet set = sets[group];
            Sample[] members = [.. set.Members.Select(m => data.Samples[m])];
            string[] labels = [.. members.Select(m => SampleLabels.Of(data, m))];
            bool conflict = labels.Distinct(StringComparer.Ordinal).Skip(1).Any();
            bool leak = members.Select(m => m.Declared).OfType<Split>().Distinct().Skip(1).Any();
            string? winner = conflict ? Majority(labels) : labels[0];
            int keeper = Keeper(members, labels, winner, scan);
            for (int i = 0; i < members.Length; i++)
            {
                CleaningAction action = i == keeper ? CleaningAction.Keep : CleaningAction.Drop;
                double severity = Math.Round(set.Similarity[i], 4);
                string others = Others(members, i);
                if (conflict)
                {
                    string suggestion = winner is not null && winner != labels[i] ? winner : "";
                    yield return Issue(CleaningProblem.LabelConflict, suggestion, $"Labelled {labels[i]}; the same picture is labelled {string.Join(" and ", labels.Distinct(StringComparer.Ordinal).Where(l => l != labels[i]))}: {others}.");
                }

                if (leak)
                    yield return Issue(CleaningProblem.Leak, "", $"It stands in {PartOf(members[i])}, and the same picture in {string.Join(" and ", members.Select(PartOf).Distinct(StringComparer.Ordinal).Where(p => p != PartOf(members[i])))}: {others}.");
                if (!conflict && !leak)
                {
                    yield return Issue(set.Kind == DuplicateKind.Near ? CleaningProblem.NearDuplicate : CleaningProblem.ExactDuplicate, "",
                        set.Kind == DuplicateKind.Near ? string.Create(CultureInfo.InvariantCulture, $"Similarity {set.Similarity[i]:0.000}: {others}.") : $"The same {(set.Kind == DuplicateKind.ExactBytes ? "bytes" : "pixels")}: {others}.");
                }

                CleaningIssue Issue(CleaningProblem problem, string suggestion, string detail) =>
                    new(members[i].Index, members[i].File, problem, severity, labels[i], suggestion, group, action, detail);
            }
        }
    }

    /// <summary>
    /// The one that stays: of the winning label; in test rather than val rather than train, for a judgement must stay what it was; then the largest.
    /// -1 where labels contradict each other and none has the majority, unless test holds one of them: what a judgement rests on is not decided by a vote.
    /// </summary>
    private static int Keeper(Sample[] members, string[] labels, string? winner, PictureScan scan)
    {
        IEnumerable<int> candidates = Enumerable.Range(0, members.Length);
        candidates = winner is not null ? candidates.Where(i => labels[i] == winner) : candidates.Where(i => members[i].Declared is Split.Test);
        return candidates.DefaultIfEmpty(-1).OrderByDescending(i => i < 0 ? -1 : (int)(members[i].Declared ?? Split.Train))
            .ThenByDescending(i => i >= 0 && scan.Facts[members[i].Index] is { } f ? (long)f.Width * f.Height : 0).ThenBy(i => i).First();
    }

    private static string? Majority(string[] labels)
    {
        KeyValuePair<string, int> most = labels.CountBy(l => l, StringComparer.Ordinal).MaxBy(c => c.Value);
        return 2 * most.Value > labels.Length ? most.Key : null;
    }

    private static string Others(Sample[] members, int self)
    {
        const int Named = 3;
        string[] names = [.. members.Where((_, i) => i != self).Select(m => ShortName(m.File))];
        return string.Join(", ", names.Take(Named)) + (names.Length > Named ? $" and {names.Length - Named} more" : "");
    }

    private static string ShortName(string file)
    {
        int cut = file.LastIndexOfAny(['/', '\\', '!']);
        int before = cut <= 0 ? -1 : file.LastIndexOfAny(['/', '\\', '!'], cut - 1);
        return file[(before + 1)..];
    }

    private static string PartOf(Sample sample) => sample.Declared switch { Split.Train => "train", Split.Val => "val", Split.Test => "test", _ => "no part" };
}

using System.Globalization;

namespace Pictor.Datasets;

/// <summary>
/// Cuts samples class by class. The unit is a group of samples that stay together; units are ordered by a hash of seed and content, so neither file names
/// nor their order matter, and pictures added later leave most others where they were.
/// </summary>
internal static class StratifiedCut
{
    /// <summary>Parts as ascending indices.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="pool">The indices that are cut.</param>
    /// <param name="groupOf">From <see cref="SplitGroups"/>.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="val">Share of validation.</param>
    /// <param name="test">Share of test; 0 leaves it empty.</param>
    public static (List<int> Train, List<int> Val, List<int> Test) Of(IReadOnlyList<Sample> samples, IReadOnlyList<int> pool, int[] groupOf, int seed, double val = 0.1, double test = 0.1)
    {
        var parts = new List<int>[] { [], [], [] };
        Func<int, IReadOnlyList<int>> classesOf = Strata(samples, pool);
        SplitUnit[] units = Units(samples, pool, groupOf, seed);
        if (Array.TrueForAll(units, u => u.Members.TrueForAll(m => classesOf(m) is [var only] && only == classesOf(u.Members[0])[0])))
        {
            foreach (IGrouping<int, SplitUnit> group in units.GroupBy(u => classesOf(u.Members[0])[0]))
                Assign([.. group], val, test, parts);
        }
        else
        {
            IterativeCut.Assign(units, classesOf, [1 - val - test, val, test], parts);
        }

        foreach (List<int> part in parts)
            part.Sort();
        return (parts[0], parts[1], parts[2]);
    }

    /// <summary>Classes, or for numbers the tenth of the range of ranks that a sample lies in.</summary>
    private static Func<int, IReadOnlyList<int>> Strata(IReadOnlyList<Sample> samples, IReadOnlyList<int> pool)
    {
        if (pool.Count == 0 || pool.Any(i => samples[i].Target is null || samples[i].Classes.Count > 0))
            return i => samples[i].Classes;
        double[] sorted = [.. pool.Select(i => samples[i].Target!.Value).Order()];
        double[] edges = [.. Enumerable.Range(1, 9).Select(k => sorted[(long)sorted.Length * k / 10 is var at && at < sorted.Length ? (int)at : ^1])];
        var decile = new int[samples.Count][];
        foreach (int i in pool)
            decile[i] = [edges.Count(e => samples[i].Target!.Value >= e)];
        return i => decile[i];
    }

    private static SplitUnit[] Units(IReadOnlyList<Sample> samples, IReadOnlyList<int> pool, int[] groupOf, int seed)
    {
        var units = new Dictionary<int, List<int>>(pool.Count);
        foreach (int index in pool)
        {
            if (!units.TryGetValue(groupOf[index], out List<int>? members))
                units[groupOf[index]] = members = [];
            members.Add(index);
        }

        return
        [
            .. units.Values.Select(members =>
            {
                string sha = samples[members[0]].Sha256;
                foreach (int member in members)
                    sha = string.CompareOrdinal(samples[member].Sha256, sha) < 0 ? samples[member].Sha256 : sha;
                ulong content = ulong.Parse(sha.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                return new SplitUnit(new CounterRandom(seed, (long)content).Next(), sha, members);
            }).OrderBy(u => u.Key).ThenBy(u => u.Sha256, StringComparer.Ordinal),
        ];
    }

    private static void Assign(List<SplitUnit> units, double val, double test, List<int>[] parts)
    {
        int count = units.Sum(u => u.Members.Count);
        Take(units, count >= 2 ? Quota(count, val) : 0, parts[1]);
        Take(units, count >= 3 ? Quota(count, test) : 0, parts[2]);
        foreach (SplitUnit unit in units)
            parts[0].AddRange(unit.Members);
    }

    /// <summary>The share, rounded half up, but at least one where there is to be any.</summary>
    private static int Quota(int count, double share) => share <= 0 ? 0 : Math.Max(1, (int)Math.Floor((count * share) + 0.5 + 1e-9));

    /// <summary>Moves units that fit into <paramref name="part"/>; the last unit always stays for training.</summary>
    private static void Take(List<SplitUnit> units, int quota, List<int> part)
    {
        int left = quota;
        var rest = new List<SplitUnit>(units.Count);
        int staying = units.Count;
        foreach (SplitUnit unit in units)
        {
            if (left > 0 && staying > 1 && unit.Members.Count <= left)
            {
                part.AddRange(unit.Members);
                left -= unit.Members.Count;
                staying--;
            }
            else
            {
                rest.Add(unit);
            }
        }

        // Where all groups are larger than the quota, the smallest one is nearer to it than nothing.
        if (left == quota && quota > 0 && rest.Count > 1)
        {
            SplitUnit smallest = rest.MinBy(u => u.Members.Count)!;
            part.AddRange(smallest.Members);
            rest.Remove(smallest);
        }

        units.Clear();
        units.AddRange(rest);
    }
}

/// <summary>Samples that stay together.</summary>
/// <param name="Key">Decides the order of units.</param>
/// <param name="Sha256">The lowest hash among its members; decides where keys are equal.</param>
/// <param name="Members">Indices.</param>
internal sealed record SplitUnit(ulong Key, string Sha256, List<int> Members);

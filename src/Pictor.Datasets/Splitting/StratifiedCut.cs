using System.Globalization;

namespace Pictor.Datasets;

/// <summary>
/// Cuts samples class by class. The unit is a group of byte-equal samples; units are ordered by a hash of seed and content, so neither file names
/// nor their order matter, and pictures added later leave most others where they were.
/// </summary>
internal static class StratifiedCut
{
    private sealed record Unit(ulong Key, string Sha256, List<int> Members);

    /// <summary>Parts as ascending indices; <paramref name="withTest"/> false leaves test empty.</summary>
    public static (List<int> Train, List<int> Val, List<int> Test) Of(IReadOnlyList<Sample> samples, IReadOnlyList<int> pool, int seed, bool withTest)
    {
        var parts = new List<int>[] { [], [], [] };
        foreach (IGrouping<int, Unit> group in Units(samples, pool, seed).GroupBy(u => samples[u.Members[0]].Class))
            Assign([.. group.OrderBy(u => u.Key).ThenBy(u => u.Sha256, StringComparer.Ordinal)], withTest, parts);
        foreach (List<int> part in parts)
            part.Sort();
        return (parts[0], parts[1], parts[2]);
    }

    private static Dictionary<string, Unit>.ValueCollection Units(IReadOnlyList<Sample> samples, IReadOnlyList<int> pool, int seed)
    {
        var units = new Dictionary<string, Unit>(pool.Count, StringComparer.Ordinal);
        foreach (int index in pool)
        {
            string sha = samples[index].Sha256;
            if (!units.TryGetValue(sha, out Unit? unit))
            {
                ulong content = ulong.Parse(sha.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                units[sha] = unit = new Unit(new CounterRandom(seed, (long)content).Next(), sha, []);
            }

            unit.Members.Add(index);
        }

        return units.Values;
    }

    private static void Assign(List<Unit> units, bool withTest, List<int>[] parts)
    {
        int count = units.Sum(u => u.Members.Count);
        int tenth = Math.Max(1, (count + 5) / 10);
        int val = count >= 2 ? tenth : 0;
        int test = withTest && count >= 3 ? tenth : 0;
        Take(units, val, parts[1]);
        Take(units, test, parts[2]);
        foreach (Unit unit in units)
            parts[0].AddRange(unit.Members);
    }

    /// <summary>Moves units that fit into <paramref name="part"/>; the last unit always stays for training.</summary>
    private static void Take(List<Unit> units, int quota, List<int> part)
    {
        int left = quota;
        for (int i = 0; i < units.Count && left > 0 && units.Count > 1;)
        {
            if (units[i].Members.Count > left)
            {
                i++;
                continue;
            }

            part.AddRange(units[i].Members);
            left -= units[i].Members.Count;
            units.RemoveAt(i);
        }

        // Where all groups are larger than the quota, the smallest one is nearer to it than nothing.
        if (left == quota && quota > 0 && units.Count > 1)
        {
            Unit smallest = units.MinBy(u => u.Members.Count)!;
            part.AddRange(smallest.Members);
            units.Remove(smallest);
        }
    }
}

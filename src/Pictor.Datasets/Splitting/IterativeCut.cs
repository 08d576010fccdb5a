namespace Pictor.Datasets;

/// <summary>
/// Iterative stratification (Sechidis, Tsoumakas, Vlahavas 2011, algorithm 1), with groups as units: the rarest class first, each unit goes to the part that
/// still wants most of that class. For samples of several classes, and for groups whose samples are of different classes.
/// </summary>
internal static class IterativeCut
{
    /// <param name="units">In the order in which they are taken.</param>
    /// <param name="classesOf">Classes of a sample, none included.</param>
    /// <param name="shares">Share of each part, in all 1.</param>
    /// <param name="parts">Where the members go.</param>
    public static void Assign(SplitUnit[] units, Func<int, IReadOnlyList<int>> classesOf, double[] shares, List<int>[] parts)
    {
        Dictionary<int, int>[] counts = [.. units.Select(u => u.Members.SelectMany(classesOf).CountBy(c => c).ToDictionary())];
        Dictionary<int, int> left = counts.SelectMany(c => c).GroupBy(c => c.Key, c => c.Value).ToDictionary(g => g.Key, g => g.Sum());
        double total = units.Sum(u => u.Members.Count);
        double[] wanted = [.. shares.Select(s => s * total)];
        Dictionary<int, double>[] wantedOf = [.. shares.Select(s => left.ToDictionary(c => c.Key, c => s * c.Value))];
        Dictionary<int, List<int>> unitsOf = left.Keys.ToDictionary(c => c, c => new List<int>());
        for (int u = 0; u < units.Length; u++)
        {
            foreach (int c in counts[u].Keys)
                unitsOf[c].Add(u);
        }

        var done = new bool[units.Length];
        var open = new SortedSet<(int Left, int Class)>(left.Select(c => (c.Value, c.Key)));
        while (open.Count > 0)
        {
            int rarest = open.Min.Class;
            foreach (int u in unitsOf[rarest].Where(u => !done[u]).OrderByDescending(u => counts[u][rarest]))
                Put(u, rarest);
            open.Remove((left[rarest], rarest));
        }

        for (int u = 0; u < units.Length; u++)
        {
            if (!done[u])
                Put(u, null);
        }

        void Put(int u, int? wantedClass)
        {
            int best = 0;
            for (int p = 1; p < shares.Length; p++)
            {
                double gain = wantedClass is { } c ? wantedOf[p][c] - wantedOf[best][c] : 0;
                if (shares[p] > 0 && (gain > 1e-9 || (gain > -1e-9 && wanted[p] > wanted[best] + 1e-9)))
                    best = p;
            }

            done[u] = true;
            parts[best].AddRange(units[u].Members);
            wanted[best] -= units[u].Members.Count;
            foreach ((int c, int n) in counts[u])
            {
                wantedOf[best][c] -= n;
                bool waiting = open.Remove((left[c], c));
                left[c] -= n;
                if (waiting)
                    open.Add((left[c], c));
            }
        }
    }
}

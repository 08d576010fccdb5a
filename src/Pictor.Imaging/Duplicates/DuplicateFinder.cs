namespace Pictor.Imaging;

/// <summary>Groups pictures that are the same one: by bytes, by pixels, and by look.</summary>
public static class DuplicateFinder
{
    /// <summary>Finds the sets. The same input gives the same sets on any number of cores.</summary>
    /// <param name="pictures">Null where a picture could not be read.</param>
    /// <param name="contents">A hash of each file's bytes; null where there is none.</param>
    /// <param name="options">How much alike is alike enough.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <returns>Sets of two or more, ordered by their first member; a picture is in one set at most.</returns>
    /// <exception cref="ArgumentException">There are not as many contents as pictures.</exception>
    public static IReadOnlyList<DuplicateSet> Find(
        IReadOnlyList<PictureFingerprint?> pictures, IReadOnlyList<string>? contents = null, DuplicateOptions? options = null,
        IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (contents is not null && contents.Count != pictures.Count)
            throw new ArgumentException($"{contents.Count} contents do not fit {pictures.Count} pictures.", nameof(contents));
        options ??= new DuplicateOptions();
        var sets = new DisjointSets(pictures.Count);
        var kinds = new DuplicateKind[pictures.Count];
        var similarity = new double[pictures.Count];
        if (contents is not null)
            Join(Enumerable.Range(0, pictures.Count).GroupBy(i => contents[i], StringComparer.Ordinal), DuplicateKind.ExactBytes);
        Join(Enumerable.Range(0, pictures.Count).Where(i => pictures[i] is not null).GroupBy(i => pictures[i]!.PixelHash), DuplicateKind.SamePixels);
        if (options.Near)
        {
            foreach (Likeness edge in NearDuplicates.Find(pictures, sets, options, progress, cancellationToken))
            {
                Tie(edge.A, edge.B, DuplicateKind.Near);
                similarity[edge.A] = Math.Max(similarity[edge.A], edge.Similarity);
                similarity[edge.B] = Math.Max(similarity[edge.B], edge.Similarity);
            }
        }

        return [.. Enumerable.Range(0, pictures.Count).GroupBy(sets.Find).Where(g => g.Skip(1).Any()).OrderBy(g => g.Key)
            .Select(g => new DuplicateSet(kinds[g.Key], [.. g], [.. g.Select(i => similarity[i])]))];

        void Join<TKey>(IEnumerable<IGrouping<TKey, int>> groups, DuplicateKind kind)
        {
            foreach (IGrouping<TKey, int> group in groups)
            {
                int first = group.First();
                foreach (int other in group.Skip(1))
                {
                    if (sets.Find(first) != sets.Find(other))
                        Tie(first, other, kind);
                    (similarity[first], similarity[other]) = (1, 1);
                }
            }
        }

        void Tie(int a, int b, DuplicateKind kind)
        {
            DuplicateKind weakest = (DuplicateKind)Math.Max((int)kind, Math.Max((int)kinds[sets.Find(a)], (int)kinds[sets.Find(b)]));
            sets.Join(a, b);
            kinds[sets.Find(a)] = weakest;
        }
    }

    /// <summary>The set of each picture as a number: the first member of its set, itself for a picture without duplicates. What shares a number must not straddle a split.</summary>
    /// <param name="sets">As <see cref="Find"/> returns them.</param>
    /// <param name="count">How many pictures there are.</param>
    public static int[] GroupOf(IReadOnlyList<DuplicateSet> sets, int count)
    {
        ArgumentNullException.ThrowIfNull(sets);
        int[] groups = [.. Enumerable.Range(0, count)];
        foreach (DuplicateSet set in sets)
        {
            foreach (int member in set.Members)
                groups[member] = set.Members[0];
        }

        return groups;
    }
}

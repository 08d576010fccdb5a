using System.Collections.Concurrent;
using System.Diagnostics;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;

namespace Pictor.Library.Collecting;

/// <summary>
/// Groups as they were found last. Grouping 100,000 pictures takes seconds, and a page of groups that is looked through asks for them again and again: they are found anew only after a
/// change, and while changes go on they may be as old as <see cref="Patience"/> times what finding them takes.
/// </summary>
internal sealed class GroupMemory(CatalogueFile catalogue, LibraryModels models, TagWords words)
{
    private const int Patience = 10;

    /// <summary>What takes less is found after every change.</summary>
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(100);

    private sealed record Known(IReadOnlyList<PictureGroup> Groups, long Changes, string? Model, long At, TimeSpan Took);

    private readonly ConcurrentDictionary<GroupBy, Known> _known = new();
    private readonly Lock _finding = new();

    internal IReadOnlyList<PictureGroup> Of(GroupBy by)
    {
        lock (_finding)
        {
            if (_known.TryGetValue(by, out Known? known) && !IsOld(known))
                return known.Groups;
            (long changes, string? model, long start) = (catalogue.Changes, models.ActiveReference, Stopwatch.GetTimestamp());
            IReadOnlyList<PictureGroup> groups = new Groups(catalogue, models, words).Of(by);
            _known[by] = new Known(groups, changes, model, Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(start));
            return groups;
        }
    }

    // A library opened for reading only may be written by another process: nothing tells of its changes.
    private bool IsOld(Known known) => catalogue.ReadOnly || known.Model != models.ActiveReference
        || (known.Changes != catalogue.Changes && (known.Took < s_quick || Stopwatch.GetElapsedTime(known.At) > Patience * known.Took));
}

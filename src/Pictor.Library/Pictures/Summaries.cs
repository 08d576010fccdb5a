using System.Diagnostics;
using Dapper;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Pictures;

/// <summary>
/// Counts and tags of the whole library, which every page shows. At 100,000 pictures counting takes some tenths of a second, so they are counted again only after a change,
/// and while changes go on (indexing) a count may be as old as <see cref="Patience"/> times what it takes.
/// </summary>
internal sealed class Summaries(CatalogueFile catalogue)
{
    private const int Patience = 10;

    /// <summary>What takes less is counted after every change.</summary>
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(50);

    private sealed record Counted(LibrarySummary Summary, long Changes, long At, TimeSpan Took);

    private Counted? _latest;

    internal LibrarySummary Of(string? activeModel)
    {
        long changes = catalogue.Changes;
        if (_latest is not { } known || IsOld(known, changes))
        {
            long start = Stopwatch.GetTimestamp();
            LibrarySummary summary = Count();
            _latest = known = new Counted(summary, changes, Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(start));
        }

        return known.Summary with { ActiveModel = activeModel };
    }

    // A library opened for reading only may be written by another process: nothing tells of its changes.
    private bool IsOld(Counted known, long changes) => catalogue.ReadOnly
        || (known.Changes != changes && (known.Took < s_quick || Stopwatch.GetElapsedTime(known.At) > Patience * known.Took));

    private LibrarySummary Count() => catalogue.Read(connection =>
    {
        (long pictures, long missing) = connection.QuerySingle<(long, long)>("SELECT count(*), ifnull(sum(missing), 0) FROM pictures WHERE hidden = 0");
        int skipped = connection.ExecuteScalar<int>("SELECT count(*) FROM files WHERE problem IS NOT NULL AND missing = 0");
        IEnumerable<TagCount> tags = connection.Query<(string Value, long Count)>(
            "SELECT min(value), count(DISTINCT picture) AS n FROM said WHERE kind IN ('tag', 'box') GROUP BY value_key ORDER BY n DESC, value_key").Select(t => new TagCount(t.Value, (int)t.Count));
        return new LibrarySummary((int)pictures, (int)missing, skipped, null, [.. tags]);
    });
}

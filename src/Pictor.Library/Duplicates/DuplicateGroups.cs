using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Pictures;

namespace Pictor.Library.Duplicates;

/// <summary>The groups that were found, a page at a time, each with the one to keep.</summary>
internal sealed class DuplicateGroups(string folder, CatalogueFile catalogue)
{
    private sealed record Row(long Picture, string Id, long Width, long Height, long Bytes, string Format, long? TakenAt, long AddedAt, double Similarity, long Set);

    internal Page<DuplicateGroup> Page(DuplicateTier? tier, int limit, string? cursor)
    {
        limit = Cursor.Limit(limit);
        long[] after = Cursor.Read(cursor, 2) ?? [0, -1];
        return catalogue.Read(connection =>
        {
            // Groups of which only one picture is left are none.
            List<(long Tier, long Set)> all = connection.Query<(long, long)>(
                """
                SELECT 1, f.picture FROM files f JOIN pictures p ON p.row = f.picture WHERE f.missing = 0 AND p.hidden = 0 GROUP BY f.picture HAVING count(*) > 1
                UNION ALL
                SELECT d.tier, d.member_of FROM duplicates d JOIN pictures p ON p.row = d.picture WHERE p.hidden = 0 AND p.missing = 0 GROUP BY d.tier, d.member_of HAVING count(*) > 1
                ORDER BY 1, 2
                """).Where(g => tier is null || g.Item1 == (int)tier).AsList();
            (long Tier, long Set)[] page = [.. all.Where(g => g.Tier > after[0] || (g.Tier == after[0] && g.Set > after[1])).Take(limit + 1)];
            string? next = page.Length > limit ? Cursor.Write(page[limit - 1].Tier, page[limit - 1].Set) : null;
            return new Page<DuplicateGroup>([.. page.Take(limit).Select(g => g.Tier == 1 ? Files(connection, g.Set) : Pictures(connection, (DuplicateTier)g.Tier, g.Set))], next, all.Count);
        });
    }

    /// <summary>Files of one picture: they differ in nothing but their place; the oldest was there first.</summary>
    private DuplicateGroup Files(SqliteConnection connection, long picture)
    {
        (string id, int width, int height, long bytes, string format) = connection.QuerySingle<(string, int, int, long, string)>("SELECT id, width, height, bytes, format FROM pictures WHERE row = @picture", new { picture });
        (string Path, long Modified)[] files = [.. connection.Query<(string Path, long Modified)>("SELECT path, modified FROM files WHERE picture = @picture AND missing = 0 ORDER BY modified, id", new { picture })];
        bool oldest = files[0].Modified < files[1].Modified;
        return new DuplicateGroup(DuplicateTier.SameBytes, [.. files.Select((f, i) => new DuplicateItem(
            id, Contents.Absolute(folder, f.Path), width, height, bytes, format, 1, i == 0, i > 0 ? [] : [oldest ? "oldest file" : "was here first"]))]);
    }

    private DuplicateGroup Pictures(SqliteConnection connection, DuplicateTier tier, long set)
    {
        List<Row> rows = connection.Query<Row>(
            """
            SELECT p.row AS Picture, p.id, p.width, p.height, p.bytes, p.format, p.taken_at AS TakenAt, p.added_at AS AddedAt, d.similarity, d.member_of AS "Set"
            FROM duplicates d JOIN pictures p ON p.row = d.picture WHERE d.tier = @tier AND d.member_of = @set AND p.hidden = 0 AND p.missing = 0 ORDER BY p.row
            """,
            new { tier = (int)tier, set }).AsList();
        Dictionary<long, string> files = connection.Query<(long Picture, string Path)>(
            "SELECT picture, path FROM files WHERE picture IN @rows ORDER BY missing DESC, id DESC", new { rows = rows.Select(r => r.Picture) })
            .GroupBy(f => f.Picture).ToDictionary(g => g.Key, g => Contents.Absolute(folder, g.Last().Path));
        Dictionary<long, int> facts = connection.Query<(long Picture, int Count)>(
            "SELECT picture, count(*) FROM facts WHERE picture IN @rows AND rejected = 0 AND (fact = 'geotagged' OR fact LIKE 'camera:%') GROUP BY picture", new { rows = rows.Select(r => r.Picture) })
            .ToDictionary(f => f.Picture, f => f.Count);
        Candidate[] group = [.. rows.Select(r => new Candidate(
            r.Picture, r.Id, files.GetValueOrDefault(r.Picture, ""), (int)r.Width, (int)r.Height, r.Bytes, r.Format, r.Similarity, facts.GetValueOrDefault(r.Picture) + (r.TakenAt is null ? 0 : 1), r.AddedAt))];
        Candidate best = Keeping.Best(group);
        return new DuplicateGroup(tier, [.. group.OrderByDescending(c => ReferenceEquals(c, best)).ThenByDescending(c => c.Similarity).Select(c => new DuplicateItem(
            c.Id, c.File, c.Width, c.Height, c.Bytes, c.Format, c.Similarity, ReferenceEquals(c, best), Keeping.Reasons(c, group)))]);
    }
}

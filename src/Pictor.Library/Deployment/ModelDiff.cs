using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Pictures;

namespace Pictor.Library.Deployment;

/// <summary>What two models say of the same pictures, side by side.</summary>
internal sealed class ModelDiff(CatalogueFile catalogue, Listing listing)
{
    /// <summary>A confidence that changes by less has not moved: the same network on another processor differs by as much as rounding.</summary>
    internal const double Moved = 0.1;

    private sealed class Row
    {
        public long Picture { get; set; }

        public string ValueKey { get; set; } = "";

        public string Value { get; set; } = "";

        public double? Before { get; set; }

        public double? After { get; set; }

        internal TagChange ToChange() => new(Value, Before, After);
    }

    // Gone through once and grouped. The plus signs keep SQLite from looking a tag's other statements up by its word, of which there may be tens of thousands, instead of by its picture:
    // of 100,000 pictures that took minutes.
    // Rejected lines are no part of either side, and neither is a tag that people or imports have said: it is shown whatever models say.
    private const string Difference = """
        WITH d AS (SELECT picture, value_key, coalesce(min(CASE WHEN model = @after THEN value END), min(value)) AS value,
                max(CASE WHEN model = @before THEN confidence END) AS before, max(CASE WHEN model = @after THEN confidence END) AS after
                FROM annotations WHERE model IN (@before, @after) AND kind = 'tag' AND rejected = 0 GROUP BY picture, value_key
                HAVING before IS NULL OR after IS NULL OR abs(before - after) >= @moved),
            changed AS (SELECT d.* FROM d JOIN pictures p ON p.row = d.picture WHERE p.hidden = 0
                AND EXISTS (SELECT 1 FROM readings r WHERE r.model = @before AND r.picture = d.picture) AND EXISTS (SELECT 1 FROM readings r WHERE r.model = @after AND r.picture = d.picture)
                AND NOT EXISTS (SELECT 1 FROM annotations o WHERE o.picture = d.picture AND +o.kind = 'tag' AND +o.value_key = d.value_key AND (o.rank > 1 OR o.rejected = 1)))
        """;

    internal ModelChanges Of(DeployedModel from, DeployedModel to, int limit, string? cursor)
    {
        limit = Cursor.Limit(limit);
        long last = Cursor.Read(cursor, 1)?[0] ?? 0;
        (List<TagChangeCount> tags, List<Row> rows, int total, int compared, int unread) = catalogue.Read(connection =>
        {
            var parameters = new { before = from.Id, after = to.Id, moved = Moved, last, limit = limit + 1 };
            List<TagChangeCount> counts = last > 0 ? [] : connection.Query<(string Value, long Added, long Removed, long Moved)>(
                $"{Difference} SELECT min(value), sum(before IS NULL), sum(after IS NULL), sum(before IS NOT NULL AND after IS NOT NULL) FROM changed GROUP BY value_key ORDER BY count(*) DESC, value_key", parameters)
                .Select(t => new TagChangeCount(t.Value, (int)t.Added, (int)t.Removed, (int)t.Moved)).ToList();
            int all = connection.ExecuteScalar<int>($"{Difference} SELECT count(DISTINCT picture) FROM changed", parameters);
            List<Row> page = connection.Query<Row>(
                $"""
                {Difference} SELECT picture, value_key AS ValueKey, value, before, after FROM changed
                WHERE picture IN (SELECT DISTINCT picture FROM changed WHERE picture > @last ORDER BY picture LIMIT @limit) ORDER BY picture, max(ifnull(after, 0), ifnull(before, 0)) DESC, value_key
                """,
                parameters).AsList();
            return (counts, page, all, Count(connection, parameters, "EXISTS"), Count(connection, parameters, "p.missing = 0 AND NOT EXISTS"));
        });

        IGrouping<long, Row>[] pictures = [.. rows.GroupBy(r => r.Picture)];
        Dictionary<long, (string Id, string File)> names = listing.Names([.. pictures.Select(p => p.Key)]);
        PictureTagChanges[] items =
        [
            .. pictures.Take(limit).Where(p => names.ContainsKey(p.Key)).Select(p => new PictureTagChanges(
                names[p.Key].Id, names[p.Key].File,
                [.. p.Where(r => r.Before is null).Select(r => r.ToChange())],
                [.. p.Where(r => r.After is null).Select(r => r.ToChange())],
                [.. p.Where(r => r.Before is not null && r.After is not null).Select(r => r.ToChange())])),
        ];
        return new ModelChanges(from.Reference, to.Reference, compared, unread, tags, items, pictures.Length > limit ? Cursor.Write(pictures[limit - 1].Key) : null, total);
    }

    /// <summary>All pictures that would change, newest first.</summary>
    /// <param name="from">The model in use.</param>
    /// <param name="to">The other one.</param>
    /// <param name="tag">Only pictures for which this tag would change.</param>
    /// <param name="picture">Only this picture.</param>
    internal IReadOnlyList<PictureChanges> All(DeployedModel from, DeployedModel to, string? tag, string? picture)
    {
        string where = (tag is null ? "" : " AND c.picture IN (SELECT picture FROM changed WHERE value_key = @key)") + (picture is null ? "" : " AND p.id = @picture");
        return catalogue.Read<IReadOnlyList<PictureChanges>>(connection =>
        [
            .. connection.Query<(string Id, string Value, double? Before, double? After)>(
                $"""
                {Difference} SELECT p.id, c.value, c.before, c.after FROM changed c JOIN pictures p ON p.row = c.picture WHERE 1{where}
                ORDER BY p.sort_at DESC, p.row DESC, max(ifnull(c.after, 0), ifnull(c.before, 0)) DESC, c.value_key
                """,
                new { before = from.Id, after = to.Id, moved = Moved, key = tag is null ? null : TextKey.Of(tag), picture })
            .GroupBy(row => row.Id, StringComparer.Ordinal).Select(group => new PictureChanges(group.Key, [.. group.Select(row => new TagChange(row.Value, row.Before, row.After))])),
        ]);
    }

    /// <summary>Pictures that the model in use has read, and the other has, or has not.</summary>
    private static int Count(SqliteConnection connection, object parameters, string condition) => connection.ExecuteScalar<int>(
        $"SELECT count(*) FROM readings a JOIN pictures p ON p.row = a.picture WHERE a.model = @before AND p.hidden = 0 AND {condition} (SELECT 1 FROM readings b WHERE b.model = @after AND b.picture = a.picture)",
        parameters);
}

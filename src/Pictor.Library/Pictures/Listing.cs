using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;
using Pictor.Library.Finding.Asking;

namespace Pictor.Library.Pictures;

/// <summary>Pictures as the outside sees them: one, or a page, newest first.</summary>
internal sealed class Listing(string folder, CatalogueFile catalogue, TagWords words)
{
    private sealed class Row
    {
        public long Key { get; set; }
        public string Id { get; set; } = "";
        public int Width { get; set; }
        public int Height { get; set; }
        public long Bytes { get; set; }
        public string Format { get; set; } = "";
        public long? TakenAt { get; set; }
        public long AddedAt { get; set; }
        public long SortAt { get; set; }
        public bool Missing { get; set; }
        public bool Favourite { get; set; }
        public int Rating { get; set; }
    }

    private const string Columns = "p.row AS Key, p.id, p.width, p.height, p.bytes, p.format, p.taken_at AS TakenAt, p.added_at AS AddedAt, p.sort_at AS SortAt, p.missing, p.favourite, p.rating";

    internal PictureItem? Get(string id) => catalogue.Read(connection =>
    {
        Row? row = connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM pictures p WHERE p.id = @id AND p.hidden = 0", new { id });
        return row is null ? null : Items(connection, [row])[0];
    });

    internal Page<PictureItem> Page(int limit, string? cursor, PictureFilter? filter)
    {
        limit = Cursor.Limit(limit);
        bool newest = filter is null or { Sort: SearchSort.Relevance or SearchSort.Newest };
        long[]? after = newest ? Cursor.Read(cursor, 2) : null;
        int offset = newest ? 0 : Cursor.ReadOffset(cursor);
        string where = "p.hidden = 0" + (filter is { IncludeMissing: false } ? " AND p.missing = 0" : "");
        var parameters = new DynamicParameters(new { limit = limit + 1, offset, sort = after?[0], row = after?[1] });
        if (filter?.Tag is { } tag)
        {
            TagWords.Meaning meaning = words.Of(tag);
            parameters.AddDynamicParams(new { meaning.Keys, meaning.LabelIds });
            where += " AND p.row IN (SELECT picture FROM said WHERE kind IN ('tag', 'box') AND (value_key IN @Keys OR label_id IN @LabelIds))";
        }

        return catalogue.Read(connection =>
        {
            if (!string.IsNullOrWhiteSpace(filter?.Filter))
            {
                Question question = QuestionParser.ParseFilter(filter.Filter);
                Condition condition = new FilterSql(connection, words, "filter").Of(question.Terms, TagBounds.Of(question));
                parameters.AddDynamicParams(condition.Parameters);
                where += $" AND {condition.Sql}";
            }

            int total = connection.ExecuteScalar<int>($"SELECT count(*) FROM pictures p WHERE {where}", parameters);
            List<Row> rows = connection.Query<Row>(
                $"SELECT {Columns} FROM pictures p WHERE {where}{(after is null ? "" : " AND (p.sort_at, p.row) < (@sort, @row)")} ORDER BY {PictureRows.Order(filter?.Sort ?? SearchSort.Newest)} LIMIT @limit OFFSET @offset",
                parameters).AsList();
            string? next = rows.Count <= limit ? null : newest ? Cursor.Write(rows[limit - 1].SortAt, rows[limit - 1].Key) : Cursor.Write(offset + limit);
            return new Page<PictureItem>(Items(connection, rows.Count > limit ? rows[..limit] : rows), next, total);
        });
    }

    /// <summary>The id and the file to show of some rows.</summary>
    internal Dictionary<long, (string Id, string File)> Names(IReadOnlyCollection<long> rows) => catalogue.Read(connection =>
        connection.Query<(long Row, string Id, string? Path)>(
            """
            SELECT p.row, p.id, (SELECT path FROM files f WHERE f.picture = p.row ORDER BY f.missing, f.id LIMIT 1)
            FROM pictures p WHERE p.row IN @rows
            """,
            new { rows }).ToDictionary(r => r.Row, r => (r.Id, r.Path is null ? "" : Contents.Absolute(folder, r.Path))));

    /// <summary>The row of a picture that is not hidden.</summary>
    /// <exception cref="InputException">There is none (<c>picture.unknown</c>).</exception>
    internal long RowOf(string id) => FindRow(id) ?? throw Unknown(id);

    /// <summary>No row is greater.</summary>
    internal long GreatestRow() => catalogue.Read(connection => connection.ExecuteScalar<long?>("SELECT max(row) FROM pictures")) ?? 0;

    /// <summary>The same, or null.</summary>
    internal long? FindRow(string id) => catalogue.Read(connection => connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @id AND hidden = 0", new { id }));

    internal static InputException Unknown(string id) =>
        new(TextKey.WellFormed(id), "no picture of this library has this id", "Ids are 16 hex digits; list the pictures to see them.") { Code = "picture.unknown" };

    private List<PictureItem> Items(SqliteConnection connection, List<Row> rows)
    {
        ILookup<long, (long Picture, string Path, bool Missing)> files = connection.Query<(long Picture, string Path, bool Missing)>(
            "SELECT picture, path, missing FROM files WHERE picture IN @rows ORDER BY missing, id", new { rows = rows.Select(r => r.Key) }).ToLookup(f => f.Picture);
        return rows.ConvertAll(row =>
        {
            // Files that are gone are named only where nothing else is left.
            (long Picture, string Path, bool Missing)[] all = [.. files[row.Key]];
            string[] paths = [.. all.Where(f => row.Missing || !f.Missing).Select(f => Contents.Absolute(folder, f.Path))];
            return new PictureItem(
                row.Id, paths.Length > 0 ? paths[0] : "", paths, row.Width, row.Height, row.Bytes, row.Format,
                row.TakenAt is { } taken ? DateTime.SpecifyKind(DateTimeOffset.FromUnixTimeMilliseconds(taken).DateTime, DateTimeKind.Unspecified) : null,
                DateTimeOffset.FromUnixTimeMilliseconds(row.AddedAt), row.Missing, row.Favourite, row.Rating);
        });
    }
}

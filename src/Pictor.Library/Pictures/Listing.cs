using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;
using Pictor.Library.Finding.Asking;
using Pictor.Library.Importing;

namespace Pictor.Library.Pictures;

/// <summary>Pictures as the outside sees them: one, or a page, newest first.</summary>
internal sealed class Listing(string folder, CatalogueFile catalogue, TagWords words, PictureTable pictures)
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
        return row is null ? null : Items(connection, [row], $"[{row.Key}]")[0] with { Metadata = MetadataTable.Of(connection, row.Key) };
    });

    internal Page<PictureItem> Page(int limit, string? cursor, PictureFilter? filter)
    {
        limit = Cursor.Limit(limit);
        bool newest = filter is null or { Sort: SearchSort.Relevance or SearchSort.Newest };
        long[]? after = newest ? Cursor.Read(cursor, 2) : null;
        int offset = newest ? 0 : Cursor.ReadOffset(cursor);
        return catalogue.Read(connection =>
        {
            using var statements = new PreparedStatements(connection);
            var lookup = new Lookup(connection, statements, pictures.Of(statements));
            RowSet fitting = Fitting(lookup, filter);
            PictureColumns columns = lookup.Columns;
            IEnumerable<int> rest = after is null
                ? fitting.Rows()
                : fitting.Rows().Where(row => columns.SortAt[row] < after[0] || (columns.SortAt[row] == after[0] && row < after[1]));
            int[] rows = PictureOrder.First(lookup, rest, filter?.Sort ?? SearchSort.Newest, offset + limit + 1);
            rows = rows[Math.Min(offset, rows.Length)..];
            bool more = rows.Length > limit;
            int[] page = more ? rows[..limit] : rows;
            string? next = !more ? null : newest ? Cursor.Write(columns.SortAt[page[^1]], page[^1]) : Cursor.Write(offset + limit);
            return new Page<PictureItem>(Items(connection, page), next, fitting.Count);
        });
    }

    /// <summary>Pictures that nobody hid and that a filter lets through.</summary>
    internal RowSet Fitting(Lookup lookup, PictureFilter? filter)
    {
        PictureColumns columns = lookup.Columns;
        RowSet? tagged = null, fits = null;
        if (filter?.Tag is { } tag && words.Of(tag) is var meaning)
            tagged = WordRows.Tagged(lookup, meaning.Keys, meaning.LabelIds, TagBounds.None, "tag");
        if (!string.IsNullOrWhiteSpace(filter?.Filter))
        {
            Question question = QuestionParser.ParseFilter(filter.Filter);
            fits = new FilterRows(lookup, words, "filter").Of(question.Terms, TagBounds.Of(question));
        }

        var rows = new RowSet();
        bool missing = filter is not { IncludeMissing: false };
        for (int row = 1; row < columns.Length; row++)
        {
            if ((missing ? columns.IsKnown(row) : columns.IsVisible(row)) && tagged?.Contains(row) != false && fits?.Contains(row) != false)
                rows.Add(row);
        }

        return rows;
    }

    /// <summary>The id and the file to show of some rows.</summary>
    internal Dictionary<long, (string Id, string File)> Names(IReadOnlyCollection<long> rows) => catalogue.Read(connection =>
    {
        using var statements = new PreparedStatements(connection);
        return Names(statements, rows);
    });

    /// <inheritdoc cref="Names(IReadOnlyCollection{long})"/>
    internal Dictionary<long, (string Id, string File)> Names(PreparedStatements statements, IReadOnlyCollection<long> rows) =>
        statements.Rows(
            """
            SELECT p.row, p.id, (SELECT path FROM files f WHERE f.picture = p.row ORDER BY f.missing, f.id LIMIT 1)
            FROM json_each(@rows) j CROSS JOIN pictures p ON p.row = j.value
            """,
            row => (Row: row.Long(0), Id: row.Text(1), File: row.IsNull(2) ? "" : Contents.Absolute(folder, row.Text(2))),
            ("@rows", JsonSerializer.Serialize(rows))).ToDictionary(r => r.Row, r => (r.Id, r.File));

    /// <summary>The row of a picture that is not hidden.</summary>
    /// <exception cref="InputException">There is none (<c>picture.unknown</c>).</exception>
    internal long RowOf(string id) => FindRow(id) ?? throw Unknown(id);

    /// <summary>No row is greater.</summary>
    internal long GreatestRow() => catalogue.Read(connection => connection.ExecuteScalar<long?>("SELECT max(row) FROM pictures")) ?? 0;

    /// <summary>The same, or null.</summary>
    internal long? FindRow(string id) => catalogue.Read(connection => connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @id AND hidden = 0", new { id }));

    internal static InputException Unknown(string id) =>
        new(TextKey.WellFormed(id), "no picture of this library has this id", "Ids are 16 hex digits; list the pictures to see them.") { Code = "picture.unknown" };

    private List<PictureItem> Items(SqliteConnection connection, IReadOnlyCollection<int> rows)
    {
        string keys = JsonSerializer.Serialize(rows);
        return Items(connection, connection.Query<Row>($"SELECT {Columns} FROM json_each(@keys) j CROSS JOIN pictures p ON p.row = j.value ORDER BY j.key", new { keys }).AsList(), keys);
    }

    private List<PictureItem> Items(SqliteConnection connection, List<Row> rows, string keys)
    {
        ILookup<long, (long Picture, string Path, bool Missing)> files = connection.Query<(long Picture, string Path, bool Missing)>(
            "SELECT f.picture, f.path, f.missing FROM json_each(@keys) j CROSS JOIN files f ON f.picture = j.value ORDER BY f.missing, f.id", new { keys }).ToLookup(f => f.Picture);
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

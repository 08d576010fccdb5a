using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;
using Pictor.Library.Pictures;

namespace Pictor.Library.Correcting;

/// <summary>A change that is being made: triggers note each row that it touches.</summary>
internal sealed class OpenChange(SqliteConnection connection, long id, long now)
{
    internal SqliteConnection Connection { get; } = connection;

    internal long Id { get; } = id;

    /// <summary>Milliseconds since 1970.</summary>
    internal long Now { get; } = now;

    /// <summary>What the history will say.</summary>
    internal object Detail { get; set; } = new { };

    /// <summary>The picture, where it is only one.</summary>
    internal long? Picture { get; set; }

    internal string? Action { get; set; }

    internal long? Undoes { get; init; }
}

/// <summary>Every change that people make goes through here: it is one transaction, one line of the history, and can be undone. One that touches nothing leaves no line.</summary>
internal sealed class ChangeLog(CatalogueFile catalogue, LibraryModels models, TimeProvider time)
{
    internal async Task<(T Result, ChangeReceipt Receipt)> WriteAsync<T>(string person, string action, Func<OpenChange, T> change, CancellationToken cancellationToken, long? undoes = null)
    {
        List<long> moved = [];
        return await catalogue.WriteAsync(
            connection =>
            {
                long now = time.GetUtcNow().ToUnixTimeMilliseconds();
                long id = connection.ExecuteScalar<long>(
                    "INSERT INTO changes (time, person, action, detail, undoes) VALUES (@now, @person, @action, '{}', @undoes) RETURNING id", new { now, person, action, undoes });
                connection.Execute("UPDATE meta SET value = @id WHERE key = 'change'", new { id });
                var open = new OpenChange(connection, id, now) { Action = action, Undoes = undoes };
                T result = change(open);
                connection.Execute("UPDATE meta SET value = 0 WHERE key = 'change'");

                (long rows, int pictures) = connection.QuerySingle<(long, int)>("SELECT count(*), count(DISTINCT picture) FROM change_rows WHERE change = @id", new { id });
                if (rows == 0)
                {
                    connection.Execute("DELETE FROM changes WHERE id = @id", new { id });
                    return (result, ChangeReceipt.Nothing);
                }

                connection.Execute(
                    "UPDATE changes SET action = @Action, picture = @Picture, pictures = @pictures, detail = @detail WHERE id = @Id",
                    new { open.Id, open.Action, open.Picture, pictures, detail = JsonSerializer.Serialize(open.Detail, PictorJson.Compact) });

                // What is hidden cannot be found; the vectors in use and those that were saved have to know.
                moved = connection.Query<long>("SELECT DISTINCT picture FROM change_rows WHERE change = @id AND subject = 'hidden'", new { id }).AsList();
                if (moved.Count > 0)
                    VectorStore.NoteChange(connection);
                return (result, new ChangeReceipt(pictures, id));
            },
            (_, _) =>
            {
                using AnnotatorLease? lease = models.Borrow();
                VectorStore.Follow(catalogue.Statements, lease?.Active, moved);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private sealed class Line
    {
        public long Id { get; set; }

        public long Time { get; set; }

        public string Person { get; set; } = "";

        public string Action { get; set; } = "";

        public string? PictureId { get; set; }

        public int Pictures { get; set; }

        public string Detail { get; set; } = "";

        public long? Undoes { get; set; }

        public long? UndoneBy { get; set; }

        public bool IsKnown { get; set; }

        internal ChangeItem ToItem() => new(
            Id, DateTimeOffset.FromUnixTimeMilliseconds(Time), Person, Action, PictureId, Pictures, JsonDocument.Parse(Detail).RootElement, Undoes, UndoneBy, UndoneBy is null && IsKnown);
    }

    private const string Select = """
        SELECT c.id, c.time, c.person, c.action, p.id AS PictureId, c.pictures, c.detail, c.undoes, c.undone_by AS UndoneBy,
            EXISTS (SELECT 1 FROM change_rows r WHERE r.change = c.id) AS IsKnown
        FROM changes c LEFT JOIN pictures p ON p.row = c.picture
        """;

    /// <summary>Newest first.</summary>
    internal Page<ChangeItem> Page(int limit, string? cursor, ChangeFilter? filter)
    {
        limit = Cursor.Limit(limit);
        long before = Cursor.Read(cursor, 1)?[0] ?? long.MaxValue;
        const string Where = """
            WHERE (@Person IS NULL OR c.person = @Person)
                AND (@PictureId IS NULL OR c.picture = (SELECT row FROM pictures WHERE id = @PictureId)
                    OR EXISTS (SELECT 1 FROM change_rows r JOIN pictures q ON q.row = r.picture WHERE r.change = c.id AND q.id = @PictureId))
            """;
        return catalogue.Read(connection =>
        {
            var parameters = new { filter?.Person, filter?.PictureId, before, count = limit + 1 };
            int total = connection.ExecuteScalar<int>($"SELECT count(*) FROM changes c {Where}", parameters);
            List<Line> lines = connection.Query<Line>($"{Select} {Where} AND c.id < @before ORDER BY c.id DESC LIMIT @count", parameters).AsList();
            string? next = lines.Count > limit ? Cursor.Write(lines[limit - 1].Id) : null;
            return new Page<ChangeItem>([.. lines.Take(limit).Select(l => l.ToItem())], next, total);
        });
    }

    internal ChangeItem? Get(long id) => catalogue.Read(connection => connection.QueryFirstOrDefault<Line>($"{Select} WHERE c.id = @id", new { id })?.ToItem());
}

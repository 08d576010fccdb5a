using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Correcting;

/// <summary>
/// Takes a change back, row by row, the last first. A row is brought back only while it is as that change left it: what somebody said of it later stays. An undo is a change itself,
/// so undoing the undo does it again.
/// </summary>
internal sealed class ChangeUndo(ChangeLog log)
{
    private sealed class Row
    {
        public string Subject { get; set; } = "";

        public long Key { get; set; }

        public long? Picture { get; set; }

        public string? Before { get; set; }

        public string? After { get; set; }
    }

    /// <exception cref="InputException">No such change (<c>change.unknown</c>), one taken back already (<c>change.undone</c>), or of a time before changes were kept (<c>change.too-old</c>).</exception>
    internal async Task<ChangeReceipt> UndoAsync(long id, string person, CancellationToken cancellationToken)
    {
        ChangeItem item = log.Get(id) ?? throw Unknown(id);
        if (item.UndoneBy is { } by)
            throw Undone(id, by);
        if (!item.CanUndo)
        {
            throw new InputException(Name(id), "was made before Pictor kept what it needs for undoing", "Make the opposite change; the history tells what was done.") { Code = "change.too-old" };
        }

        int kept = 0;
        (_, ChangeReceipt receipt) = await log.WriteAsync(
            person, "undo",
            change =>
            {
                SqliteConnection connection = change.Connection;
                if (connection.ExecuteScalar<long?>("SELECT undone_by FROM changes WHERE id = @id", new { id }) is { } other)
                    throw Undone(id, other); // somebody was quicker
                List<Row> rows = connection.Query<Row>("SELECT subject, row AS Key, picture, before, after FROM change_rows WHERE change = @id ORDER BY id DESC", new { id }).AsList();
                kept = rows.Count(row => !Restore(change, row, id));
                change.Detail = new { item.Action, item.Detail };
                change.Picture = item.PictureId is null ? null : connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @PictureId", new { item.PictureId });
                if (kept == rows.Count)
                    return false;
                connection.Execute("UPDATE changes SET undone_by = @undo WHERE id = @id", new { undo = change.Id, id });
                if (item.Undoes is { } again)
                    connection.Execute("UPDATE changes SET undone_by = NULL WHERE id = @again", new { again });
                return true;
            },
            cancellationToken, undoes: id).ConfigureAwait(false);
        return receipt with { Kept = kept };
    }

    /// <returns>False when the row was changed again later, and stays.</returns>
    private static bool Restore(OpenChange change, Row row, long id) => !IsOfLater(change.Connection, row, id) && row.Subject switch
    {
        "annotation" => RestoreAnnotation(change, row, id),
        "fact" => RestoreFact(change.Connection, row),
        "rating" or "favourite" or "hidden" => change.Connection.Execute(
            $"UPDATE pictures SET {row.Subject} = @before WHERE row = @Key AND {row.Subject} = @after", new { before = Number(row.Before!), after = Number(row.After!), row.Key }) > 0,
        "alias" => RestoreRow(change.Connection, row, "tag_aliases", ["from_key", "value", "value_key"]),
        "collection" => RestoreRow(change.Connection, row, "collections", ["name", "name_key", "query", "person", "time"]),
        "member" => RestoreRow(change.Connection, row, "collection_pictures", ["collection", "picture"]),
        _ => false,
    };

    /// <summary>Also where it came back to the same state: who rejected, said and rejected again means the last one.</summary>
    private static bool IsOfLater(SqliteConnection connection, Row row, long id) => connection.ExecuteScalar<bool>(
        $"""
        SELECT EXISTS (SELECT 1 FROM change_rows r JOIN changes d ON d.id = r.change WHERE r.subject = @Subject AND r.row = @Key AND {Later}
            AND (@Subject <> 'fact' OR json_extract(r.after, '$[0]') = json_extract(@After, '$[0]')))
        """,
        new { row.Subject, row.Key, row.After, change = id });

    private static bool RestoreAnnotation(OpenChange change, Row row, long id)
    {
        SqliteConnection connection = change.Connection;
        string? now = connection.ExecuteScalar<string?>("SELECT json_array(value, value_key, label_id, rejected) FROM annotations WHERE id = @Key", new { row.Key });
        if (row.Before is null)
            return now == row.After && connection.Execute("DELETE FROM annotations WHERE id = @Key", new { row.Key }) > 0;

        // A rejection that was withdrawn comes back even where the model's line has gone meanwhile: it is the rejection that people made.
        bool wasRejected = connection.ExecuteScalar<bool>("SELECT json_extract(@Before, '$[3]')", new { row.Before });
        if (now != row.After && !(now is null && wasRejected))
            return false;

        var parameters = new { row.Key, row.Picture, row.Before, change = id };
        if (now is not null)
        {
            connection.Execute($"UPDATE annotations SET value = {At(0)}, value_key = {At(1)}, label_id = {At(2)}, rejected = max({At(3)}, {RejectedLater}) WHERE id = @Key", parameters);
            return true;
        }

        connection.Execute(
            $"""
            INSERT INTO annotations (id, picture, value, value_key, label_id, rejected, kind, confidence, source, rank, model, time, x, y, width, height)
            SELECT @Key, @Picture, {At(0)}, {At(1)}, {At(2)}, max({At(3)}, {RejectedLater}), {At(4)}, CAST({At(5)} AS REAL), {At(6)}, {At(7)}, {At(8)}, {At(9)},
                CAST({At(10)} AS REAL), {Real(11)}, {Real(12)}, {Real(13)}
            """,
            parameters);
        return true;
    }

    private static string At(int index) => string.Create(CultureInfo.InvariantCulture, $"json_extract(@Before, '$[{index}]')");

    /// <summary>Of a box only where there is one.</summary>
    private static string Real(int index) => $"iif({At(10)} IS NULL, NULL, CAST({At(index)} AS REAL))";

    /// <summary>A change that came later and holds: not undone, and no undo itself.</summary>
    private const string Later = "d.id > @change AND d.undoes IS NULL AND d.undone_by IS NULL";

    /// <summary>Somebody rejected the same words of the same picture after the change: the last word of a person counts.</summary>
    private const string RejectedLater = $"""
        EXISTS (SELECT 1 FROM annotations o JOIN change_rows r ON r.subject = 'annotation' AND r.row = o.id JOIN changes d ON d.id = r.change
            WHERE o.picture = @Picture AND o.id <> @Key AND o.rejected = 1 AND o.value_key = json_extract(@Before, '$[1]') AND o.kind = json_extract(@Before, '$[4]') AND o.x IS NULL
                AND {Later} AND json_extract(r.after, '$[3]') = 1)
        """;

    private static bool RestoreFact(SqliteConnection connection, Row row) => connection.Execute(
        "UPDATE facts SET rejected = json_extract(@Before, '$[1]') WHERE picture = @Key AND fact = json_extract(@Before, '$[0]') AND rejected = json_extract(@After, '$[1]')", row) > 0;

    private static bool RestoreRow(SqliteConnection connection, Row row, string table, string[] columns)
    {
        string all = string.Join(", ", columns);
        string? now = connection.ExecuteScalar<string?>($"SELECT json_array({all}) FROM {table} WHERE id = @Key", row);
        if (now != row.After)
            return false;
        if (row.Before is null)
            return connection.Execute($"DELETE FROM {table} WHERE id = @Key", row) > 0;
        string values = string.Join(", ", columns.Select((_, i) => At(i)));
        return now is null
            ? connection.Execute($"INSERT INTO {table} (id, {all}) SELECT @Key, {values} WHERE true ON CONFLICT DO NOTHING", row) > 0
            : connection.Execute($"UPDATE OR IGNORE {table} SET ({all}) = ({values}) WHERE id = @Key", row) > 0;
    }

    private static long Number(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement[0].GetInt64();
    }

    private static string Name(long id) => string.Create(CultureInfo.InvariantCulture, $"change {id}");

    private static InputException Unknown(long id) => new(Name(id), "is not in this library's history", "List the history to see the changes and their ids.") { Code = "change.unknown" };

    private static InputException Undone(long id, long by) =>
        new(Name(id), "was undone already", string.Create(CultureInfo.InvariantCulture, $"To do it again, undo change {by}.")) { Code = "change.undone" };
}

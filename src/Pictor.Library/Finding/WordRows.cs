using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pictor.Library.Finding.Asking;

namespace Pictor.Library.Finding;

/// <summary>The rows in which words stand: tags, texts and captions, names of files. Read without an object for each, for a common word stands in half of a library.</summary>
internal static class WordRows
{
    private const string Said = "a.rejected = 0 AND p.hidden = 0 AND p.missing = 0 AND (a.rank > 1 OR a.model = p.shown_model)";

    /// <summary>A tag that stands.</summary>
    internal readonly record struct TagRow(long Picture, double Confidence, long Id, long Rank, string? LabelId);

    internal static IEnumerable<Found> Tags(SqliteConnection connection, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> labelIds, double factor, TagBounds bounds) =>
        TagsOf(connection, keys, labelIds, bounds).Select(t => new Found(t.Picture, factor * t.Confidence, FoundIn.Tag, t.Id));

    /// <summary>Tags of some words or classes.</summary>
    internal static IEnumerable<TagRow> TagsOf(SqliteConnection connection, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> labelIds, TagBounds bounds)
    {
        if (keys.Count == 0 && labelIds.Count == 0)
            yield break;
        using SqliteCommand command = connection.CreateCommand();
        int count = 0;
        string more = bounds.Sql("text", value =>
        {
            string name = $"@b{count++}";
            command.Parameters.AddWithValue(name, value);
            return name;
        });
        command.CommandText =
            $"""
            SELECT a.picture, a.confidence, a.id, a.rank, a.label_id FROM annotations a JOIN pictures p ON p.row = a.picture
            WHERE (a.value_key IN (SELECT value FROM json_each(@keys)) OR a.label_id IN (SELECT value FROM json_each(@ids))) AND a.kind IN ('tag', 'box') AND {Said}{more}
            """;
        command.Parameters.AddWithValue("@keys", JsonSerializer.Serialize(keys));
        command.Parameters.AddWithValue("@ids", JsonSerializer.Serialize(labelIds));
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            yield return new TagRow(reader.GetInt64(0), reader.GetDouble(1), reader.GetInt64(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetString(4));
    }

    internal static IReadOnlyList<Found> Texts(SqliteConnection connection, string match, double factor)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"SELECT a.picture, a.confidence, a.id FROM text_words w JOIN annotations a ON a.id = w.rowid JOIN pictures p ON p.row = a.picture WHERE text_words MATCH @match AND {Said}";
        command.Parameters.AddWithValue("@match", match);
        return Read(command, FoundIn.Text, factor);
    }

    internal static IReadOnlyList<Found> Names(SqliteConnection connection, string match, double score)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT f.picture, 1, f.id FROM file_words w JOIN files f ON f.id = w.rowid JOIN pictures p ON p.row = f.picture
            WHERE file_words MATCH @match AND f.missing = 0 AND p.hidden = 0 AND p.missing = 0
            """;
        command.Parameters.AddWithValue("@match", match);
        return Read(command, FoundIn.Name, score);
    }

    /// <summary>The texts of what is shown.</summary>
    internal static Dictionary<(bool File, long Id), string> Values(SqliteConnection connection, IEnumerable<Found> shown)
    {
        var values = new Dictionary<(bool, long), string>();
        foreach (IGrouping<bool, Found> group in shown.Where(f => f.Value is null).GroupBy(f => f.In == FoundIn.Name))
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = group.Key
                ? "SELECT id, name FROM files WHERE id IN (SELECT value FROM json_each(@ids))"
                : "SELECT id, value FROM annotations WHERE id IN (SELECT value FROM json_each(@ids))";
            command.Parameters.AddWithValue("@ids", JsonSerializer.Serialize(group.Select(f => f.Source)));
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
                values[(group.Key, reader.GetInt64(0))] = reader.GetString(1);
        }

        return values;
    }

    private static List<Found> Read(SqliteCommand command, FoundIn where, double factor)
    {
        var found = new List<Found>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            found.Add(new Found(reader.GetInt64(0), factor * reader.GetDouble(1), where, reader.GetInt64(2)));
        return found;
    }
}

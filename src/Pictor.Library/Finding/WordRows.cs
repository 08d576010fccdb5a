using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding.Asking;

namespace Pictor.Library.Finding;

/// <summary>The rows in which words stand: tags, texts and captions, names of files. Read without an object for each, for a common word stands in half of a library.</summary>
internal static class WordRows
{
    /// <summary>A tag that stands.</summary>
    internal readonly record struct TagRow(long Picture, double Confidence, long Id, long Rank, string? LabelId);

    internal static IEnumerable<Found> Tags(Lookup lookup, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> labelIds, double factor, TagBounds bounds) =>
        TagsOf(lookup, keys, labelIds, bounds, "text").Select(t => new Found(t.Picture, factor * t.Confidence, FoundIn.Tag, t.Id));

    /// <summary>Tags of some words or classes.</summary>
    /// <param name="lookup">Where.</param>
    /// <param name="keys">Folded words.</param>
    /// <param name="labelIds">Ids of classes.</param>
    /// <param name="bounds">How sure and by whom.</param>
    /// <param name="what">The text that the bounds stand in, for errors.</param>
    /// <param name="notModels">Only what people and imports say.</param>
    /// <param name="missing">Of pictures whose files are gone too.</param>
    internal static IEnumerable<TagRow> TagsOf(Lookup lookup, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> labelIds, TagBounds bounds, string what, bool notModels = false, bool missing = false)
    {
        if (keys.Count == 0 && labelIds.Count == 0)
            yield break;
        using SqliteCommand command = lookup.Connection.CreateCommand();
        int count = 0;
        string more = bounds.Sql(what, value =>
        {
            string name = $"@b{count++}";
            command.Parameters.AddWithValue(name, value);
            return name;
        });
        string select = $"SELECT a.picture, a.confidence, a.id, a.rank, a.label_id, a.model FROM annotations a WHERE {(notModels ? "a.rank > 1 AND " : "")}a.kind IN ('tag', 'box') AND a.rejected = 0{more} AND";

        // Two questions, each with an index of its own; what both find counts once.
        command.CommandText = $"{select} a.value_key IN (SELECT value FROM json_each(@keys)) UNION ALL {select} a.label_id IN (SELECT value FROM json_each(@ids))";
        command.Parameters.AddWithValue("@keys", JsonSerializer.Serialize(keys));
        command.Parameters.AddWithValue("@ids", JsonSerializer.Serialize(labelIds));
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            long picture = reader.GetInt64(0), rank = reader.GetInt64(3);
            if ((missing ? lookup.Columns.IsKnown(picture) : lookup.Columns.IsVisible(picture)) && lookup.Columns.Counts(picture, rank, reader.IsDBNull(5) ? 0 : reader.GetInt64(5)))
                yield return new TagRow(picture, reader.GetDouble(1), reader.GetInt64(2), rank, reader.IsDBNull(4) ? null : reader.GetString(4));
        }
    }

    /// <summary>The pictures with such tags.</summary>
    internal static RowSet Tagged(Lookup lookup, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> labelIds, TagBounds bounds, string what)
    {
        var rows = new RowSet();
        foreach (TagRow tag in TagsOf(lookup, keys, labelIds, bounds, what, missing: true))
            rows.Add(tag.Picture);
        return rows;
    }

    internal static IEnumerable<Found> Texts(Lookup lookup, string match, double factor)
    {
        using SqliteCommand command = lookup.Connection.CreateCommand();
        command.CommandText = "SELECT a.picture, a.confidence, a.id, a.rank, a.model FROM text_words w CROSS JOIN annotations a ON a.id = w.rowid WHERE text_words MATCH @match AND a.rejected = 0";
        command.Parameters.AddWithValue("@match", match);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            long picture = reader.GetInt64(0);
            if (lookup.Columns.IsVisible(picture) && lookup.Columns.Counts(picture, reader.GetInt64(3), reader.IsDBNull(4) ? 0 : reader.GetInt64(4)))
                yield return new Found(picture, factor * reader.GetDouble(1), FoundIn.Text, reader.GetInt64(2));
        }
    }

    internal static IEnumerable<Found> Names(Lookup lookup, string match, double score)
    {
        using SqliteCommand command = lookup.Connection.CreateCommand();
        command.CommandText = "SELECT rowid FROM file_words WHERE file_words MATCH @match";
        command.Parameters.AddWithValue("@match", match);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            long picture = reader.GetInt64(0);
            if (lookup.Columns.IsVisible(picture))
                yield return new Found(picture, score, FoundIn.Name, picture);
        }
    }

    /// <summary>The texts of what is shown.</summary>
    internal static Dictionary<(bool File, long Id), string> Values(SqliteConnection connection, IEnumerable<Found> shown)
    {
        var values = new Dictionary<(bool, long), string>();
        foreach (IGrouping<bool, Found> group in shown.Where(f => f.Value is null).GroupBy(f => f.In == FoundIn.Name))
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = group.Key
                ? "SELECT picture, name FROM files WHERE picture IN (SELECT value FROM json_each(@ids)) AND missing = 0 ORDER BY id DESC"
                : "SELECT id, value FROM annotations WHERE id IN (SELECT value FROM json_each(@ids))";
            command.Parameters.AddWithValue("@ids", JsonSerializer.Serialize(group.Select(f => f.Source)));
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
                values[(group.Key, reader.GetInt64(0))] = reader.GetString(1);
        }

        return values;
    }
}

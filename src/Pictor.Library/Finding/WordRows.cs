using System.Runtime.InteropServices;
using System.Text.Json;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding.Asking;
using Pictor.Library.Pictures;

namespace Pictor.Library.Finding;

/// <summary>The rows in which words stand: tags, texts and captions, names of files. Read without an object for each, for a common word stands in half of a library.</summary>
internal static class WordRows
{
    /// <summary>A tag that stands.</summary>
    internal readonly record struct TagRow(long Picture, double Confidence, long Id, long Rank, string? LabelId);

    internal static void Tags(Lookup lookup, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> labelIds, double factor, TagBounds bounds, Action<Found> found)
    {
        foreach (TagRow tag in TagsOf(lookup, keys, labelIds, bounds, "text"))
            found(new Found(tag.Picture, factor * tag.Confidence, FoundIn.Tag, tag.Id));
    }

    /// <summary>Tags of some words or classes.</summary>
    /// <param name="lookup">Where.</param>
    /// <param name="keys">Folded words.</param>
    /// <param name="labelIds">Ids of classes.</param>
    /// <param name="bounds">How sure and by whom.</param>
    /// <param name="what">The text that the bounds stand in, for errors.</param>
    /// <param name="notModels">Only what people and imports say.</param>
    /// <param name="missing">Of pictures whose files are gone too.</param>
    internal static List<TagRow> TagsOf(Lookup lookup, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> labelIds, TagBounds bounds, string what, bool notModels = false, bool missing = false)
    {
        var tags = new List<TagRow>();
        if (keys.Count == 0 && labelIds.Count == 0)
            return tags;
        List<(string, object?)> values = [("@keys", JsonSerializer.Serialize(keys)), ("@ids", JsonSerializer.Serialize(labelIds))];
        string more = bounds.Sql(what, value =>
        {
            values.Add(($"@b{values.Count}", value));
            return values[^1].Item1;
        });
        string select = $"SELECT a.picture, a.confidence, a.id, a.rank, a.label_id, a.model FROM annotations a WHERE {(notModels ? "a.rank > 1 AND " : "")}a.kind IN ('tag', 'box') AND a.rejected = 0{more} AND";

        // Two questions, each with an index of its own; what both find counts once.
        PictureColumns columns = lookup.Columns;
        lookup.Statements.Each(
            $"{select} a.value_key IN (SELECT value FROM json_each(@keys)) UNION ALL {select} a.label_id IN (SELECT value FROM json_each(@ids))",
            row =>
            {
                long picture = row.Long(0), rank = row.Long(3);
                if ((missing ? columns.IsKnown(picture) : columns.IsVisible(picture)) && columns.Counts(picture, rank, row.Long(5)))
                    tags.Add(new TagRow(picture, row.Double(1), row.Long(2), rank, row.IsNull(4) ? null : row.Text(4)));
            },
            CollectionsMarshal.AsSpan(values));
        return tags;
    }

    /// <summary>The pictures with such tags.</summary>
    internal static RowSet Tagged(Lookup lookup, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> labelIds, TagBounds bounds, string what)
    {
        var rows = new RowSet();
        foreach (TagRow tag in TagsOf(lookup, keys, labelIds, bounds, what, missing: true))
            rows.Add(tag.Picture);
        return rows;
    }

    internal static void Texts(Lookup lookup, string match, double factor, Action<Found> found)
    {
        PictureColumns columns = lookup.Columns;
        lookup.Statements.Each(
            "SELECT a.picture, a.confidence, a.id, a.rank, a.model FROM text_words w CROSS JOIN annotations a ON a.id = w.rowid WHERE text_words MATCH @match AND a.rejected = 0",
            row =>
            {
                long picture = row.Long(0);
                if (columns.IsVisible(picture) && columns.Counts(picture, row.Long(3), row.Long(4)))
                    found(new Found(picture, factor * row.Double(1), FoundIn.Text, row.Long(2)));
            },
            ("@match", match));
    }

    internal static void Names(Lookup lookup, string match, double score, Action<Found> found)
    {
        PictureColumns columns = lookup.Columns;
        lookup.Statements.Each(
            "SELECT rowid FROM file_words WHERE file_words MATCH @match",
            row =>
            {
                long picture = row.Long(0);
                if (columns.IsVisible(picture))
                    found(new Found(picture, score, FoundIn.Name, picture));
            },
            ("@match", match));
    }

    /// <summary>The texts of what is shown.</summary>
    internal static Dictionary<(bool File, long Id), string> Values(PreparedStatements statements, IEnumerable<Found> shown)
    {
        var values = new Dictionary<(bool, long), string>();
        foreach (IGrouping<bool, Found> group in shown.Where(f => f.Value is null).GroupBy(f => f.In == FoundIn.Name))
        {
            statements.Each(
                group.Key
                    ? "SELECT picture, name FROM files WHERE picture IN (SELECT value FROM json_each(@ids)) AND missing = 0 ORDER BY id DESC"
                    : "SELECT id, value FROM annotations WHERE id IN (SELECT value FROM json_each(@ids))",
                row => values[(group.Key, row.Long(0))] = row.Text(1),
                ("@ids", JsonSerializer.Serialize(group.Select(f => f.Source))));
        }

        return values;
    }
}

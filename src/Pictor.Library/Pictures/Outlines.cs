using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;

namespace Pictor.Library.Pictures;

/// <summary>
/// Whole listings at once, by id and shape only. A grid whose scroll bar is true to all pictures must know every shape before it draws the first row; paging through full items
/// would take a hundred questions for 100,000 of them, this takes one of some tens of milliseconds.
/// </summary>
internal sealed class Outlines(CatalogueFile catalogue, TagWords words)
{
    private const string Columns = "SELECT p.id, p.width, p.height FROM pictures p";

    /// <summary>In the order of <see cref="Listing.Page"/>.</summary>
    internal IReadOnlyList<PictureOutline> Of(PictureFilter? filter)
    {
        string where = "p.hidden = 0" + (filter is { IncludeMissing: false } ? " AND p.missing = 0" : "");
        var parameters = new DynamicParameters();
        if (filter?.Tag is { } tag)
        {
            TagWords.Meaning meaning = words.Of(tag);
            parameters.AddDynamicParams(new { meaning.Keys, meaning.LabelIds });
            where += " AND p.row IN (SELECT picture FROM said WHERE kind IN ('tag', 'box') AND (value_key IN @Keys OR label_id IN @LabelIds))";
        }

        return catalogue.Read(connection => Read(connection, $"{Columns} WHERE {where} ORDER BY p.sort_at DESC, p.row DESC", parameters));
    }

    /// <summary>Those of some pictures, in the order asked; unknown and hidden ones are left out.</summary>
    internal IReadOnlyList<PictureOutline> Of(IReadOnlyCollection<string> ids) => catalogue.Read(connection =>
    {
        // One JSON array in place of thousands of parameters. CROSS JOIN holds SQLite to this order: the other way round the array is gone through for every picture.
        var parameters = new DynamicParameters(new { ids = System.Text.Json.JsonSerializer.Serialize(ids) });
        var found = Read(connection, "SELECT p.id, p.width, p.height FROM json_each(@ids) j CROSS JOIN pictures p ON p.id = j.value WHERE p.hidden = 0", parameters).ToDictionary(outline => outline.Id, StringComparer.Ordinal);
        return ids.Where(found.ContainsKey).Select(id => found[id]).ToList();
    });

    private static List<PictureOutline> Read(SqliteConnection connection, string sql, DynamicParameters parameters)
    {
        var outlines = new List<PictureOutline>();
        using var reader = connection.ExecuteReader(sql, parameters);
        while (reader.Read())
            outlines.Add(new(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2)));
        return outlines;
    }
}

using Dapper;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;

namespace Pictor.Library.Pictures;

/// <summary>
/// Whole listings at once, by id and shape only. A grid whose scroll bar is true to all pictures must know every shape before it draws the first row; paging through full items
/// would take a hundred questions for 100,000 of them, this takes one of some tens of milliseconds.
/// </summary>
internal sealed class Outlines(CatalogueFile catalogue, Listing listing, PictureTable pictures)
{
    /// <summary>In the order of <see cref="Listing.Page"/>.</summary>
    internal IReadOnlyList<PictureOutline> Of(PictureFilter? filter) => catalogue.Read(connection =>
    {
        using var statements = new PreparedStatements(connection);
        var lookup = new Lookup(connection, statements, pictures.Of(statements));
        PictureColumns columns = lookup.Columns;
        int[] rows = PictureOrder.First(lookup, listing.Fitting(lookup, filter).Rows(), filter?.Sort ?? SearchSort.Newest, int.MaxValue);
        string?[] ids = Ids(statements, columns.Length);
        var outlines = new List<PictureOutline>(rows.Length);
        foreach (int row in rows)
        {
            if (ids[row] is { } id)
                outlines.Add(new PictureOutline(id, columns.Widths[row], columns.Heights[row]));
        }

        return outlines;
    });

    /// <summary>Those of some pictures, in the order asked; unknown and hidden ones are left out.</summary>
    internal IReadOnlyList<PictureOutline> Of(IReadOnlyCollection<string> ids) => catalogue.Read(connection =>
    {
        // One JSON array in place of thousands of parameters. CROSS JOIN holds SQLite to this order: the other way round the array is gone through for every picture.
        Dictionary<string, PictureOutline> found = connection.Query<(string Id, int Width, int Height)>(
            "SELECT p.id, p.width, p.height FROM json_each(@ids) j CROSS JOIN pictures p ON p.id = j.value WHERE p.hidden = 0", new { ids = System.Text.Json.JsonSerializer.Serialize(ids) })
            .ToDictionary(o => o.Id, o => new PictureOutline(o.Id, o.Width, o.Height), StringComparer.Ordinal);
        return ids.Where(found.ContainsKey).Select(id => found[id]).ToList();
    });

    // From the index of the ids alone, which is a tenth of the table.
    private static string?[] Ids(PreparedStatements statements, int length)
    {
        var ids = new string?[length];
        statements.Each("SELECT row, id FROM pictures ORDER BY id", row =>
        {
            if (row.Long(0) < length)
                ids[row.Long(0)] = row.Text(1);
        });
        return ids;
    }
}

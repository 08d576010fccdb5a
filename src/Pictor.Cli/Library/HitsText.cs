using System.Globalization;
using System.Text;
using Pictor.Library;

namespace Pictor.Cli.Library;

/// <summary>Found pictures for a terminal: score, file, why.</summary>
internal static class HitsText
{
    public static string Of(Page<Hit> page)
    {
        var text = new StringBuilder();
        foreach (Hit hit in page.Items)
        {
            string reasons = string.Join(", ", hit.Reasons.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Kind} {r.Value} {r.Score:0.00}")));
            text.AppendLine(CultureInfo.InvariantCulture, $"{hit.Score,5:0.000}  {hit.Id}  {hit.File}  ({reasons})");
        }

        if (page.Items.Count == 0) text.AppendLine("Nothing found.");
        if (page.Weaker is > 0) text.AppendLine(CultureInfo.InvariantCulture, $"{page.Weaker} weaker {(page.Weaker == 1 ? "match is" : "matches are")} not shown.");
        if (page.NextCursor is not null) text.AppendLine(CultureInfo.InvariantCulture, $"More with --cursor {page.NextCursor}");
        return text.ToString();
    }

    /// <summary>The shape of search, similar and recommend: items, weaker, total, nextCursor.</summary>
    public static object Json(Page<Hit> page) => new { page.Items, weaker = page.Weaker ?? 0, page.Total, page.NextCursor };
}

using Dapper;
using Pictor.Datasets;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;
using Pictor.Library.Pictures;

namespace Pictor.Library.Exporting;

/// <summary>
/// What people said of a library's pictures, as a data set. Pictures with several tags make it one of several classes a picture; then pictures of which people only said what they do
/// not show belong to it too, as examples of none. One single tag with rejections becomes two classes, the tag and "not" it.
/// </summary>
internal sealed class LibraryDataset(string folder, CatalogueFile catalogue, Contents contents, TagWords words)
{
    private sealed record Said(long Picture, string Id, string Sha256, string Kind, string Value, string ValueKey, string? LabelId, long Rank, long IsRejected, double? X, double? Y, double? Width, double? Height);

    internal Dataset Of(LibraryExport export, IReadOnlyCollection<string>? ids)
    {
        HashSet<string>? chosen = ids?.ToHashSet(StringComparer.Ordinal);
        ILookup<string, Said> pictures = Statements(export).Where(s => chosen is null || chosen.Contains(s.Id)).ToLookup(s => s.Id, StringComparer.Ordinal);
        Dictionary<string, Label> labels = Labels(pictures.SelectMany(p => p).Where(s => s.IsRejected == 0));
        if (labels.Count == 0)
        {
            throw new InputException(folder, export.Tags.Count > 0 ? $"nobody has said {string.Join(", ", export.Tags)} of a picture" : "no person has said anything of a picture yet",
                "Accept or add tags first: pictor tag accept TAG --query WORDS.")
            { Code = "export.empty" };
        }

        bool severals = pictures.Any(p => Classes(p).Count > 1), negatives = pictures.Any(p => p.Any(IsRejection) && Classes(p).Count == 0);
        bool oneAgainstNone = labels.Count == 1 && negatives;
        Label[] sorted = [.. labels.Values.Distinct().OrderBy(l => l.Id, StringComparer.Ordinal)];
        if (oneAgainstNone)
            sorted = [sorted[0], new Label("not " + sorted[0].Id, "not " + sorted[0].Name, sorted[0].Chinese is { } chinese ? "非" + chinese : null)];
        Dictionary<string, int> places = sorted.Select((l, i) => (l.Id, i)).ToDictionary(l => l.Id, l => l.i, StringComparer.Ordinal);

        var samples = new List<Sample>();
        foreach (IGrouping<string, Said> picture in pictures.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            int[] classes = [.. Classes(picture).Select(key => places[labels[key].Id]).Distinct().Order()];
            string[] rejected = [.. picture.Where(IsRejection).Select(s => s.Value).Distinct(StringComparer.Ordinal)];
            if (classes.Length == 0)
            {
                if (oneAgainstNone)
                    classes = [1];
                else if (!severals)
                    continue;
            }

            if (contents.Locate(picture.Key) is not { } file)
                continue;
            samples.Add(new Sample(samples.Count, file, classes.Length > 0 ? classes[0] : -1, null, picture.First().Sha256)
            {
                Classes = classes,
                Boxes = [.. picture.Where(s => s is { IsRejected: 0, Kind: "box" }).Select(s => new SampleBox(places[labels[KeyOf(s)].Id], new BoundingBox(s.X!.Value, s.Y!.Value, s.Width!.Value, s.Height!.Value)))],
                Columns = rejected.Length > 0 ? new Dictionary<string, string>(StringComparer.Ordinal) { ["rejected"] = string.Join(" | ", rejected) } : new Dictionary<string, string>(StringComparer.Ordinal),
            });
        }

        if (samples.Count == 0)
            throw new InputException(folder, "none of the pictures that people described is there", "Bring the files back and run pictor index.") { Code = "export.empty" };

        // A table has the same columns in every line.
        if (samples.Exists(s => s.Columns.Count > 0))
            samples = samples.ConvertAll(s => s.Columns.Count > 0 ? s : s with { Columns = new Dictionary<string, string>(StringComparer.Ordinal) { ["rejected"] = "" } });
        return FilesDataset.Create(folder, "library", severals ? DatasetTask.MultiLabel : DatasetTask.SingleLabel, sorted, samples);
    }

    private static HashSet<string> Classes(IEnumerable<Said> picture) => picture.Where(s => s.IsRejected == 0).Select(KeyOf).ToHashSet(StringComparer.Ordinal);

    private static bool IsRejection(Said said) => said.IsRejected != 0;

    /// <summary>A class of a model is the same in whatever language it was said.</summary>
    private static string KeyOf(Said said) => said.LabelId is { } id ? "#" + id : said.ValueKey;

    private List<Said> Statements(LibraryExport export)
    {
        TagWords.Meaning[] wanted = [.. export.Tags.Select(words.Of)];
        string[] keys = [.. wanted.SelectMany(m => m.Keys)], ids = [.. wanted.SelectMany(m => m.LabelIds)];
        return catalogue.Read(connection => connection.Query<Said>(
            """
            SELECT a.picture, p.id, p.sha256, a.kind, a.value, a.value_key AS ValueKey, a.label_id AS LabelId, a.rank, a.rejected AS IsRejected, a.x, a.y, a.width, a.height
            FROM annotations a JOIN pictures p ON p.row = a.picture
            WHERE p.hidden = 0 AND a.kind IN ('tag', 'box') AND (a.rejected = 1 OR a.rank = 3 OR (@all AND (a.rank = 2 OR a.model = p.shown_model)))
            ORDER BY a.picture, a.rejected, a.rank DESC, a.id
            """,
            new { all = export.AllSources })
            .Where(s => wanted.Length == 0 || keys.Contains(s.ValueKey, StringComparer.Ordinal) || (s.LabelId is { } id && ids.Contains(id, StringComparer.Ordinal))).ToList());
    }

    private Dictionary<string, Label> Labels(IEnumerable<Said> said)
    {
        var labels = new Dictionary<string, Label>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<string, Said> group in said.GroupBy(KeyOf, StringComparer.Ordinal))
        {
            Said first = group.First();
            string name = first.Value, id = Plain(first.LabelId ?? first.ValueKey), chinese = words.ChineseOf(name);
            for (int i = 2; !taken.Add(id); i++)
                id = $"{Plain(first.LabelId ?? first.ValueKey)} {i}";
            labels.Add(group.Key, new Label(id, name.Replace('\t', ' '), chinese == name ? null : chinese));
        }

        return labels;
    }

    /// <summary>Signs that stand between classes in tables, or that no folder may bear.</summary>
    private static string Plain(string id) => string.Concat(id.Select(c => c is ';' or '|' or '/' or '\\' or ',' or '\t' or ':' or '"' or '<' or '>' or '?' or '*' ? '_' : c)).Trim('.', ' ');
}

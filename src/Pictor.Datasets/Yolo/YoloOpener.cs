using System.Globalization;
using System.Text;
using Pictor.Datasets.Assembling;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Yolo;

/// <summary>Opens YOLO: a picture's labels lie where its path has "labels" for the last "images" and .txt for its ending. A picture without such a file shows nothing.</summary>
internal static class YoloOpener
{
    private static readonly string[] s_pictures = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif"];

    /// <summary>True when some picture has such labels.</summary>
    public static bool IsYolo(IFileSet files)
    {
        if (!files.Files.Any(f => IsLabels(f.Path)))
            return false;
        var index = new PathIndex(files);
        return files.Files.Any(f => IsPicture(f.Path) && LabelsOf(f.Path) is { } labels && index.Find(labels) >= 0);
    }

    public static Dataset Open(string path, IFileSet files, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var index = new PathIndex(files);
        (YoloYaml? yaml, string folder) = Yaml(files);
        string[] names = Names(files, yaml);
        int[] pictures = [.. Enumerable.Range(0, files.Files.Count).Where(i => IsPicture(files.Files[i].Path)).OrderBy(i => files.Files[i].Path, StringComparer.Ordinal)];
        Dictionary<int, Split> parts = Parts(files, index, yaml, folder, pictures);
        var skipped = new List<SkippedFile>(files.Skipped);
        var faults = new LineFaults(path);
        var drafts = new List<Draft>();
        foreach (int picture in pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (LabelsOf(files.Files[picture].Path) is not { } labels)
            {
                skipped.Add(new SkippedFile(files.NameOf(picture), "It lies outside images/, so nothing says what it shows."));
                continue;
            }

            List<DraftBox> boxes = index.Find(labels) is >= 0 and var file ? YoloLabels.Parse(files.Read(file).Span, labels, names, faults.Add) : [];
            drafts.Add(new Draft(picture) { Classes = [.. boxes.Select(b => b.Class).Distinct(StringComparer.Ordinal)], Boxes = boxes, Declared = parts.TryGetValue(picture, out Split part) ? part : null });
        }

        faults.ThrowIfAny("Correct these lines: class x y width height, all but the class as fractions of the picture.");
        return Assembler.Assemble(
            new Assembly(path, "yolo", DatasetTask.MultiLabel, files, drafts, LabelTable.In(files, folder)) { BoxUnit = BoxUnit.UprightFractions, Announced = names, Skipped = skipped },
            progress, cancellationToken);
    }

    private static bool IsPicture(string path) => s_pictures.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsLabels(string path) => path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && $"/{path}".Contains("/labels/", StringComparison.Ordinal);

    private static string? LabelsOf(string path)
    {
        int at = $"/{path}".LastIndexOf("/images/", StringComparison.Ordinal);
        return at < 0 ? null : System.IO.Path.ChangeExtension($"{path[..at]}labels/{path[(at + "images/".Length)..]}", ".txt");
    }

    private static (YoloYaml? Yaml, string Folder) Yaml(IFileSet files)
    {
        foreach (int i in Enumerable.Range(0, files.Files.Count).Where(i => files.Files[i].Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || files.Files[i].Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            .OrderBy(i => files.Files[i].Path.Count(c => c == '/')).ThenBy(i => files.Files[i].Path, StringComparer.Ordinal))
        {
            var yaml = YoloYaml.Parse(Encoding.UTF8.GetString(files.Read(i).Span), files.NameOf(i));
            if (yaml["names"].Count > 0)
                return (yaml, files.Files[i].Path[..(files.Files[i].Path.LastIndexOf('/') + 1)]);
        }

        return (null, "");
    }

    private static string[] Names(IFileSet files, YoloYaml? yaml)
    {
        string[] names = yaml is null ? FromList(files) : FromYaml(yaml);
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length
            ? names
            : throw new InputException(files.NameOf(0), $"Two classes have the name '{names.GroupBy(n => n, StringComparer.Ordinal).First(g => g.Skip(1).Any()).Key}'", "Give each class a name of its own in data.yaml or classes.txt.");
    }

    private static string[] FromYaml(YoloYaml yaml)
    {
        IReadOnlyList<(string? Key, string Value)> said = yaml["names"];
        int[] numbers = [.. said.Select((s, i) => s.Key is null ? i : int.TryParse(s.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n < 1_000_000 ? n : -1)];
        var names = new string[numbers.Append(-1).Max() + 1];
        for (int i = 0; i < names.Length; i++)
            names[i] = i.ToString(CultureInfo.InvariantCulture);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0)
                names[numbers[i]] = said[i].Value;
        }

        return names;
    }

    private static string[] FromList(IFileSet files)
    {
        int list = Enumerable.Range(0, files.Files.Count).Where(i => System.IO.Path.GetFileName(files.Files[i].Path) is "classes.txt" or "obj.names" or "classes.names")
            .OrderBy(i => files.Files[i].Path.Length).FirstOrDefault(-1);
        return list < 0 ? [] : Encoding.UTF8.GetString(files.Read(list).Span).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>As data.yaml says, by folder or by list; else by folders called train, val or test.</summary>
    private static Dictionary<int, Split> Parts(IFileSet files, PathIndex index, YoloYaml? yaml, string folder, int[] pictures)
    {
        var parts = new Dictionary<int, Split>();

        // One folder for both, as small examples have it, declares nothing.
        bool same = yaml is not null && yaml["train"].SequenceEqual(yaml["val"]);
        foreach ((string key, Split split) in ((string, Split)[])[("train", Split.Train), ("val", Split.Val), ("test", Split.Test)])
        {
            foreach ((_, string value) in same && split != Split.Test ? [] : yaml?[key] ?? [])
            {
                foreach (string place in Places(yaml!, folder, value))
                {
                    if (index.Find(place) is >= 0 and var list && place.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
                    {
                        foreach (string line in Encoding.UTF8.GetString(files.Read(list).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                        {
                            if (index.Find(line, [place[..(place.LastIndexOf('/') + 1)], folder, ""]) is >= 0 and var named)
                                parts.TryAdd(named, split);
                        }
                    }

                    foreach (int picture in pictures.Where(p => place.Length > 0 && files.Files[p].Path.StartsWith(place.TrimEnd('/') + "/", StringComparison.Ordinal)))
                        parts.TryAdd(picture, split);
                }
            }
        }

        if (parts.Count == 0)
        {
            foreach (int picture in pictures)
            {
                string path = files.Files[picture].Path;
                if (SplitWords.InPath(path[..(path.LastIndexOf('/') + 1)] + "_") is { } split)
                    parts[picture] = split;
            }
        }

        return parts;
    }

    private static IEnumerable<string> Places(YoloYaml yaml, string folder, string value)
    {
        string plain = value.Replace('\\', '/');
        while (plain.StartsWith("./", StringComparison.Ordinal) || plain.StartsWith("../", StringComparison.Ordinal))
            plain = plain[(plain.IndexOf('/', StringComparison.Ordinal) + 1)..];
        string root = yaml["path"] is [(_, var path), ..] ? path.Replace('\\', '/').Trim('.', '/') : "";
        return new[] { folder + plain, root.Length > 0 ? $"{folder}{root}/{plain}" : folder + plain }.Distinct(StringComparer.Ordinal);
    }
}

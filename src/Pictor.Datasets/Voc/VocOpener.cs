using System.Text;
using Pictor.Datasets.Assembling;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Voc;

/// <summary>Opens Pascal VOC: Annotations/*.xml, JPEGImages/, and the parts in ImageSets/Main. Several years beside each other are one data set.</summary>
internal static class VocOpener
{
    private const string Annotations = "Annotations/";
    private static readonly string[] s_endings = [".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG", ".bmp", ".webp", ".tif", ".tiff"];

    /// <summary>The annotations by path; empty when there are none.</summary>
    public static IReadOnlyList<int> Find(IFileSet files) =>
        [.. Enumerable.Range(0, files.Files.Count).Where(i => RootOf(files.Files[i].Path) is not null).OrderBy(i => files.Files[i].Path, StringComparer.Ordinal)];

    public static Dataset Open(string path, IFileSet files, IReadOnlyList<int> annotations, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var parsed = new (VocXml? Xml, string? Problem)[annotations.Count];
        SideBySide.For(parsed.Length, i =>
        {
            try
            {
                parsed[i].Xml = VocXml.Parse(files.Read(annotations[i]), files.NameOf(annotations[i]));
            }
            catch (InputException e)
            {
                parsed[i].Problem = $"{e.Problem.TrimEnd('.')}.";
            }
        }, cancellationToken);

        var index = new PathIndex(files);
        var parts = new Dictionary<string, Dictionary<string, Split>>(StringComparer.Ordinal);
        var drafts = new List<Draft>();
        var skipped = new List<SkippedFile>(files.Skipped);
        var seen = new HashSet<int>();
        for (int i = 0; i < parsed.Length; i++)
        {
            string xml = files.Files[annotations[i]].Path, root = RootOf(xml)!, stem = System.IO.Path.GetFileNameWithoutExtension(xml);
            if (!parts.TryGetValue(root, out Dictionary<string, Split>? split))
                parts[root] = split = Parts(files, index, root);
            if (parsed[i].Xml is not { } said)
                skipped.Add(new SkippedFile(files.NameOf(annotations[i]), parsed[i].Problem!));
            else if (PictureOf(index, root, said.FileName, stem) is not (>= 0 and var file))
                skipped.Add(new SkippedFile(files.NameOf(annotations[i]), $"Its picture '{said.FileName ?? stem}' is not there."));
            else if (!seen.Add(file))
                skipped.Add(new SkippedFile(files.NameOf(annotations[i]), $"Its picture '{said.FileName ?? stem}' has another annotation."));
            else
                drafts.Add(new Draft(file) { Classes = said.Classes, Boxes = said.Boxes, Size = said.Size, Declared = split.TryGetValue(stem, out Split part) ? part : null });
        }

        return Assembler.Assemble(
            new Assembly(path, "voc", DatasetTask.MultiLabel, files, drafts, LabelTable.In(files, RootOf(files.Files[annotations[0]].Path)!)) { BoxUnit = BoxUnit.StoredPixels, Skipped = skipped },
            progress, cancellationToken);
    }

    /// <summary>The folder that holds Annotations, "" or ending with a slash; null for a file that is no annotation.</summary>
    private static string? RootOf(string path)
    {
        if (!path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            return null;
        int at = path.LastIndexOf(Annotations, StringComparison.OrdinalIgnoreCase);
        return at == 0 || (at > 0 && path[at - 1] == '/') ? path[..at] : null;
    }

    private static int PictureOf(PathIndex index, string root, string? name, string stem)
    {
        ReadOnlySpan<string> places = [root + "JPEGImages/", root + "images/", root, root + Annotations];
        if (!string.IsNullOrEmpty(name) && index.Find(name, places) is >= 0 and var named)
            return named;
        foreach (string ending in s_endings)
        {
            foreach (string place in places)
            {
                if (index.Find(place + stem + ending) is >= 0 and var found)
                    return found;
            }
        }

        return -1;
    }

    private static Dictionary<string, Split> Parts(IFileSet files, PathIndex index, string root)
    {
        var parts = new Dictionary<string, Split>(StringComparer.Ordinal);
        foreach ((string list, Split split) in ((string, Split)[])[("train", Split.Train), ("val", Split.Val), ("test", Split.Test), ("trainval", Split.Train)])
        {
            if (index.Find($"{root}ImageSets/Main/{list}.txt") is not (>= 0 and var file))
                continue;
            foreach (string line in Encoding.UTF8.GetString(files.Read(file).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                // A list of one class has a flag behind each name: 1, 0 or -1.
                int flag = line.LastIndexOfAny([' ', '\t']);
                parts.TryAdd(flag > 0 && line[(flag + 1)..] is "1" or "0" or "-1" ? line[..flag].TrimEnd() : line, split);
            }
        }

        return parts;
    }
}

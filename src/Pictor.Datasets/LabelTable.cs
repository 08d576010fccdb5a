using System.Text;
using Pictor.Datasets.Files;

namespace Pictor.Datasets;

/// <summary>
/// Names of classes from <c>labels.tsv</c> or <c>wnids.tsv</c>: id, words (the first is the name, the others synonyms), Chinese, more synonyms, broader ids;
/// only the first two columns are needed.
/// </summary>
internal sealed class LabelTable
{
    private const int MaxBytes = 64 << 20;
    private static readonly string[] s_names = ["labels.tsv", "wnids.tsv"];
    private readonly Dictionary<string, Label> _labels;

    private LabelTable(Dictionary<string, Label> labels) => _labels = labels;

    /// <summary>True when no class is named.</summary>
    public bool IsEmpty => _labels.Count == 0;

    /// <summary>True for the files that this class reads.</summary>
    public static bool IsTable(string path) => s_names.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase);

    /// <summary>The label of a class folder; its own name where the table does not know it.</summary>
    public Label LabelOf(string id) => _labels.GetValueOrDefault(id) ?? new Label(id, id);

    /// <summary>The table in <paramref name="folder"/> ("" or ending with a slash), else in the data set's root; empty without one.</summary>
    public static LabelTable In(IFileSet files, string folder)
    {
        int? best = null;
        for (int i = 0; i < files.Files.Count; i++)
        {
            string path = files.Files[i].Path;
            string within = path[..(path.LastIndexOf('/') + 1)];
            if (IsTable(path) && (within.Length == 0 || string.Equals(within, folder, StringComparison.Ordinal)) && (best is not { } b || path.Length > files.Files[b].Path.Length))
                best = i;
        }

        return best is not { } found ? new LabelTable([])
            : files.Files[found].Length > MaxBytes ? throw TooLong(files.NameOf(found))
            : Parse(files.Read(found).Span, files.NameOf(found));
    }

    /// <summary>The nearest table: beside the classes, above them within the data set, or one folder above the data set.</summary>
    /// <param name="files">The data set's files.</param>
    /// <param name="wrapping">How many leading folders only wrap; the table may lie below as many and one part (train) more.</param>
    /// <param name="opened">The path that was opened.</param>
    public static LabelTable Find(IFileSet files, int wrapping, string opened)
    {
        int? best = null;
        for (int i = 0; i < files.Files.Count; i++)
        {
            string path = files.Files[i].Path;
            string[] segments = path.Split('/');
            if (!IsTable(path) || segments.Length - 1 > wrapping + 1 || (segments.Length - 1 == wrapping + 1 && !Folders.FolderLayout.IsPart(segments[^2])))
                continue;
            if (best is not { } b || Rank(path) < Rank(files.Files[b].Path) || (Rank(path) == Rank(files.Files[b].Path) && string.CompareOrdinal(path, files.Files[b].Path) < 0))
                best = i;
        }

        if (best is { } found)
            return files.Files[found].Length > MaxBytes ? throw TooLong(files.NameOf(found)) : Parse(files.Read(found).Span, files.NameOf(found));

        if (!Directory.Exists(opened) || System.IO.Path.GetDirectoryName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(opened))) is not { } above)
            return new LabelTable([]);
        foreach (string name in s_names)
        {
            var file = new FileInfo(System.IO.Path.Combine(above, name));
            if (file is { Exists: true, Length: > 0 and <= MaxBytes })
                return Parse(File.ReadAllBytes(file.FullName), file.FullName);
        }

        return new LabelTable([]);
    }

    /// <summary>Parses a table.</summary>
    /// <exception cref="InputException">An id stands twice with different words, or a line has no words; all such lines are told at once.</exception>
    public static LabelTable Parse(ReadOnlySpan<byte> bytes, string name)
    {
        string text = Encoding.UTF8.GetString(bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes);
        var labels = new Dictionary<string, Label>(StringComparer.Ordinal);
        var faults = new List<string>();
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.TrimEnd('\r', ' ');
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
                continue;
            string[] columns = line.Split('\t');
            string id = columns[0].Trim();
            if (number == 1 && id.ToUpperInvariant() is "ID" or "WNID" or "CLASS" or "LABEL")
                continue;
            string[] words = columns.Length > 1 ? Words(columns[1]) : [];
            if (id.Length == 0 || words.Length == 0)
                faults.Add($"line {number} ('{Shorten(line)}') is not an id, a tab and at least one word");
            else if (!labels.TryAdd(id, LabelOf(id, words, columns)))
                faults.Add($"line {number} names '{id}' a second time");
        }

        return faults.Count == 0
            ? new LabelTable(labels)
            : throw new InputException(name, string.Join("; ", faults.Take(5)) + (faults.Count > 5 ? $"; and {faults.Count - 5} lines more" : ""), "Each line holds: id, tab, words separated by commas, and if you like a tab and the Chinese name.");
    }

    private static Label LabelOf(string id, string[] words, string[] columns)
    {
        string[] chinese = columns.Length > 2 ? Words(columns[2]) : [];
        string[] more = columns.Length > 3 ? Words(columns[3]) : [];
        string[] broader = columns.Length > 4 ? Words(columns[4]) : [];
        return new Label(id, words[0], chinese.FirstOrDefault())
        {
            Synonyms = [.. words.Skip(1).Concat(chinese.Skip(1)).Concat(more).Distinct(StringComparer.Ordinal)],
            Broader = broader,
        };
    }

    private static int Rank(string path) => (path.Count(c => c == '/') * 2) + (path.EndsWith(s_names[0], StringComparison.OrdinalIgnoreCase) ? 0 : 1);

    private static string[] Words(string column) => column.Split([',', '，', '、', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Shorten(string line) => line.Length <= 40 ? line : line[..40] + "…";

    private static InputException TooLong(string name) => new(name, $"The table is longer than {MaxBytes >> 20} MiB", "It should hold one line per class.");
}

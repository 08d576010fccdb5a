using System.Globalization;
using Pictor.Datasets.Assembling;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Tables;

/// <summary>Opens tables of pictures: a CSV or TSV by itself, or in a folder or archive, where train.csv, val.csv and test.csv declare the parts.</summary>
internal static class TableOpener
{
    private const int StartBytes = 4096;

    /// <summary>The tables in the top folder of a set; empty when there is none. One called labels.csv counts before others.</summary>
    /// <exception cref="InputException">Several, and nothing says which.</exception>
    public static IReadOnlyList<int> Find(IFileSet files)
    {
        int depth = files.Files.Count == 0 ? 0 : files.Files.Min(f => f.Path.Count(c => c == '/'));
        int[] found = [.. Enumerable.Range(0, files.Files.Count).Where(i => IsTable(files, i, depth)).OrderBy(i => files.Files[i].Path, StringComparer.Ordinal)];
        if (found.Length <= 1)
            return found;
        int[] named = [.. found.Where(i => System.IO.Path.GetFileNameWithoutExtension(files.Files[i].Path).Equals("labels", StringComparison.OrdinalIgnoreCase))];
        if (named.Length == 1)
            return named;
        Split?[] parts = [.. found.Select(i => SplitWords.InPath(files.Files[i].Path))];
        return parts.All(p => p is not null) && parts.Distinct().Count() == parts.Length
            ? found
            : throw new InputException(files.NameOf(found[1]), $"There is a second table of pictures beside {files.NameOf(found[0])}", "Name one of them, or call them train.csv, val.csv and test.csv.");
    }

    /// <summary>Opens tables of a folder or an archive.</summary>
    public static Dataset Open(string path, IFileSet files, IReadOnlyList<int> tables, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var sources = new List<Source>();
        foreach (int table in tables)
            sources.Add(new Source(files.NameOf(table), TableRows.Read(files.Read(table), files.NameOf(table), cancellationToken), tables.Count > 1 ? SplitWords.InPath(files.Files[table].Path) : null));
        string folder = files.Files[tables[0]].Path[..(files.Files[tables[0]].Path.LastIndexOf('/') + 1)];
        LabelTable names = LabelTable.In(files, folder);
        if (files is FolderFiles)
        {
            string root = System.IO.Path.GetDirectoryName(files.NameOf(tables[0]))!;
            var listed = new ListedFiles(root, "csv");
            return Open(path, listed, sources, listed.Add, names, progress, cancellationToken);
        }

        var index = new PathIndex(files);
        return Open(path, files, sources, row => index.Find(folder + row) is >= 0 and var file ? file : null, names, progress, cancellationToken);
    }

    /// <summary>Opens one table on disk; its pictures may lie anywhere.</summary>
    public static Dataset OpenFile(string path, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        string full = System.IO.Path.GetFullPath(path), folder = System.IO.Path.GetDirectoryName(full)!;
        var listed = new ListedFiles(folder, "csv");
        TableRows rows = TableRows.Read(DiskFile.Read(full), path, cancellationToken);
        string names = System.IO.Path.Combine(folder, "labels.tsv");
        LabelTable table = !string.Equals(names, full, StringComparison.Ordinal) && File.Exists(names) && TableRows.HeaderOf(DiskFile.ReadStart(names, StartBytes)) is null
            ? LabelTable.Parse(DiskFile.Read(names), names)
            : LabelTable.Parse([], names);
        return Open(path, listed, [new Source(path, rows, null)], listed.Add, table, progress, cancellationToken);
    }

    private static Dataset Open(string path, IFileSet files, List<Source> sources, Func<string, int?> find, LabelTable names, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        DatasetTask task = sources.Select(s => s.Rows.Task).Distinct().Order().ToArray() switch
        {
            [var one] => one,
            [DatasetTask.SingleLabel, DatasetTask.MultiLabel] => DatasetTask.MultiLabel,
            _ => throw new InputException(path, "Some of its tables have labels and others numbers", "Give all of them the same columns."),
        };
        var drafts = new List<Draft>();
        var skipped = new List<SkippedFile>(files.Skipped);
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Source source in sources)
        {
            var faults = new LineFaults(source.Name);
            foreach (TableRow row in source.Rows.Rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (find(row.Path) is not { } file)
                    skipped.Add(new SkippedFile(row.Path, string.Create(CultureInfo.InvariantCulture, $"There is no such file ({System.IO.Path.GetFileName(source.Name)} line {row.Line}).")));
                else if (!lines.TryAdd(files.NameOf(file), string.Create(CultureInfo.InvariantCulture, $"{System.IO.Path.GetFileName(source.Name)} line {row.Line}")))
                    faults.Add(row.Line, $"'{row.Path}' was named before, in {lines[files.NameOf(file)]}");
                else
                    drafts.Add(new Draft(file) { Classes = row.Classes, Declared = row.Split ?? source.Split, Target = row.Target, Group = row.Group, Columns = row.Columns });
            }

            faults.ThrowIfAny("Put all labels of a picture into one line, separated by ';'.");
        }

        return Assembler.Assemble(new Assembly(path, "csv", task, files, drafts, names) { Skipped = skipped }, progress, cancellationToken);
    }

    private static bool IsTable(IFileSet files, int file, int depth)
    {
        string path = files.Files[file].Path;
        if (path.Count(c => c == '/') != depth || LabelTable.IsTable(path) || !(path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)))
            return false;
        try
        {
            return TableRows.HeaderOf(files.ReadStart(file, StartBytes)) is not null;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private sealed record Source(string Name, TableRows Rows, Split? Split);
}

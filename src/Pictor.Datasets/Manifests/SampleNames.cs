namespace Pictor.Datasets.Manifests;

/// <summary>Names of samples within their data set, so that they hold wherever it lies.</summary>
internal static class SampleNames
{
    /// <summary>
    /// What <see cref="Sample.File"/> is called within <paramref name="basePath"/>: the path below a folder, the member of an archive, the record of an IDX file;
    /// for files that a table names from elsewhere, their absolute path.
    /// </summary>
    public static string Of(string basePath, string file)
    {
        string root = System.IO.Path.TrimEndingDirectorySeparator(basePath);
        if (file.Length > root.Length + 1 && file.StartsWith(root, StringComparison.Ordinal) && (file[root.Length] == '!' || IsSeparator(file[root.Length])))
            return Plain(file[(root.Length + 1)..]);

        // The base is a file, such as labels.csv: its pictures are named from its folder.
        string? folder = System.IO.Path.GetDirectoryName(root);
        return folder is not null && file.Length > folder.Length + 1 && file.StartsWith(folder, StringComparison.Ordinal) && IsSeparator(file[folder.Length])
            ? Plain(file[(folder.Length + 1)..])
            : Plain(file);
    }

    /// <summary>The file's own name, without folders or archive; of a record with its number.</summary>
    public static string LastOf(string file)
    {
        string plain = Plain(file);
        string last = plain[(plain.LastIndexOf('/') + 1)..];
        int member = last.LastIndexOf('!');
        return member >= 0 && last[..member].Contains('.', StringComparison.Ordinal) && member < last.Length - 1 ? last[(member + 1)..] : last;
    }

    private static bool IsSeparator(char c) => c == System.IO.Path.DirectorySeparatorChar || c == System.IO.Path.AltDirectorySeparatorChar;

    private static string Plain(string path) => path.Replace(System.IO.Path.DirectorySeparatorChar, '/');
}

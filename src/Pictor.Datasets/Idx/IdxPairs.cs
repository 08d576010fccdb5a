using System.Buffers.Binary;
using System.IO.Compression;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Idx;

/// <summary>A file of pictures and the file of their labels.</summary>
/// <param name="Split">The part that the names declare (train, t10k or test, val); null when they say nothing.</param>
/// <param name="Images">Index into the file set.</param>
/// <param name="Labels">Index into the file set.</param>
internal readonly record struct IdxPair(Split? Split, int Images, int Labels);

/// <summary>Finds the IDX files of a file set by their first bytes or, so that a damaged one is named instead of overlooked, by their names.</summary>
internal static class IdxPairs
{
    private enum Role
    {
        None,
        Images,
        Labels,
    }

    private static readonly string[] s_pictures = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff", ".tsv", ".txt", ".csv", ".json", ".jsonl", ".xml", ".yaml", ".yml"];

    /// <summary>The pairs, train first; empty when there are no IDX files.</summary>
    /// <exception cref="InputException">There are some, but they do not pair up.</exception>
    public static IReadOnlyList<IdxPair> Find(IFileSet files)
    {
        var found = new List<(int File, string Stem, Role Role)>();
        string folder = CommonFolder(files);
        for (int i = 0; i < files.Files.Count; i++)
        {
            // All files of an IDX set lie in one folder, and nothing lies outside it.
            Role role = files.Files[i].Path.LastIndexOf('/') == folder.Length - 1 ? RoleOf(files, i) : Role.None;
            if (role != Role.None)
                found.Add((i, Stem(files.Files[i].Path), role));
        }

        // A plain file beside its .gz is the same data twice.
        found.RemoveAll(f => files.Files[f.File].Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            && found.Exists(g => g.File != f.File && g.Role == f.Role && string.Equals(files.Files[g.File].Path, files.Files[f.File].Path[..^3], StringComparison.OrdinalIgnoreCase)));
        if (found.Count == 0)
            return [];

        var pairs = new List<IdxPair>();
        foreach (var group in found.GroupBy(f => f.Stem, StringComparer.OrdinalIgnoreCase).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            int[] images = [.. group.Where(f => f.Role == Role.Images).Select(f => f.File)];
            int[] labels = [.. group.Where(f => f.Role == Role.Labels).Select(f => f.File)];
            if (images.Length != 1 || labels.Length != 1)
                throw Unpaired(files, [.. group.Select(f => f.File)], images.Length, labels.Length);
            pairs.Add(new IdxPair(SplitOf(group.Key), images[0], labels[0]));
        }

        pairs.Sort((a, b) => Nullable.Compare(a.Split, b.Split));
        for (int i = 1; i < pairs.Count; i++)
        {
            if (pairs[i].Split == pairs[i - 1].Split || pairs[0].Split is null)
                throw new InputException(files.NameOf(pairs[i].Images), $"There is a second set of IDX files beside {files.NameOf(pairs[i - 1].Images)}", "Keep one train pair and one t10k pair in a folder.");
        }

        return pairs;
    }

    /// <summary>The first bytes after decompression, where the file is compressed.</summary>
    internal static byte[] StartOf(IFileSet files, int file)
    {
        byte[] start = files.ReadStart(file, 512);
        if (start is not [0x1F, 0x8B, ..])
            return start;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(start), CompressionMode.Decompress);
            var inner = new byte[16];
            int read = gzip.ReadAtLeast(inner, inner.Length, throwOnEndOfStream: false);
            return inner[..read];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static Role RoleOf(IFileSet files, int file)
    {
        string name = files.Files[file].Path[(files.Files[file].Path.LastIndexOf('/') + 1)..];
        if (!IsIdxName(name) && (files.Files[file].Length == 0 || s_pictures.Contains(System.IO.Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)))
            return Role.None;
        if (IsIdxName(name))
            return name.Contains("idx1", StringComparison.OrdinalIgnoreCase) || name.Contains("label", StringComparison.OrdinalIgnoreCase) ? Role.Labels : Role.Images;

        // What is called a picture is not opened here: a set of pictures has many, and each would be opened twice.
        byte[] start;
        try
        {
            start = StartOf(files, file);
        }
        catch (InputException)
        {
            return Role.None;
        }

        return start.Length < 8 ? Role.None : BinaryPrimitives.ReadInt32BigEndian(start) switch
        {
            0x0801 when name.Contains("label", StringComparison.OrdinalIgnoreCase) || name.Contains("idx", StringComparison.OrdinalIgnoreCase) => Role.Labels,
            0x0803 => Role.Images,
            _ => Role.None,
        };
    }

    internal static bool IsIdxName(string name) =>
        name.Contains("ubyte", StringComparison.OrdinalIgnoreCase) && name.Contains("idx", StringComparison.OrdinalIgnoreCase);

    /// <summary>The longest folder, with a slash at its end, that all files lie in; empty when that is the root.</summary>
    private static string CommonFolder(IFileSet files)
    {
        string? common = null;
        foreach (FileEntry file in files.Files)
        {
            string folder = file.Path[..(file.Path.LastIndexOf('/') + 1)];
            common ??= folder;
            while (!folder.StartsWith(common, StringComparison.Ordinal))
                common = common[..(common[..^1].LastIndexOf('/') + 1)];
        }

        return common ?? "";
    }

    /// <summary>The name without what tells pictures from labels, so that both files of a pair have the same stem.</summary>
    private static string Stem(string path)
    {
        string stem = path;
        foreach (string word in (ReadOnlySpan<string>)[".gz", "ubyte", "idx1", "idx3", "idx", "images", "image", "labels", "label", "-", "_", "."])
            stem = stem.Replace(word, "", StringComparison.OrdinalIgnoreCase);
        return stem;
    }

    private static Split? SplitOf(string stem) =>
        stem.Contains("t10k", StringComparison.OrdinalIgnoreCase) || stem.Contains("test", StringComparison.OrdinalIgnoreCase) ? Split.Test
        : stem.Contains("train", StringComparison.OrdinalIgnoreCase) ? Split.Train
        : stem.Contains("val", StringComparison.OrdinalIgnoreCase) ? Split.Val
        : null;

    private static InputException Unpaired(IFileSet files, int[] group, int images, int labels) => new(
        files.NameOf(group[0]),
        labels == 0 ? "The file with its labels is missing (its name would say labels-idx1-ubyte)"
            : images == 0 ? "The file with its pictures is missing (its name would say images-idx3-ubyte)"
            : $"{images} files of pictures and {labels} of labels cannot be told apart: {string.Join(", ", group.Select(files.NameOf))}",
        "Put train-images-idx3-ubyte beside train-labels-idx1-ubyte, and t10k-images-idx3-ubyte beside t10k-labels-idx1-ubyte; each may end in .gz.");
}

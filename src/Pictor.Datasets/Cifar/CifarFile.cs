using System.Text;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Cifar;

/// <summary>One binary file of CIFAR: records of a label (CIFAR-100: a coarse and a fine one) and 1,024 bytes each of red, green and blue.</summary>
/// <param name="File">Index into the file set.</param>
/// <param name="Split">The part that its name says.</param>
/// <param name="LabelBytes">1, or 2 for CIFAR-100.</param>
internal sealed record CifarFile(int File, Split Split, int LabelBytes)
{
    public const int Side = 32, PixelBytes = 3 * Side * Side;

    public int RecordBytes => LabelBytes + PixelBytes;

    /// <summary>The binary files of a set, train first, told by their names and lengths; empty when there are none.</summary>
    /// <exception cref="InputException">A file that is called so has another length.</exception>
    public static IReadOnlyList<CifarFile> Find(IFileSet files)
    {
        var found = new List<CifarFile>();
        for (int i = 0; i < files.Files.Count; i++)
        {
            string path = files.Files[i].Path, name = path[(path.LastIndexOf('/') + 1)..];
            CifarFile? file = name switch
            {
                "train.bin" => new CifarFile(i, Split.Train, 2),
                "test.bin" => new CifarFile(i, Split.Test, 2),
                "test_batch.bin" => new CifarFile(i, Split.Test, 1),
                _ when name.StartsWith("data_batch", StringComparison.Ordinal) && name.EndsWith(".bin", StringComparison.Ordinal) => new CifarFile(i, Split.Train, 1),
                _ => null,
            };
            if (file is null)
                continue;
            if (files.Files[i].Length == 0 || files.Files[i].Length % file.RecordBytes != 0)
                throw new InputException(files.NameOf(i), $"It has {files.Files[i].Length} bytes, which are no whole number of records of {file.RecordBytes} bytes", "Fetch the file again.");
            found.Add(file);
        }

        found.Sort((a, b) => a.Split != b.Split ? a.Split.CompareTo(b.Split) : string.CompareOrdinal(files.Files[a.File].Path, files.Files[b.File].Path));
        return found.Select(f => f.LabelBytes).Distinct().Count() <= 1
            ? found
            : throw new InputException(files.NameOf(found[1].File), "Files of CIFAR-10 and of CIFAR-100 lie beside each other", "Give each a folder of its own.");
    }

    /// <summary>Names of classes: one a line, as the sets bring them; empty without such a file.</summary>
    public static string[] Names(IFileSet files, string name)
    {
        int file = Enumerable.Range(0, files.Files.Count).FirstOrDefault(i => files.Files[i].Path.Equals(name, StringComparison.Ordinal) || files.Files[i].Path.EndsWith("/" + name, StringComparison.Ordinal), -1);
        return file < 0 ? [] : Encoding.UTF8.GetString(files.Read(file).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

using System.Security.Cryptography;
using System.Text;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Folders;

/// <summary>Opens class folders, in whichever container: sniffs and hashes every file once, places it by its path, names the classes.</summary>
internal static class ImageFolder
{
    private enum Finding : byte
    {
        Picture,
        SideFile,
        Skipped,
    }

    public static Dataset Open(string path, IFileSet files, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var skipped = new List<SkippedFile>(files.Skipped);
        (Finding[] findings, string[] hashes, string?[] reasons) = Examine(files, progress, cancellationToken);
        for (int i = 0; i < findings.Length; i++)
        {
            if (findings[i] == Finding.Skipped)
                skipped.Add(new SkippedFile(files.NameOf(i), reasons[i]!));
        }

        int[] pictures = [.. Enumerable.Range(0, findings.Length).Where(i => findings[i] == Finding.Picture)];
        FolderLayout layout = FolderLayout.Of(files.Files, pictures);
        foreach (int i in layout.Homeless)
            skipped.Add(new SkippedFile(files.NameOf(i), layout.DeclaresSplits ? "It lies outside the class folders of train, val and test." : "It lies outside the class folders, so its class is unknown."));

        LabelTable table = LabelTable.Find(files, layout.Wrapping, path);
        string[] ids = [.. layout.Placed.Select(p => p.Class).Distinct(StringComparer.Ordinal).Order(LabelIds.Comparer)];
        Complain(path, files, pictures.Length, ids, skipped);

        Label[] labels = [.. ids.Select(table.LabelOf)];
        (Sample[] samples, int[] fileOf, string fingerprint) = Arrange(files, layout.Placed, ids, hashes);
        skipped.Sort((a, b) => string.CompareOrdinal(a.File, b.File));
        return new Dataset(System.IO.Path.GetFullPath(path), files.Kind, labels, samples, skipped, fingerprint, new FileReader(files, fileOf));
    }

    private static (Finding[] Findings, string[] Hashes, string?[] Reasons) Examine(IFileSet files, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        int count = files.Files.Count;
        var findings = new Finding[count];
        var hashes = new string[count];
        var reasons = new string?[count];
        int done = 0;
        SideBySide.For(count, i =>
        {
            (findings[i], hashes[i], reasons[i]) = Examine(files, i);
            int now = Interlocked.Increment(ref done);
            if (now % 1024 == 0)
                progress?.Report(new Progress("Reading files", now, count));
        }, cancellationToken);
        progress?.Report(new Progress("Reading files", count, count));
        return (findings, hashes, reasons);
    }

    private static (Finding Finding, string Hash, string? Reason) Examine(IFileSet files, int file)
    {
        FileEntry entry = files.Files[file];
        if (LabelTable.IsTable(entry.Path) || entry.Path.EndsWith(DatasetManifest.Extension, StringComparison.OrdinalIgnoreCase))
            return (Finding.SideFile, "", null);
        (string? hash, string? reason) = PictureFiles.Check(files, file);
        return hash is null ? (Finding.Skipped, "", reason) : (Finding.Picture, hash, null);
    }

    private static void Complain(string path, IFileSet files, int pictures, string[] classes, List<SkippedFile> skipped)
    {
        const string Remedy = "Give each class a folder of its own, such as cats/1.jpg and dogs/1.jpg, with or without train, val and test above them.";
        if (files.Files.Count == 0)
            throw new InputException(path, files.Skipped.Count > 0 ? $"There is no file that could be read ({files.Skipped[0].File}: {files.Skipped[0].Reason})" : $"The {files.Kind} is empty", DatasetOpener.Understood);
        if (pictures == 0)
            throw new InputException(path, $"There is no picture among its {files.Files.Count} files{(skipped.Count > 0 ? $" (for instance {skipped[0].File}: {skipped[0].Reason})" : "")}", DatasetOpener.Understood);
        if (classes.Length == 0)
            throw new InputException(path, $"Its {pictures} pictures do not lie in class folders", Remedy);
        if (classes.Length == 1)
            throw new InputException(path, $"There is one class only ('{classes[0]}'), and telling apart needs two", Remedy);
    }

    private static (Sample[] Samples, int[] FileOf, string Fingerprint) Arrange(IFileSet files, IReadOnlyList<PlacedFile> placed, string[] ids, string[] hashes)
    {
        var classOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < ids.Length; i++)
            classOf[ids[i]] = i;

        PlacedFile[] sorted = [.. placed];
        Array.Sort(sorted, (a, b) =>
        {
            int order = Nullable.Compare(a.Split, b.Split);
            if (order == 0)
                order = classOf[a.Class].CompareTo(classOf[b.Class]);
            return order != 0 ? order : string.CompareOrdinal(a.Rest, b.Rest);
        });

        var samples = new Sample[sorted.Length];
        var fileOf = new int[sorted.Length];
        using var fingerprint = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < sorted.Length; i++)
        {
            PlacedFile p = sorted[i];
            samples[i] = new Sample(i, files.NameOf(p.File), classOf[p.Class], p.Split, hashes[p.File]);
            fileOf[i] = p.File;
            fingerprint.AppendData(Encoding.UTF8.GetBytes($"{p.Split}\t{p.Class}\t{p.Rest}\t{hashes[p.File]}\n"));
        }

        return (samples, fileOf, Convert.ToHexStringLower(fingerprint.GetHashAndReset()));
    }
}

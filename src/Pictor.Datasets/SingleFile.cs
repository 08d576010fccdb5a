using Pictor.Datasets.Coco;
using Pictor.Datasets.Files;
using Pictor.Datasets.Manifests;
using Pictor.Datasets.Tables;

namespace Pictor.Datasets;

/// <summary>A single file that is no archive: a manifest, a table or an annotation file, told by its first bytes.</summary>
internal static class SingleFile
{
    private const int StartBytes = 64 << 10;

    /// <summary>The data set; null when the file is none of these.</summary>
    public static Dataset? Open(string path, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is { LinkTarget: null, Length: 0 })
            return null;
        byte[] start = DiskFile.ReadStart(path, StartBytes);
        if (!LooksLikeText(start))
            return null;
        if (ManifestFile.IsManifest(start))
            return ManifestOpener.Open(path, progress, cancellationToken);
        if (path.EndsWith(DatasetManifest.Extension, StringComparison.OrdinalIgnoreCase))
            throw new InputException($"{path} line 1", "It is no header of a manifest", "A manifest begins with {\"pictorManifest\":1, ...}.") { Code = "data.manifest" };
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return CocoOpener.OpenFile(path, progress, cancellationToken);
        bool named = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
        return named || TableRows.HeaderOf(start) is not null ? TableOpener.OpenFile(path, progress, cancellationToken) : null;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> start) => start.Length > 0 && !start[..Math.Min(start.Length, 512)].Contains((byte)0);
}

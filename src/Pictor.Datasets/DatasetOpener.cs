using Pictor.Datasets.Cifar;
using Pictor.Datasets.Coco;
using Pictor.Datasets.Files;
using Pictor.Datasets.Folders;
using Pictor.Datasets.Idx;
using Pictor.Datasets.Tables;
using Pictor.Datasets.Voc;
using Pictor.Datasets.Yolo;

namespace Pictor.Datasets;

/// <summary>Tells by content what a path holds, and opens it.</summary>
internal static class DatasetOpener
{
    /// <summary>What every refusal ends with.</summary>
    public const string Understood =
        "Pictor reads a folder, .zip, .tar or .tar.gz with one folder of pictures per class (with or without train, val and test above them), with a table (labels.csv), with COCO, Pascal VOC or YOLO annotations, with the IDX files of MNIST or the binary ones of CIFAR; and manifests.";

    public static Dataset Open(string path, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new InputException("data", "No path is given", Understood);
        if (File.Exists(path) && SingleFile.Open(path, progress, cancellationToken) is { } single)
            return single;
        IFileSet files = Directory.Exists(path) ? new FolderFiles(path, cancellationToken)
            : File.Exists(path) ? Containers.Open(path, progress, cancellationToken)
            : throw Nowhere(path);
        try
        {
            return OpenFiles(path, files, progress, cancellationToken);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    private static Dataset OpenFiles(string path, IFileSet files, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        if (IdxPairs.Find(files) is { Count: > 0 } pairs)
            return IdxOpener.Open(path, files, pairs, progress, cancellationToken);
        if (CifarFile.Find(files) is { Count: > 0 } batches)
            return CifarOpener.Open(path, files, batches, progress, cancellationToken);
        if (CocoOpener.Find(files) is { Count: > 0 } instances)
            return CocoOpener.Open(path, files, instances, progress, cancellationToken);
        if (VocOpener.Find(files) is { Count: > 0 } annotations)
            return VocOpener.Open(path, files, annotations, progress, cancellationToken);
        if (TableOpener.Find(files) is { Count: > 0 } tables)
            return TableOpener.Open(path, files, tables, progress, cancellationToken);
        return YoloOpener.IsYolo(files) ? YoloOpener.Open(path, files, progress, cancellationToken) : ImageFolder.Open(path, files, progress, cancellationToken);
    }

    private static InputException Nowhere(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        string? parent = System.IO.Path.GetDirectoryName(full);
        string? near = null;
        if (parent is not null && Directory.Exists(parent))
        {
            try
            {
                near = NearestWord.Of(System.IO.Path.GetFileName(full), Directory.EnumerateFileSystemEntries(parent).Select(e => System.IO.Path.GetFileName(e)!).Order(StringComparer.Ordinal).Take(10_000));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                near = null;
            }
        }

        return new InputException(path, "There is no such folder or file", near is null ? Understood : $"Did you mean '{System.IO.Path.Combine(parent!, near)}'?") { Code = "data.missing" };
    }
}

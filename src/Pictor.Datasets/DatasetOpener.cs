using Pictor.Datasets.Files;
using Pictor.Datasets.Folders;
using Pictor.Datasets.Idx;

namespace Pictor.Datasets;

/// <summary>Tells by content what a path holds, and opens it.</summary>
internal static class DatasetOpener
{
    /// <summary>What every refusal ends with.</summary>
    public const string Understood =
        "Pictor reads a folder, .zip, .tar or .tar.gz with one folder of pictures per class (with or without train, val and test above them), and a folder with the IDX files of MNIST.";

    public static Dataset Open(string path, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new InputException("data", "No path is given", Understood);
        IFileSet files = Directory.Exists(path) ? new FolderFiles(path, cancellationToken)
            : File.Exists(path) ? Containers.Open(path, progress, cancellationToken)
            : throw Nowhere(path);
        try
        {
            return IdxPairs.Find(files) is { Count: > 0 } pairs
                ? IdxOpener.Open(path, files, pairs, progress, cancellationToken)
                : ImageFolder.Open(path, files, progress, cancellationToken);
        }
        catch
        {
            files.Dispose();
            throw;
        }
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

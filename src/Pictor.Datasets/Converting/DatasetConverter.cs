using Pictor.Datasets.Converting;

namespace Pictor.Datasets;

/// <summary>Writes a data set in another format. Picture files are taken byte for byte, raw records become PNG.</summary>
public static class DatasetConverter
{
    /// <summary>Writes <paramref name="data"/> to a new folder (for a manifest: a file), whole or not at all.</summary>
    /// <param name="data">The source; nothing is ever written inside it.</param>
    /// <param name="target">A folder that does not exist yet, or is empty.</param>
    /// <param name="format">The format to write.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="progress">Told after every few pictures.</param>
    /// <param name="cancellationToken">Stops between pictures; nothing is left behind.</param>
    /// <exception cref="InputException">The target exists or lies inside the source, the format cannot hold such data at all, or the disk cannot be written.</exception>
    public static Task<Conversion> ConvertAsync(
        Dataset data, string target, DatasetFormat format, ConvertOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => RunAsync(data, target, format, options ?? new ConvertOptions(), progress, cancellationToken), cancellationToken);

    private static async Task<Conversion> RunAsync(Dataset data, string target, DatasetFormat format, ConvertOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(target));
        TargetFolder.Check(data, full, target, options.Force);
        if (format == DatasetFormat.Manifest)
        {
            if (Directory.Exists(full))
                throw new InputException(target, "It is a folder, and a manifest is one file", $"Name a file, such as {target}{DatasetManifest.Extension}.");
            await DatasetManifest.WriteAsync(full, data, data.Samples, cancellationToken: cancellationToken);
            return new Conversion(full, format, data.Samples.Count, data.Labels.Count, [], data.Skipped);
        }

        Action<Output> write = format switch
        {
            DatasetFormat.Folder => FolderWriter.Write,
            DatasetFormat.Csv => TableWriter.Write,
            DatasetFormat.Coco => CocoWriter.Write,
            DatasetFormat.Voc => VocWriter.Write,
            DatasetFormat.Yolo => YoloWriter.Write,
            _ => CifarWriter.Write,
        };
        using var folder = new TargetFolder(full, target);
        var output = new Output(data, folder.Temporary, options, progress, cancellationToken);
        try
        {
            write(output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(target, $"It cannot be written ({e.Message})", "Name a folder that you may write to, on a disk with room.", e);
        }

        if (output.Written == 0)
            throw new InputException(target, $"No picture could be written{(output.Skipped.Count > 0 ? $" (for instance {output.Skipped[0].File}: {output.Skipped[0].Reason.TrimEnd('.')})" : "")}", "Look at the source with 'pictor dataset info'.");
        LabelsFile.Write(output);
        folder.Commit();
        return new Conversion(full, format, output.Written, data.Labels.Count, output.Warnings, [.. data.Skipped, .. output.Skipped]);
    }
}

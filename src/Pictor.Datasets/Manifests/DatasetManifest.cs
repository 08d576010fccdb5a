using System.Text;
using System.Text.Json;
using Pictor.Datasets.Assembling;
using Pictor.Datasets.Manifests;

namespace Pictor.Datasets;

/// <summary>
/// A frozen version of a data set as one file, <c>NAME.manifest.jsonl</c>: which pictures, with which contents, labels and parts. The pictures stay where they are.
/// <see cref="Dataset.OpenAsync"/> opens it like any data set, and holds every picture against its SHA-256.
/// </summary>
public static class DatasetManifest
{
    /// <summary>What the names of manifests end with.</summary>
    public const string Extension = ".manifest.jsonl";

    /// <summary>Writes a manifest of some samples of a data set, whole or not at all; an existing file is replaced. Of a manifest it is written over the same base data set.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="data">The data set.</param>
    /// <param name="samples">
    /// Its samples, in the order that they shall have, some perhaps left out or changed by <c>with</c>: <see cref="Sample.Class"/> (and <see cref="Sample.Classes"/> for several labels),
    /// <see cref="Sample.Declared"/>, <see cref="Sample.Group"/>, <see cref="Sample.Target"/>, <see cref="Sample.Boxes"/>, <see cref="Sample.Columns"/>.
    /// </param>
    /// <param name="note">Where this version comes from, in a sentence.</param>
    /// <param name="cancellationToken">Stops between samples; nothing is left behind.</param>
    /// <returns>The fingerprint that the manifest has as a data set.</returns>
    /// <exception cref="InputException">No sample is left, a label is none of the data set's, or the file cannot be written.</exception>
    public static async Task<string> WriteAsync(string path, Dataset data, IEnumerable<Sample> samples, string? note = null, CancellationToken cancellationToken = default)
    {
        string full = System.IO.Path.GetFullPath(path);
        Sample[] chosen = [.. samples];
        Check(path, data, chosen);
        string[] names = [.. chosen.Select(s => SampleNames.Of(data.BasePath, s.File))];
        string fingerprint = ContentFingerprint.Of(data.Task, data.Labels, chosen, i => names[i]);
        var header = new ManifestHeader
        {
            PictorManifest = ManifestHeader.Version,
            Base = BaseOf(full, data.BasePath),
            Task = data.Task,
            Labels = [.. data.Labels.Select(ManifestLabel.Of)],
            Fingerprint = fingerprint,
            Samples = chosen.Length,
            Created = TimeProvider.System.GetUtcNow(),
            Note = note,
        };
        string temporary = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            await using (var text = new StreamWriter(temporary, append: false, new UTF8Encoding(false), bufferSize: 1 << 16))
            {
                text.NewLine = "\n";
                await text.WriteLineAsync(JsonSerializer.Serialize(header, ManifestJson.Options));
                for (int i = 0; i < chosen.Length; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await text.WriteLineAsync(JsonSerializer.Serialize(LineOf(data, chosen[i], names[i]), ManifestJson.Options));
                }
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"The manifest cannot be written ({e.Message})", "Name a file in a folder that you may write to.", e);
        }
        finally
        {
            File.Delete(temporary);
        }

        return fingerprint;
    }

    private static void Check(string path, Dataset data, Sample[] samples)
    {
        if (samples.Length == 0)
            throw new InputException(path, "No sample would be left in the manifest", "Keep at least one.");
        foreach (Sample sample in samples)
        {
            bool known = sample.Classes.All(c => c >= 0 && c < data.Labels.Count) && sample.Boxes.All(b => b.Class >= 0 && b.Class < data.Labels.Count);
            if (!known || (data.Task == DatasetTask.SingleLabel && sample.Classes.Count != 1))
                throw new InputException(path, $"{sample.File} would have a class that is none of the data set's {data.Labels.Count}", "Give it one of them.");
        }
    }

    private static ManifestLine LineOf(Dataset data, Sample sample, string name) => new()
    {
        File = name,
        Sha256 = sample.Sha256,
        Labels = data.Task == DatasetTask.Numeric ? null : [.. sample.Classes.Select(c => data.Labels[c].Id)],
        Target = sample.Target,
        Split = sample.Declared,
        Group = sample.Group,
        Boxes = sample.Boxes.Count == 0 ? null : [.. sample.Boxes.Select(b => new ManifestBox(data.Labels[b.Class].Id, [b.Box.X, b.Box.Y, b.Box.Width, b.Box.Height]))],
        Columns = sample.Columns.Count == 0 ? null : sample.Columns,
    };

    /// <summary>Relative where both lie together, so that they can be moved together.</summary>
    private static string BaseOf(string manifest, string basePath)
    {
        const int Near = 2;
        string relative = System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(manifest)!, basePath).Replace(System.IO.Path.DirectorySeparatorChar, '/');
        return System.IO.Path.IsPathRooted(relative) || relative.Split('/').Count(s => s is "..") > Near ? basePath : relative;
    }
}

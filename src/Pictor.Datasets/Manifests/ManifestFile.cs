using System.Text;
using System.Text.Json;
using Pictor.Datasets.Assembling;

namespace Pictor.Datasets.Manifests;

/// <summary>A manifest as it is written: its header and its lines, checked as far as they can be without the pictures.</summary>
internal sealed record ManifestFile(ManifestHeader Header, IReadOnlyList<Label> Labels, IReadOnlyList<ManifestLine> Lines)
{
    private const string Remedy = "A manifest is not meant to be edited; write it anew with 'pictor dataset split' or 'pictor dataset convert --to manifest'.";

    /// <summary>True for the first bytes of a manifest.</summary>
    public static bool IsManifest(ReadOnlySpan<byte> start)
    {
        string text = Encoding.UTF8.GetString(start);
        return text.TrimStart('\uFEFF', ' ').StartsWith('{') && text.Split('\n', 2)[0].Contains("\"pictorManifest\"", StringComparison.Ordinal);
    }

    /// <exception cref="InputException">It is no manifest, of a later version, or lines are at fault: the first ones are told at once.</exception>
    public static ManifestFile Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var text = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
            ManifestHeader header = HeaderOf(path, text.ReadLine());
            Label[] labels = [.. header.Labels!.Select(l => l.ToLabel())];
            var known = labels.Select(l => l.Id).ToHashSet(StringComparer.Ordinal);
            var names = new HashSet<string>(StringComparer.Ordinal);
            var faults = new LineFaults(path);
            var lines = new List<ManifestLine>();
            int number = 1;
            while (text.ReadLine() is { } line)
            {
                cancellationToken.ThrowIfCancellationRequested();
                number++;
                if (string.IsNullOrWhiteSpace(line))
                    continue;
                if (LineOf(line, number, faults) is not { } read)
                    continue;
                if (ProblemOf(read, header.Task, known, labels, names) is { } problem)
                    faults.Add(number, problem);
                lines.Add(read);
            }

            faults.ThrowIfAny(Remedy);
            return lines.Count == header.Samples
                ? new ManifestFile(header, labels, lines)
                : throw new InputException(path, $"Its header announces {header.Samples} samples, and {lines.Count} follow", Remedy) { Code = "data.manifest" };
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException(path, "It is not UTF-8 text", Remedy, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"The file cannot be read ({e.Message})", "Check the file and its rights.", e);
        }
    }

    /// <exception cref="InputException">The content is not the one that was frozen.</exception>
    public void CheckFingerprint(string path, string fingerprint)
    {
        if (!string.Equals(fingerprint, Header.Fingerprint, StringComparison.Ordinal))
            throw new InputException(path, "Its lines are not those that its fingerprint was taken of, so it was changed after it was written", Remedy) { Code = "data.manifest" };
    }

    private static ManifestHeader HeaderOf(string path, string? line)
    {
        ManifestHeader? header = null;
        string? fault = null;
        try
        {
            header = JsonSerializer.Deserialize<ManifestHeader>(line ?? "", ManifestJson.Options);
        }
        catch (JsonException e)
        {
            fault = e.Message;
        }

        if (header is { PictorManifest: > ManifestHeader.Version })
            throw new InputException(path, $"It is a manifest of version {header.PictorManifest}, and this Pictor reads version {ManifestHeader.Version}", "Take a newer Pictor.") { Code = "data.manifest" };
        fault ??= header is null ? "it is empty"
            : header.PictorManifest != ManifestHeader.Version ? "\"pictorManifest\" is not 1"
            : string.IsNullOrWhiteSpace(header.Base) ? "\"base\" does not name a data set"
            : header.Labels is null || header.Labels.Any(l => string.IsNullOrEmpty(l?.Id)) ? "\"labels\" does not give an id for each class"
            : header.Labels.DistinctBy(l => l.Id, StringComparer.Ordinal).Count() != header.Labels.Count ? "\"labels\" has an id twice"
            : null;
        return fault is null ? header! : throw new InputException($"{path} line 1", $"It is no header of a manifest: {fault}", Remedy) { Code = "data.manifest" };
    }

    private static ManifestLine? LineOf(string line, int number, LineFaults faults)
    {
        try
        {
            return JsonSerializer.Deserialize<ManifestLine>(line, ManifestJson.Options);
        }
        catch (JsonException e)
        {
            faults.Add(number, $"it is not a sample as JSON ({e.Message})");
            return null;
        }
    }

    private static string? ProblemOf(ManifestLine line, DatasetTask task, HashSet<string> known, Label[] labels, HashSet<string> names)
    {
        if (string.IsNullOrEmpty(line.File) || line.Sha256 is not { Length: 64 })
            return "\"file\" or \"sha256\" is missing";
        if (!names.Add(line.File))
            return $"'{line.File}' was named before";
        if ((line.Labels ?? []).Concat((line.Boxes ?? []).Select(b => b?.Label)).Select(l => l ?? "").FirstOrDefault(l => !known.Contains(l)) is { } unknown)
            return $"class '{unknown}' is not among the {labels.Length} classes of its header" + (NearestWord.Of(unknown, known) is { } near ? $". Did you mean '{near}'?" : "");
        if (task == DatasetTask.SingleLabel && line.Labels is not { Count: 1 })
            return "it needs exactly one label";
        if (task == DatasetTask.Numeric && line.Target is not { } target)
            return "\"target\" is missing";
        return (line.Boxes ?? []).Any(b => b.Box is not { Count: 4 } x || !new BoundingBox(x[0], x[1], x[2], x[3]).IsValid) ? "a box is not x, y, width and height as fractions of the picture" : null;
    }
}

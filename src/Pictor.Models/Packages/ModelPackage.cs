using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pictor.Imaging;
using Pictor.Models.Labels;

namespace Pictor.Models.Packages;

/// <summary>A model package <c>NAME.pictor</c>: a stored zip of package.json, model.onnx, labels.tsv and card.md. Opening validates everything.</summary>
public sealed class ModelPackage
{
    /// <summary>Largest package file in bytes.</summary>
    public const long MaxBytes = 2_000_000_000;

    internal const string ManifestName = "package.json";
    internal const string OnnxName = "model.onnx";
    internal const string LabelsName = "labels.tsv";
    internal const string CardName = "card.md";

    private readonly string _path;
    private ReadOnlyMemory<byte>? _onnx;

    internal ModelPackage(string path, PackageManifest manifest, IReadOnlyList<Label> labels, ReadOnlyMemory<byte> onnx, string card, string sha256) =>
        (_path, Manifest, Labels, _onnx, Card, Sha256) = (Path.GetFullPath(path), manifest, labels, onnx, card, sha256);

    /// <summary>The manifest.</summary>
    public PackageManifest Manifest { get; }

    /// <summary>The classes in the order of the outputs.</summary>
    public IReadOnlyList<Label> Labels { get; }

    /// <summary>The ONNX file.</summary>
    /// <exception cref="InputException">package.changed: the package of an annotator loaded by path keeps no copy, and the file is not what it was.</exception>
    public ReadOnlyMemory<byte> Onnx => _onnx ?? OnnxOfFile();

    /// <summary>The model card in Markdown.</summary>
    public string Card { get; }

    /// <summary>SHA-256 of the package file.</summary>
    public string Sha256 { get; }

    /// <summary>NAME@VERSION.</summary>
    public string Reference => $"{Manifest.Name}@{Manifest.Version}";

    /// <summary>Reads and validates a package.</summary>
    /// <exception cref="InputException">
    /// Codes: package.not-found, package.not-readable, package.not-a-package, package.damaged, package.unknown-schema, package.missing-member, package.wrong-hash,
    /// package.bad-manifest, package.bad-labels, package.wrong-shape, package.not-runnable, package.unsupported-task.
    /// </exception>
    public static ModelPackage Open(string path) => PackageReader.Open(path);

    /// <summary>The same network, to which pictures are brought in another way. It is not what its file holds until it is written.</summary>
    public ModelPackage WithPolicy(ResizePolicy policy) =>
        new(_path, Manifest with { Input = Manifest.Input with { Policy = policy } }, Labels, Onnx, Card.Replace(ModelCard.Words(Manifest.Input.Policy), ModelCard.Words(policy), StringComparison.Ordinal), Sha256);

    /// <summary>Writes a package whole or not at all; hashes are filled in. A file that is there is replaced.</summary>
    /// <exception cref="InputException">What <see cref="Open"/> would refuse, or a file that cannot be written (package.not-written).</exception>
    public static void Write(string path, PackageManifest manifest, IReadOnlyList<Label> labels, ReadOnlyMemory<byte> onnx, string card)
    {
        byte[] labelBytes = LabelsFile.Write(labels), cardBytes = Encoding.UTF8.GetBytes(card);
        manifest = manifest with
        {
            Files = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                [OnnxName] = Hash(onnx.Span),
                [LabelsName] = Hash(labelBytes),
                [CardName] = Hash(cardBytes),
            },
        };
        PackageCheck.Manifest(path, manifest);
        PackageCheck.Contents(path, manifest, PackageReader.ReadLabels(path, labelBytes), onnx);

        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Guid.NewGuid():N}.part";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                SealedZip.Write(stream,
                [
                    (ManifestName, JsonSerializer.SerializeToUtf8Bytes(manifest, PictorJson.Indented)),
                    (OnnxName, onnx), (LabelsName, labelBytes), (CardName, cardBytes),
                ]);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new InputException(path, $"the package could not be written: {e.Message}", "Check that the folder exists, may be written and has space, then try again.", e) { Code = "package.not-written" };
        }
    }

    /// <summary>Lets go of the file's bytes; <see cref="Onnx"/> reads the file again when asked.</summary>
    internal void ReleaseOnnx() => _onnx = null;

    private ReadOnlyMemory<byte> OnnxOfFile()
    {
        ModelPackage again = Open(_path);
        return again.Sha256 == Sha256 ? again.Onnx : throw new InputException(_path, "the file has changed since it was opened", "Open it again.") { Code = "package.changed" };
    }

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first fault is the one to tell.
        }
    }
}

using System.Text;
using System.Text.Json;
using Pictor.Models.Labels;

namespace Pictor.Models.Packages;

/// <summary>Opens a package: the zip, the schema, the members, their hashes, the manifest, then that all of it agrees; the first fault found names itself.</summary>
internal static class PackageReader
{
    private static readonly string[] Members = [ModelPackage.OnnxName, ModelPackage.LabelsName, ModelPackage.CardName];

    public static ModelPackage Open(string path)
    {
        path = ShippedPackages.PathOf(path);
        byte[] file = ReadFile(path);
        Dictionary<string, ReadOnlyMemory<byte>> members = ReadZip(path, file);
        if (!members.TryGetValue(ModelPackage.ManifestName, out ReadOnlyMemory<byte> json))
            throw NotAPackage(path, "it is a zip file, but holds no package.json");
        PackageManifest manifest = ReadManifest(path, json);
        CheckMembers(path, manifest, members);
        PackageCheck.Manifest(path, manifest);
        IReadOnlyList<Label> labels = ReadLabels(path, members[ModelPackage.LabelsName].Span);
        PackageCheck.Contents(path, manifest, labels, members[ModelPackage.OnnxName]);
        string card = Encoding.UTF8.GetString(members[ModelPackage.CardName].Span);
        return new ModelPackage(path, manifest, labels, members[ModelPackage.OnnxName], card, ModelPackage.Hash(file));
    }

    public static IReadOnlyList<Label> ReadLabels(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return LabelsFile.Read(bytes);
        }
        catch (FormatException e)
        {
            throw new InputException($"{path}, labels.tsv", e.Message, "Give every class an id of its own and a name, one class a line.") { Code = "package.bad-labels" };
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            return length <= ModelPackage.MaxBytes
                ? File.ReadAllBytes(path)
                : throw NotAPackage(path, $"it has {length} bytes, and a package has at most {ModelPackage.MaxBytes}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            bool missing = e is FileNotFoundException or DirectoryNotFoundException;
            string problem = missing ? Directory.Exists(path) ? "it is a folder, not a model package" : "there is no such file" : $"it cannot be read: {e.Message}";
            throw new InputException(path, problem, $"Give the path of a .pictor file, such as runs/mnist/model.pictor{Shipped()}.", e) { Code = missing ? "package.not-found" : "package.not-readable" };
        }
    }

    private static string Shipped() => ShippedPackages.Names() is { Count: > 0 } names ? $", or the name of one that comes with Pictor: {string.Join(", ", names)}" : "";

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadZip(string path, byte[] file)
    {
        try
        {
            return SealedZip.Read(file);
        }
        catch (ZipFaultException e) when (!e.Damaged)
        {
            throw NotAPackage(path, e.Message);
        }
        catch (ZipFaultException e)
        {
            throw new InputException(path, $"the package is damaged: {e.Message}", "Copy or download it again, or train it anew.") { Code = e.BrokenSeal ? "package.wrong-hash" : "package.damaged" };
        }
    }

    private static PackageManifest ReadManifest(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            // The schema before all else: what a newer one holds is not ours to judge.
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("schema", out JsonElement schema) || !schema.TryGetInt32(out int version))
                    throw BadManifest(path, "it names no schema version", null);
                if (version > PackageManifest.CurrentSchema)
                    throw Schema(path, $"it was made by a newer Pictor: its schema is {version}, and this Pictor reads up to {PackageManifest.CurrentSchema}", "Update Pictor, or export the model again with this version.");
                if (version < 1)
                    throw Schema(path, $"its schema {version} is unknown; the first was 1", "Export the model again.");
            }

            return JsonSerializer.Deserialize<PackageManifest>(json.Span, PictorJson.Indented) ?? throw BadManifest(path, "it is empty", null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw BadManifest(path, e.Message, e);
        }
    }

    private static void CheckMembers(string path, PackageManifest manifest, Dictionary<string, ReadOnlyMemory<byte>> members)
    {
        string[] missing = [.. Members.Where(name => !members.ContainsKey(name))];
        if (missing.Length > 0)
            throw new InputException(path, $"the package lacks {string.Join(" and ", missing)}", "Copy or export it again.") { Code = "package.missing-member" };
        if (members.Keys.FirstOrDefault(name => name != ModelPackage.ManifestName && !Members.Contains(name, StringComparer.Ordinal)) is { } foreign)
            throw NotAPackage(path, $"its member '{foreign}' does not belong in a package");
        foreach (string name in Members)
        {
            if (manifest.Files is null || !manifest.Files.TryGetValue(name, out string? expected))
                throw WrongHash(path, $"package.json holds no hash of {name}");
            if (!string.Equals(expected, ModelPackage.Hash(members[name].Span), StringComparison.OrdinalIgnoreCase))
                throw WrongHash(path, $"{name} does not match its hash in package.json; it was changed or damaged");
        }
    }

    internal static InputException BadManifest(string path, string problem, Exception? inner) =>
        new($"{path}, package.json", problem, "Export the package again.", inner) { Code = "package.bad-manifest" };

    private static InputException NotAPackage(string path, string problem) =>
        new(path, $"this is no model package: {problem}", "Give a .pictor file that 'pictor train' has written.") { Code = "package.not-a-package" };

    private static InputException Schema(string path, string problem, string remedy) => new(path, problem, remedy) { Code = "package.unknown-schema" };

    private static InputException WrongHash(string path, string problem) => new(path, problem, "Copy or download it again, or train it anew.") { Code = "package.wrong-hash" };
}

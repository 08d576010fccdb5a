namespace Pictor.Models.Packages;

/// <summary>A model package <c>NAME.pictor</c>: a stored zip of package.json, model.onnx, labels.tsv and card.md. Opening validates everything.</summary>
public sealed class ModelPackage
{
    internal ModelPackage() { }

    /// <summary>The manifest.</summary>
    public PackageManifest Manifest => throw new NotImplementedException();

    /// <summary>The classes in the order of the outputs.</summary>
    public IReadOnlyList<Label> Labels => throw new NotImplementedException();

    /// <summary>The ONNX file.</summary>
    public ReadOnlyMemory<byte> Onnx => throw new NotImplementedException();

    /// <summary>The model card in Markdown.</summary>
    public string Card => throw new NotImplementedException();

    /// <summary>SHA-256 of the package file.</summary>
    public string Sha256 => throw new NotImplementedException();

    /// <summary>NAME@VERSION.</summary>
    public string Reference => $"{Manifest.Name}@{Manifest.Version}";

    /// <summary>Reads and validates a package.</summary>
    /// <exception cref="InputException">Codes: package.not-a-package, package.unknown-schema, package.missing-member, package.wrong-hash, package.wrong-shape, package.unsupported-task.</exception>
    public static ModelPackage Open(string path) => throw new NotImplementedException();

    /// <summary>Writes a package whole or not at all; hashes are filled in.</summary>
    public static void Write(string path, PackageManifest manifest, IReadOnlyList<Label> labels, ReadOnlyMemory<byte> onnx, string card) => throw new NotImplementedException();
}

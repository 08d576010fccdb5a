using System.Text.Json;
using Pictor.Library.Ingest;

namespace Pictor.Library.Keeping;

/// <summary>A member of a backup whose name does not tell its content; originals are named by their SHA-256.</summary>
internal sealed record BackupMember(string Path, long Bytes, string Sha256);

/// <summary><c>backup.json</c>: written last, so a backup without it is not one.</summary>
/// <param name="Format">Of this file.</param>
/// <param name="Library">Which library it is of.</param>
/// <param name="Schema">Of the catalogue.</param>
/// <param name="CreatedAt">When the catalogue was copied.</param>
/// <param name="Pictures">Pictures in the catalogue.</param>
/// <param name="Originals">Originals that go with it.</param>
/// <param name="Members">All else.</param>
internal sealed record BackupManifest(int Format, string Library, int Schema, DateTimeOffset CreatedAt, long Pictures, long Originals, IReadOnlyList<BackupMember> Members)
{
    internal const string FileName = "backup.json";
    internal const int Known = 1;
    internal const string SettingsFileName = "settings.json";

    internal static BackupManifest Read(Stream stream, string source)
    {
        try
        {
            BackupManifest manifest = JsonSerializer.Deserialize<BackupManifest>(stream, PictorJson.Compact) ?? throw new JsonException("it is empty");
            if (manifest.Format != Known)
                throw new InputException(source, $"this backup has format {manifest.Format}, and this Pictor knows format {Known}", "Use a newer Pictor.") { Code = "backup.newer" };
            return manifest;
        }
        catch (JsonException e)
        {
            throw new InputException(source, $"its {FileName} cannot be read: {e.Message}", "Use another backup.", e) { Code = "backup.damaged" };
        }
    }

    /// <summary>The names that a backup may hold; all others are refused, so that no name climbs out of the folder.</summary>
    internal static bool IsMember(string path)
    {
        string[] parts = path.Split('/');
        if (parts.Any(p => p.Length == 0 || p is "." or ".." || p.Contains('\\', StringComparison.Ordinal) || p.Contains(':', StringComparison.Ordinal)))
            return false;
        return parts switch
        {
            [FileName or SettingsFileName or Catalogue.CatalogueFile.FileName] => true,
            ["models", _] => true,
            [Uploads.FolderName, { Length: 2 }, { Length: >= 64 }] => true,
            _ => false,
        };
    }
}

using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;

namespace Pictor.Library.Importing;

/// <summary>The SQL of the table sidecars.</summary>
internal static class SidecarTable
{
    /// <summary>A sidecar as it was read last.</summary>
    /// <param name="Path">Absolute.</param>
    /// <param name="Said">All that it says.</param>
    /// <param name="Written">The keywords among it that Pictor wrote.</param>
    internal sealed record Row(string Path, DescriptiveMetadata Said, IReadOnlyList<string> Written);

    /// <summary>Those of a picture, in the order in which they count.</summary>
    internal static IReadOnlyList<Row> Of(SqliteConnection connection, long picture) =>
    [
        .. connection.Query<(string Path, string? Said, string? Written)>("SELECT path, said, written FROM sidecars WHERE picture = @picture ORDER BY length(path), path", new { picture })
            .Select(r => new Row(r.Path, MetadataTable.Read(r.Said), r.Written is null ? [] : JsonSerializer.Deserialize<string[]>(r.Written, PictorJson.Compact) ?? [])),
    ];

    internal static void Put(SqliteConnection connection, long picture, Sidecar sidecar, IReadOnlyList<string> written) => connection.Execute(
        "INSERT OR REPLACE INTO sidecars (path, picture, size, modified, problem, said, written) VALUES (@Path, @picture, @Size, @Modified, @Problem, @said, @written)",
        new
        {
            sidecar.Path,
            picture,
            sidecar.Size,
            sidecar.Modified,
            sidecar.Problem,
            said = MetadataTable.Write(sidecar.Said),
            written = written.Count == 0 ? null : JsonSerializer.Serialize(written, PictorJson.Compact),
        });

    internal static void Forget(SqliteConnection connection, long picture, string path) =>
        connection.Execute("DELETE FROM sidecars WHERE picture = @picture AND path = @path", new { picture, path });
}

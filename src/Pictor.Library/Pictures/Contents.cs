using Dapper;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Ingest;

namespace Pictor.Library.Pictures;

/// <summary>A picture's bytes, from any of its files that still holds them.</summary>
internal sealed class Contents(string folder, CatalogueFile catalogue)
{
    private sealed record Row(string Path, long Size, long Modified, string Sha256, string Format);

    /// <summary>A file that has the recorded size and time, or null.</summary>
    internal string? Locate(string id) =>
        RowsOf(id).Select(row => (Row: row, Path: Absolute(folder, row.Path))).FirstOrDefault(f => IsAsRecorded(f.Row, f.Path)).Path;

    /// <summary>The bytes. A file whose size or time differs counts only when its content is the same after all: what is served under an id is what the id stands for.</summary>
    internal PictureContent? Read(string id)
    {
        foreach (Row row in RowsOf(id))
        {
            string path = Absolute(folder, row.Path);
            try
            {
                if (!File.Exists(path) || new FileInfo(path).Length == 0)
                    continue;
                bool trusted = IsAsRecorded(row, path);
                byte[] bytes = File.ReadAllBytes(path);
                if (trusted || ContentHash.Sha256Of(bytes) == row.Sha256)
                    return new PictureContent(bytes, MediaTypeOf(row.Format));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another of its files may be readable.
            }
        }

        return null;
    }

    /// <summary>Originals are stored relative to the library, so that it can be moved.</summary>
    internal static string Absolute(string folder, string path) => Path.IsPathRooted(path) ? path : Path.Combine(folder, path);

    private static bool IsAsRecorded(Row row, string path) => FoundFile.Of(path) is { } now && now.Size == row.Size && now.Modified == row.Modified;

    private static string MediaTypeOf(string format) => "image/" + format;

    private List<Row> RowsOf(string id) => catalogue.Read(connection => connection.Query<Row>(
        """
        SELECT f.path, f.size, f.modified, p.sha256, p.format FROM pictures p JOIN files f ON f.picture = p.row
        WHERE p.id = @id ORDER BY f.missing, f.id
        """,
        new { id }).AsList());
}

using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;

namespace Pictor.Library.Ingest;

/// <summary>After a walk: what the catalogue knows below the same folders and the walk did not meet.</summary>
internal sealed class MissingFiles(CatalogueFile catalogue, LibraryModels models, string libraryFolder)
{
    private const int Step = 500;

    private sealed record Row(long Id, string Path, long? Picture);

    /// <summary>Marks what is gone. A file whose picture is elsewhere too was moved, or was a copy: its row goes, the picture keeps all that was said of it.</summary>
    /// <param name="roots">The folders that were walked.</param>
    /// <param name="met">Rows that were met.</param>
    /// <param name="lastRow">The greatest row before the walk; later ones were just made.</param>
    /// <param name="unreadable">What could not be looked into; nothing is known of the files there.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>Pictures that have no file any more.</returns>
    internal async Task<int> MarkAsync(IReadOnlyList<string> roots, RowSet met, long lastRow, IReadOnlyList<SkippedFile> unreadable, CancellationToken cancellationToken)
    {
        int missing = 0;
        foreach (string root in roots.Where(Directory.Exists))
        {
            long from = 0;
            while (from < lastRow)
            {
                cancellationToken.ThrowIfCancellationRequested();
                List<Row> rows = Below(root, from, lastRow);
                if (rows.Count == 0)
                    break;
                from = rows[^1].Id;
                Row[] gone = [.. rows.Where(r => !met.Contains(r.Id) && !IsBelow(r.Path, libraryFolder) && !unreadable.Any(u => r.Path == u.File || IsBelow(r.Path, u.File)))];
                if (gone.Length > 0)
                    missing += await MarkAsync(gone, cancellationToken).ConfigureAwait(false);
            }
        }

        return missing;
    }

    /// <summary>Marks single files, and whole folders, that someone saw go.</summary>
    internal async Task<int> MarkGoneAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        int missing = 0;
        foreach (string path in paths)
        {
            // Paths sort bytewise, so those below "a/b" lie between "a/b/" and "a/b0".
            List<Row> rows = catalogue.Read(connection => connection.Query<Row>(
                "SELECT id, path, picture FROM files WHERE missing = 0 AND (path = @path OR (path >= @from AND path < @to))",
                new { path, from = path + Path.DirectorySeparatorChar, to = path + (char)(Path.DirectorySeparatorChar + 1) }).AsList());
            foreach (Row[] gone in rows.Where(r => !IsBelow(r.Path, libraryFolder) && !File.Exists(r.Path)).Chunk(Step))
                missing += await MarkAsync(gone, cancellationToken).ConfigureAwait(false);
        }

        return missing;
    }

    /// <summary>How many files the catalogue has below a folder and thinks are there.</summary>
    internal long CountBelow(string root) => catalogue.Read(connection => connection.ExecuteScalar<long>(
        "SELECT count(*) FROM files WHERE missing = 0 AND path >= @from AND path < @to", new { from = root + Path.DirectorySeparatorChar, to = root + (char)(Path.DirectorySeparatorChar + 1) }));

    internal static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private List<Row> Below(string root, long from, long to) => catalogue.Read(connection => connection.Query<Row>(
        "SELECT id, path, picture FROM files WHERE id > @from AND id <= @to AND missing = 0 AND substr(path, 1, length(@prefix)) = @prefix ORDER BY id LIMIT @Step",
        new { from, to, Step, prefix = root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar }).AsList());

    private async Task<int> MarkAsync(Row[] gone, CancellationToken cancellationToken)
    {
        var touched = new HashSet<long>();
        return await catalogue.WriteAsync(
            connection =>
            {
                touched.Clear();
                VectorStore.NoteChange(connection);
                foreach (Row row in gone)
                {
                    connection.Execute("UPDATE files SET missing = 1 WHERE id = @Id", new { row.Id });
                    IngestWriter.Touch(connection, row.Picture, touched);
                }

                int lost = 0;
                foreach (Row row in gone)
                {
                    // A refused file that is gone is of no interest; neither is one whose picture has a file elsewhere.
                    if (row.Picture is not { } picture || !connection.ExecuteScalar<bool>("SELECT missing FROM pictures WHERE row = @picture", new { picture }))
                        connection.Execute("DELETE FROM files WHERE id = @Id", new { row.Id });
                    else
                        lost++;
                }

                return lost;
            },
            (_, _) =>
            {
                using AnnotatorLease? lease = models.Borrow();
                VectorStore.Follow(catalogue.Statements, lease?.Active, touched);
            },
            cancellationToken).ConfigureAwait(false);
    }
}

using System.Xml;
using Dapper;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Ingest;

namespace Pictor.Library.Importing;

/// <summary>
/// Writes what was said of pictures into sidecars beside them, on request. The catalogue stays the truth and the pictures' own files are never touched. A sidecar is written only
/// where neither it nor the picture's own metadata says all of it already.
/// </summary>
internal sealed class SidecarWriter(CatalogueFile catalogue)
{
    private const int Step = 200;

    private sealed record Row(long Id, long Picture, string Key, string Path);

    internal async Task<SidecarOutcome> WriteAsync(SidecarOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var items = new List<SidecarItem>();
        var skipped = new List<SkippedFile>();
        int unchanged = 0, modelOnly = 0, done = 0;
        long total = catalogue.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM files WHERE missing = 0 AND picture IS NOT NULL"));
        for (long last = 0; Rows(last) is { Count: > 0 } rows; last = rows[^1].Id)
        {
            foreach (Row row in rows.Where(r => Wanted(r, options)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    (SidecarItem? item, bool onlyModel) = await WriteAsync(row, options, cancellationToken).ConfigureAwait(false);
                    modelOnly += onlyModel ? 1 : 0;
                    if (item is null)
                        unchanged++;
                    else
                        items.Add(item);
                }
                catch (XmlException e)
                {
                    skipped.Add(new SkippedFile(SidecarFile.PathFor(row.Path), $"This file is not valid XMP ({e.Message.TrimEnd('.')}), so it was left alone. Mend it, or move it away, and write again."));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    skipped.Add(new SkippedFile(SidecarFile.PathFor(row.Path), $"The sidecar could not be written ({e.Message.TrimEnd('.')}). The tags are safe in the library; give yourself the right to write in this folder, and write again."));
                }
            }

            done += rows.Count;
            progress?.Report(new Progress(options.Apply ? "Writing sidecars" : "Looking at sidecars", done, total));
        }

        return new SidecarOutcome(options.Apply, [.. items.OrderBy(i => i.File, StringComparer.Ordinal)], unchanged, modelOnly, skipped);
    }

    private List<Row> Rows(long last) => catalogue.Read(connection => connection.Query<Row>(
        """
        SELECT f.id, f.picture, p.id AS Key, f.path FROM files f JOIN pictures p ON p.row = f.picture
        WHERE f.id > @last AND f.missing = 0 AND p.hidden = 0 ORDER BY f.id LIMIT @Step
        """,
        new { last, Step }).AsList());

    // Uploads are kept by the library itself, under relative paths; nobody looks for sidecars there.
    private static bool Wanted(Row row, SidecarOptions options) =>
        Path.IsPathRooted(row.Path) && (options.Paths.Count == 0 || options.Paths.Any(p => row.Path == p || MissingFiles.IsBelow(row.Path, p)));

    private async Task<(SidecarItem? Item, bool ModelOnly)> WriteAsync(Row row, SidecarOptions options, CancellationToken cancellationToken)
    {
        (SidecarContent content, DescriptiveMetadata inside, IReadOnlyList<SidecarTable.Row> known) = catalogue.Read(connection =>
            (SidecarContent.Of(connection, row.Picture, options.Models), MetadataTable.SaidIn(connection, row.Picture), SidecarTable.Of(connection, row.Picture)));
        if (content.IsEmpty && known.All(k => k.Written.Count == 0))
            return (null, content.ModelOnly);
        string path = SidecarFile.PathFor(row.Path);
        byte[]? existing = SidecarFile.Read(path);
        SidecarText text = SidecarText.Of(existing);
        SidecarTable.Row? before = known.FirstOrDefault(k => k.Path == path);
        var plan = SidecarPlan.Of(text, content, inside, before?.Written ?? []);
        if (plan.Apply(text) is not { } bytes)
            return (null, content.ModelOnly);

        if (options.Apply)
        {
            if (!File.Exists(row.Path))
                throw new FileNotFoundException($"its picture {row.Path} is no longer there");
            DateTime? time = !options.PreserveTimes ? null : existing is null ? File.GetLastWriteTimeUtc(row.Path) : File.GetLastWriteTimeUtc(path);
            SidecarFile.Write(path, bytes, time);
            FoundFile stored = FoundFile.Of(path)!;
            await catalogue.WriteAsync(
                connection =>
                {
                    SidecarTable.Put(connection, row.Picture, Sidecar.Read(stored), plan.Written);
                    return 0;
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        return (new SidecarItem(path, row.Path, row.Key, existing is null, plan.Add, plan.Remove, plan.Description, plan.Rating), content.ModelOnly);
    }
}

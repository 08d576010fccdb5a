using Dapper;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Keeping;

/// <summary>Looks at a library from outside: SQLite's own checks, the rules between rows, the folder against the catalogue. Mends each fault on its own, so that one that resists stops no other.</summary>
internal sealed class Verifier(string folder, CatalogueFile catalogue, Func<CancellationToken, Task> takeInOriginals)
{
    internal async Task<VerifyOutcome> RunAsync(VerifyOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        var faults = new List<LibraryFault>();
        progress?.Report(new Progress("Checking the catalogue", 0));
        await CheckCatalogueAsync(options, faults, cancellationToken).ConfigureAwait(false);
        foreach (CatalogueCheck check in CatalogueChecks.All)
            await CheckRowsAsync(check, options, faults, cancellationToken).ConfigureAwait(false);

        var files = new FileChecks(folder, catalogue);
        List<FileFault> found = await files.RunAsync(options.Deep, progress, cancellationToken).ConfigureAwait(false);
        foreach (FileFault fault in found)
            faults.Add(await MendAsync(fault, options, files, cancellationToken).ConfigureAwait(false));
        return new VerifyOutcome(
            CatalogueChecks.All.Count + FileKinds, catalogue.Read(c => c.ExecuteScalar<long>("SELECT count(*) FROM pictures")), files.Originals,
            faults, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    // The catalogue as a whole, foreign keys, packages (two), originals (three), thumbnails (two), saved indexes, partial files.
    private const int FileKinds = 11;

    private async Task CheckCatalogueAsync(VerifyOptions options, List<LibraryFault> faults, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> broken = catalogue.ReadAlone(CatalogueChecks.Integrity);
        if (broken.Count > 0 && options.Repair)
        {
            await catalogue.WriteAsync(
                connection =>
                {
                    CatalogueChecks.RebuildDerived(connection);
                    return 0;
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> left = catalogue.ReadAlone(CatalogueChecks.Integrity);
            faults.AddRange(broken.Except(left, StringComparer.Ordinal).Select(line => new LibraryFault("catalogue", CatalogueFile.FileName, Sentence(line), "Indexes were made anew.", true)));
            broken = left;
        }

        faults.AddRange(broken.Select(line => new LibraryFault(
            "catalogue", CatalogueFile.FileName, Sentence(line), options.Repair ? "Restore a backup: pictor library restore." : "Try --repair, which makes indexes anew; else restore a backup.", false)));
        faults.AddRange(catalogue.Read(CatalogueChecks.ForeignKeys).Select(line => new LibraryFault("catalogue.reference", line, "It names a row that is not there.", "Restore a backup: pictor library restore.", false)));
    }

    private async Task CheckRowsAsync(CatalogueCheck check, VerifyOptions options, List<LibraryFault> faults, CancellationToken cancellationToken)
    {
        List<string> subjects = Find(check);
        if (subjects.Count == 0)
            return;
        bool mended = false;
        if (options.Repair && check.Mend is { } mend)
        {
            await catalogue.WriteAsync(
                connection =>
                {
                    Finding.VectorStore.NoteChange(connection);
                    return connection.Execute(mend);
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
            mended = Find(check).Count == 0;
        }

        faults.AddRange(subjects.Select(subject => new LibraryFault(check.Name, subject, check.Problem, check.Remedy, mended)));
    }

    private List<string> Find(CatalogueCheck check) => catalogue.Read(connection => connection.Query<string>(check.Find).AsList());

    private async Task<LibraryFault> MendAsync(FileFault fault, VerifyOptions options, FileChecks files, CancellationToken cancellationToken)
    {
        var told = new LibraryFault(fault.Check, fault.File, fault.Problem, fault.Remedy, false);
        if (!options.Repair)
            return told;
        if (files.Uncatalogued.Contains(fault.File))
        {
            await takeInOriginals(cancellationToken).ConfigureAwait(false);
            if (IsCatalogued(Path.GetRelativePath(folder, fault.File).Replace('\\', '/')))
                return told with { Repaired = true };

            // Its name was not that of its content: it was taken in under the right one, and this copy is left over.
            string sha256 = FileChecks.HashOf(fault.File);
            if (!catalogue.Read(c => c.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM files WHERE path LIKE 'originals/%/' || @sha256 || '%' AND missing = 0)", new { sha256 })))
                return told with { Remedy = "It is no picture that can be read; move it away if you do not need it." };
            File.Delete(fault.File);
            return told with { Repaired = true, Remedy = "It is taken in, under the name of its content." };
        }

        if (fault.Mend is null)
            return told;
        try
        {
            await fault.Mend().ConfigureAwait(false);
            return told with { Repaired = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return told with { Remedy = $"It could not be mended: {e.Message}" };
        }
    }

    private bool IsCatalogued(string path) => catalogue.Read(c => c.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM files WHERE path = @path)", new { path }));

    private static string Sentence(string line) => line.EndsWith('.') ? line : line + ".";
}

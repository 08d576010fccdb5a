using Dapper;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Finding;
using Pictor.Library.Ownership;
using Pictor.Library.Pictures;

namespace Pictor.Library.Keeping;

/// <summary>What there is in a library, counted.</summary>
internal static class Inventory
{
    private sealed record Counts(long Pictures, long Hidden, long Missing);

    internal static LibraryInfo Of(string folder, CatalogueFile catalogue, IReadOnlyList<FolderItem> folders) => catalogue.Read(connection =>
    {
        Counts counts = connection.QuerySingle<Counts>("SELECT count(*) AS Pictures, ifnull(sum(hidden), 0) AS Hidden, ifnull(sum(missing), 0) AS Missing FROM pictures");
        (long files, long skipped) = connection.QuerySingle<(long, long)>("SELECT count(*), ifnull(sum(problem IS NOT NULL), 0) FROM files WHERE missing = 0");
        (long originals, long bytes) = connection.QuerySingle<(long, long)>("SELECT count(*), ifnull(sum(size), 0) FROM files WHERE path LIKE 'originals/%' AND missing = 0");
        long? active = DeployedModel.Active(connection)?.Id;
        Owner? owner = LibraryLock.OwnerOf(folder);
        return new LibraryInfo(
            folder, connection.ExecuteScalar<int>("PRAGMA user_version"), counts.Pictures, counts.Hidden, counts.Missing, files, skipped,
            connection.ExecuteScalar<long>("SELECT count(*) FROM annotations WHERE rank = 3 AND rejected = 0"),
            connection.ExecuteScalar<long>("SELECT count(*) FROM annotations WHERE rank = 2 AND rejected = 0"), connection.ExecuteScalar<long>("SELECT count(*) FROM annotations WHERE rejected = 1"),
            SizeOf(Path.Combine(folder, CatalogueFile.FileName)) + SizeOf(Path.Combine(folder, CatalogueFile.FileName + "-wal")),
            new FileTotals(originals, bytes), TotalsOf(Path.Combine(folder, Thumbnails.FolderName)), TotalsOf(Path.Combine(folder, VectorSnapshots.FolderName)).Bytes,
            [.. DeployedModel.All(connection).Select(m => m.ToItem(active))], folders,
            folders.Max(f => f.IndexedAt), owner?.Pid, owner?.Url);
    });

    private static long SizeOf(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;

    private static FileTotals TotalsOf(string place)
    {
        long files = 0, bytes = 0;
        foreach (FileInfo file in Directory.Exists(place) ? new DirectoryInfo(place).EnumerateFiles("*", SearchOption.AllDirectories) : [])
            (files, bytes) = (files + 1, bytes + file.Length);
        return new FileTotals(files, bytes);
    }
}

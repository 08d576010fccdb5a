using Dapper;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Keeping;
using Pictor.Library.Ownership;
using Pictor.Library.Pictures;

namespace Pictor.Library.Ingest;

/// <summary>Pictures that arrive as bytes. The file is on disk under <c>originals/</c>, named by its content, before the row that names it; only then is the answer given.</summary>
internal sealed class Uploads(string folder, CatalogueFile catalogue, Preparation preparation, IngestWriter writer, Contents contents, LibraryModels models)
{
    internal const string FolderName = "originals";

    internal async Task<UploadItem> AddAsync(string name, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        string shown = TextKey.WellFormed(Path.GetFileName(name.Replace('\\', '/'))).Trim();
        if (shown.Length == 0)
            shown = "unnamed";
        if (file.IsEmpty)
            return new UploadItem(shown, "rejected", null, "The file is empty.");
        using AnnotatorLease? lease = models.Borrow();
        return await AddAsync(shown, file, lease?.Active, cancellationToken).ConfigureAwait(false);
    }

    private async Task<UploadItem> AddAsync(string name, ReadOnlyMemory<byte> file, ActiveModel? model, CancellationToken cancellationToken, bool always = false)
    {
        string sha256 = ContentHash.Sha256Of(file.Span), path = PathOf(sha256, PictureReader.Sniff(file.Span));
        var prepared = new Prepared { Path = path, Name = name, Size = file.Length };
        await preparation.DescribeAsync(prepared, file, model, again: false, cancellationToken).ConfigureAwait(false);
        if (prepared.Problem is not null)
            return new UploadItem(name, "rejected", null, prepared.Problem);

        bool isKnown = catalogue.Read(connection => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM pictures WHERE id = @Id)", new { prepared.Id }));
        if (!always && isKnown && prepared.Planes is null && contents.Locate(prepared.Id) is not null)
            return new UploadItem(name, "known", prepared.Id, IsHidden(prepared.Id) ? "This picture was hidden; it stays so until it is brought back." : null);

        prepared = prepared.At(Store(Path.Combine(folder, path), file.Span));

        // The file is stored: from here on it is finished, whoever may have stopped waiting.
        Reading.Run([prepared], model);
        Fate[] fates = await writer.CommitAsync([prepared], model, CancellationToken.None).ConfigureAwait(false);
        return fates[0] switch
        {
            Fate.Refused => new UploadItem(name, "rejected", null, prepared.Problem),
            Fate.Added => new UploadItem(name, "added", prepared.Id, null),
            _ => new UploadItem(name, "known", prepared.Id, null),
        };
    }

    /// <summary>Files of <c>originals/</c> without a row: the process ended between storing and cataloguing, or the catalogue is new. They are taken in; nothing is ever deleted here.</summary>
    internal async Task RecoverAsync(CancellationToken cancellationToken)
    {
        string originals = Path.Combine(folder, FolderName);
        if (!Directory.Exists(originals))
            return;
        foreach (string file in Directory.EnumerateFiles(originals, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(DurableFile.PartialSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            string path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (catalogue.Read(connection => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM files WHERE path = @path)", new { path })))
                continue;
            await AddAsync(Path.GetFileName(file), await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false), model: null, cancellationToken, always: true).ConfigureAwait(false);
        }
    }

    private static FoundFile Store(string path, ReadOnlySpan<byte> file)
    {
        try
        {
            DurableFile.Write(path, file);
            return FoundFile.Of(path)!;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFull.Tell(path, e);
        }
    }

    private bool IsHidden(string id) => catalogue.Read(connection => connection.ExecuteScalar<bool>("SELECT hidden FROM pictures WHERE id = @id", new { id }));

    internal static string PathOf(string sha256, PictureFormat format) =>
        $"{FolderName}/{sha256[..2]}/{sha256}{(format is PictureFormat.Unknown ? "" : format is PictureFormat.Jpeg ? ".jpg" : "." + format.ToString().ToLowerInvariant())}";
}

using Pictor.Library.Annotating;
using Pictor.Library.Facts;
using Pictor.Library.Ingest;
using Pictor.Library.Ownership;

namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>
    /// Takes in all pictures below some folders (or single files), and lets the active model read what it has not read yet. Known files cost a stat.
    /// Files whose content has not changed keep all that was said of them, wherever they were moved to.
    /// </summary>
    /// <exception cref="InputException">A path that does not exist, or lies inside the library.</exception>
    /// <exception cref="OperationCanceledException">What was committed stays; running it again goes on from there.</exception>
    public async Task<IndexOutcome> IndexAsync(IReadOnlyList<string> paths, IndexOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new IndexOptions();
        IReadOnlyList<string> roots = IndexRoots.Of(paths, Folder);
        return (await IngestAsync(new IngestWork(roots, [], Named: true), options, progress, cancellationToken).ConfigureAwait(false)).Outcome;
    }

    /// <summary>Lets the active model read the pictures that it has not read yet, such as after it was switched.</summary>
    /// <returns>How many it has read.</returns>
    public async Task<int> AnnotateMissingAsync(IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        await _indexing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using AnnotatorLease? lease = Models.Borrow();
            return lease is null ? 0 : await new MissingReadings(_catalogue, _preparation, _writer, _contents).FillAsync(lease.Active, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _indexing.Release();
        }
    }

    /// <summary>Takes in one uploaded picture; it is kept in <c>originals/</c> and on disk when this returns. Never throws for a bad picture.</summary>
    public Task<UploadItem> AddAsync(string name, ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) =>
        Task.Run(() => _uploads.AddAsync(name, file, cancellationToken), cancellationToken);

    /// <summary>Hides a picture for good; the file stays. False when unknown.</summary>
    public async Task<bool> HideAsync(string id, string person, CancellationToken cancellationToken = default) =>
        (await _people.HideAsync(id, hidden: true, person, cancellationToken).ConfigureAwait(false)).IsKnown;

    /// <summary>Undoes <see cref="HideAsync"/>.</summary>
    public async Task<bool> UnhideAsync(string id, string person, CancellationToken cancellationToken = default) =>
        (await _people.HideAsync(id, hidden: false, person, cancellationToken).ConfigureAwait(false)).IsKnown;

    /// <summary>Sets stars (0..5) and favourite; null leaves one as it is. False when unknown.</summary>
    public async Task<bool> RateAsync(string id, int? rating, bool? favourite, string person, CancellationToken cancellationToken = default) =>
        (await _people.RateAsync(id, rating, favourite, person, cancellationToken).ConfigureAwait(false)).IsKnown;

    /// <summary>
    /// What was said of a picture, rejections last: by people, by imports, and by the active model (by the one before where the active one has not read the picture yet).
    /// One line for equal statements, that of the highest rank. Empty when unknown.
    /// </summary>
    public IReadOnlyList<AnnotationItem> Annotations(string id) => _listing.FindRow(id) is { } row
        ? _catalogue.Read<IReadOnlyList<AnnotationItem>>(connection => [.. AnnotationTable.Of(connection, row).Select(a => a.ToItem())])
        : [];

    /// <summary>A person says something of a picture; an earlier rejection of the same statement is withdrawn.</summary>
    /// <exception cref="InputException">Unknown id, an empty value, or a box that does not fit.</exception>
    public async Task<AnnotationItem> AnnotateAsync(string id, AnnotationKind kind, string value, BoundingBox? box, string person, CancellationToken cancellationToken = default) =>
        (await _people.AddAsync(id, kind, value, box, person, cancellationToken).ConfigureAwait(false)).Item;

    /// <summary>A person takes an annotation back (their own) or rejects it (a model's): the rejection outlives every re-run. False when unknown.</summary>
    public async Task<bool> RejectAsync(string id, long annotationId, string person, CancellationToken cancellationToken = default) =>
        (await _people.RejectAsync(id, annotationId, person, cancellationToken).ConfigureAwait(false)).IsKnown;

    /// <summary>
    /// A person says that a word does not hold for a picture, whether or not anyone said it: it is not found by it any more, nor by the classes below it. Facts of the file are rejected
    /// the same way. False when the picture is unknown.
    /// </summary>
    /// <exception cref="InputException">An empty word.</exception>
    public async Task<bool> RejectTagAsync(string id, string value, string person, CancellationToken cancellationToken = default) =>
        (await _people.RejectTagAsync(id, value, person, cancellationToken).ConfigureAwait(false)).IsKnown;

    /// <summary>What the file and its pixels tell without a model, rejected ones included; empty when unknown, or indexed before facts were kept.</summary>
    public IReadOnlyList<FactItem> Facts(string id) => _listing.FindRow(id) is { } row ? _catalogue.Read(connection => FactTable.Of(connection, row)) : [];

    /// <summary>What a tag is called in Chinese, by the labels of the active model and the words that Pictor ships; the tag itself where neither knows it.</summary>
    public string ChineseName(string tag) => _words.ChineseOf(tag) is var name && name == tag && FactWords.Words.Named(tag).FirstOrDefault() is { Chinese.Length: > 0 } fact ? fact.Chinese : name;

    /// <summary>The active model has given most of the pictures that it read no tag (20 pictures at least); another model, or categories of one's own, would say more.</summary>
    public bool IsModelSilent => _speechless.IsSilent;

    /// <summary>After an owner that was killed: sweeps up half-written files, and takes in originals that were stored but not yet catalogued.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        DurableFile.RemovePartials(Folder);
        await _uploads.RecoverAsync(cancellationToken).ConfigureAwait(false);
        foreach (string orphan in new Keeping.FileChecks(Folder, _catalogue).OrphanThumbnails(cancellationToken).ToList())
            File.Delete(orphan);
    }
}

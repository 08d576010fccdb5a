using Pictor.Imaging;
using Pictor.Library.Annotating;
using Pictor.Library.Catalogue;
using Pictor.Library.Correcting;
using Pictor.Library.Duplicates;
using Pictor.Library.Finding;
using Pictor.Library.Importing;
using Pictor.Library.Ingest;
using Pictor.Library.Ownership;
using Pictor.Library.Pictures;

namespace Pictor.Library;

/// <summary>How a library is opened.</summary>
public sealed record LibraryOptions
{
    /// <summary>Open without the lock, for questions only; the folder must exist. Works on a read-only folder, and while another process writes.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The address that a server writes beside the lock, so that others can reach it.</summary>
    public string? Url { get; init; }

    /// <summary>The largest files and pictures that are taken in.</summary>
    public DecodeOptions Limits { get; init; } = DecodeOptions.Default;

    /// <summary>How long a change waits for another program that holds the catalogue, in whole seconds. <value>30 s.</value></summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// A folder with a catalogue of pictures: what they are, what was said of them, and what they look like. One process at a time owns it for writing.
/// Questions are safe from several threads; changes go through one writer.
/// </summary>
public sealed partial class PictureLibrary : IAsyncDisposable
{
    private const int FrequentTags = 16;

    private readonly LibraryLock? _lock;
    private readonly CatalogueFile _catalogue;
    private readonly Listing _listing;
    private readonly PictureTable _pictures;
    private readonly ConceptSearch _concepts;
    private readonly Contents _contents;
    private readonly Thumbnails _thumbnails;
    private readonly Preparation _preparation;
    private readonly IngestWriter _writer;
    private readonly Uploads _uploads;
    private readonly PeopleAnnotations _people;
    private readonly ChangeLog _changes;
    private readonly BulkChanges _bulk;
    private readonly Embedder _embedder;
    private readonly PictureSearch _search;
    private readonly Recommender _recommender;
    private readonly Speechless _speechless;
    private readonly SidecarWriter _sidecars;
    private readonly DuplicateSearch _duplicates;
    private readonly DuplicateGroups _duplicateGroups;
    private readonly TagWords _words;
    private readonly Outlines _outlines;
    private readonly Summaries _summaries;
    private readonly SemaphoreSlim _indexing = new(1);
    private readonly TimeProvider _time;
    private bool _disposed;

    private PictureLibrary(string folder, LibraryOptions options, LibraryLock? held, CatalogueFile catalogue)
    {
        Folder = folder;
        _time = options.Time;
        _lock = held;
        _catalogue = catalogue;
        var vectors = new VectorStore(catalogue, new VectorSnapshots(folder));
        Models = new LibraryModels(folder, catalogue, vectors, options.Time);
        TagWords words = _words = new TagWords(Models);
        PictureTable pictures = _pictures = new PictureTable();
        _listing = new Listing(folder, catalogue, words, pictures);
        _outlines = new Outlines(catalogue, _listing, pictures);
        _summaries = new Summaries(catalogue);
        _contents = new Contents(folder, catalogue);
        _thumbnails = new Thumbnails(folder, _contents, options.Limits, catalogue.ReadOnly);
        _preparation = new Preparation(folder, catalogue, _thumbnails, options.Limits);
        _writer = new IngestWriter(catalogue, Models, _thumbnails, options.Time);
        _uploads = new Uploads(folder, catalogue, _preparation, _writer, _contents, Models);
        _changes = new ChangeLog(catalogue, Models, options.Time);
        _bulk = new BulkChanges(_changes, words, ResolveAsync);
        _people = new PeopleAnnotations(_changes, words);
        Embedder embedder = _embedder = new Embedder(vectors, _listing, _contents, _preparation);
        _search = new PictureSearch(catalogue, Models, embedder, new TextSearch(words, _concepts = new ConceptSearch(words, Models), new UnspacedTerms(Models)), words, _listing, pictures);
        _speechless = new Speechless(catalogue);
        _sidecars = new SidecarWriter(catalogue);
        _duplicates = new DuplicateSearch(catalogue, Models, _contents, _preparation);
        _duplicateGroups = new DuplicateGroups(folder, catalogue);
        _recommender = new Recommender(Models, embedder, _listing);
    }

    /// <summary>The folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>The models deployed here.</summary>
    public LibraryModels Models { get; }

    /// <summary>The default place: the user's data folder (XDG on Linux).</summary>
    public static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pictor", "library");

    /// <summary>Opens a library, making the folder where there is none.</summary>
    /// <exception cref="LibraryInUseException">Another process owns it; carries its pid and URL.</exception>
    /// <exception cref="InputException">Not a library, a newer one, or not writable.</exception>
    public static async Task<PictureLibrary> OpenAsync(string folder, LibraryOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LibraryOptions();
        string full = Path.GetFullPath(folder);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.ReadOnly)
            return new PictureLibrary(full, options, null, CatalogueFile.OpenForReading(full));

        LibraryFolder.Ready(full);
        LibraryLock held = LibraryFolder.Lock(full, new Owner(Environment.ProcessId, options.Url, options.Time.GetUtcNow()));
        CatalogueFile? catalogue = null;
        try
        {
            catalogue = CatalogueFile.OpenForWriting(full, patience: options.Patience);
            var library = new PictureLibrary(full, options, held, catalogue);
            if (held.UncleanBefore || catalogue.IsNew)
                await library.RecoverAsync(cancellationToken).ConfigureAwait(false);
            return library;
        }
        catch
        {
            if (catalogue is not null)
                await catalogue.DisposeAsync().ConfigureAwait(false);
            held.Dispose();
            throw;
        }
    }

    /// <summary>Pictures, newest first (by the time they were taken, else by their file's), by cursor. What is added meanwhile does not move the pages that follow.</summary>
    /// <exception cref="InputException">A wrong cursor or limit (1..10,000).</exception>
    public Page<PictureItem> List(int limit = 100, string? cursor = null, PictureFilter? filter = null) => _listing.Page(limit, cursor, filter);

    /// <summary>One picture, or null when there is none or it was hidden.</summary>
    public PictureItem? Get(string id) => _listing.Get(id);

    /// <summary>The file's bytes and media type; null when unknown or missing on disk.</summary>
    public PictureContent? Content(string id) => _listing.FindRow(id) is null ? null : _contents.Read(id);

    /// <summary>A JPEG whose longer side is at most <paramref name="size"/> (rounded up to 128, 256, 512 or 1024); made once, kept in <c>thumbnails/</c>. Null when unknown or missing.</summary>
    public Task<PictureContent?> ThumbnailAsync(string id, int size, CancellationToken cancellationToken = default) =>
        _listing.FindRow(id) is null ? Task.FromResult<PictureContent?>(null) : _thumbnails.GetAsync(id, size, cancellationToken);

    /// <summary>The same where it is kept already: no picture is read for it. Null where it would have to be made.</summary>
    public PictureContent? KeptThumbnail(string id, int size) => _listing.FindRow(id) is null ? null : _thumbnails.Kept(id, size);

    /// <summary>Pictures that look like one in the library, nearest first, however far they are; itself left out.</summary>
    /// <exception cref="InputException">Unknown id (<c>picture.unknown</c>), or no model (<c>model.none</c>).</exception>
    public Page<Hit> Similar(string id, int limit = 20, string? cursor = null) => _search.Similar(id, limit, cursor);

    /// <summary>
    /// Answers words, a picture or both. Words that fit nothing find nothing, and so does a picture from outside that is unlike anything here; else the first page is
    /// filled with the nearest pictures, further pages go as far as scores are better than chance, and the rest counts as weaker.
    /// </summary>
    /// <exception cref="InputException">Unknown id, a broken picture, no words, or no model.</exception>
    public Task<Page<Hit>> FindAsync(PictureQuery query, int limit = 20, string? cursor = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => _search.Find(query, limit, cursor), cancellationToken);

    /// <summary>Pictures for someone who likes some and dislikes others (ids, or pictures from outside); the examples are left out.</summary>
    /// <exception cref="InputException">No examples, an unknown id, a broken picture, or no model.</exception>
    public Task<Page<Hit>> RecommendAsync(IReadOnlyList<PictureExample> like, IReadOnlyList<PictureExample> dislike, int limit = 20, CancellationToken cancellationToken = default) =>
        RecommendAsync(like, dislike, [], limit, cancellationToken);

    /// <summary>The same, and what was seen already, by id, is left out too.</summary>
    /// <exception cref="InputException">No examples, an unknown id among them, a broken picture, or no model.</exception>
    public Task<Page<Hit>> RecommendAsync(
        IReadOnlyList<PictureExample> like, IReadOnlyList<PictureExample> dislike, IReadOnlyList<string> seen, int limit = 20, CancellationToken cancellationToken = default) =>
        Task.Run(() => _recommender.Recommend(like, dislike, seen, limit), cancellationToken);

    /// <summary>
    /// Loads the active model and its vectors, reads into memory what questions are answered from, and counts, so that nobody's first question waits for it: some tenths of a second at
    /// 100,000 pictures.
    /// </summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        // Words first, for that is what people ask first, and two tables at once, for there are several cores; then what only a question needs, then the model.
        await Task.WhenAll(Read(statements => _pictures.Of(statements)), Read(_concepts.WarmUp)).ConfigureAwait(false);
        await FindAsync(new PictureQuery("a"), cancellationToken: cancellationToken).ConfigureAwait(false);
        await Task.Run(
            () =>
            {
                using AnnotatorLease? lease = Models.Borrow();
                _ = lease?.Annotator;
                if (lease?.Active.Model.EmbeddingLength > 0)
                    _ = lease.Active.Vectors;
            },
            cancellationToken).ConfigureAwait(false);

        // The most frequent tags are what is asked for most; by then the code is compiled, and the pages that it reads are in memory.
        LibrarySummary summary = await Task.Run(Summarize, cancellationToken).ConfigureAwait(false);
        foreach (TagCount tag in summary.Tags.Where(t => t.Value.Any(char.IsLetterOrDigit)).Take(FrequentTags))
            await FindAsync(new PictureQuery($"\"{tag.Value.Replace('"', ' ')}\""), cancellationToken: cancellationToken).ConfigureAwait(false);

        Task Read(Action<PreparedStatements> read) => Task.Run(
            () => _catalogue.Read(connection =>
            {
                using var statements = new PreparedStatements(connection);
                read(statements);
                return true;
            }),
            cancellationToken);
    }

    /// <summary>Waits for indexing to end (cancel it first), keeps what makes the next opening quick, and gives up the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _indexing.WaitAsync().ConfigureAwait(false);
        if (!_catalogue.ReadOnly)
            Models.SaveVectors();
        Models.Close();
        _preparation.Dispose();
        await _catalogue.DisposeAsync().ConfigureAwait(false);
        _lock?.Dispose();
    }
}

namespace Pictor.Library;

/// <summary>How a library is opened.</summary>
public sealed record LibraryOptions
{
    /// <summary>Open without the lock, for questions only; the folder must exist.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The address that a server writes into the lock, so that others can reach it.</summary>
    public string? Url { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// A folder with a catalogue of pictures: what they are, what was said of them, and what they look like. One process at a time owns it for writing.
/// Questions are safe from several threads; changes go through one writer.
/// </summary>
public sealed partial class PictureLibrary : IAsyncDisposable
{
    internal PictureLibrary() { }

    /// <summary>The folder.</summary>
    public string Folder => throw new NotImplementedException();

    /// <summary>The models deployed here.</summary>
    public LibraryModels Models => throw new NotImplementedException();

    /// <summary>The default place: the user's data folder (XDG on Linux).</summary>
    public static string DefaultFolder => throw new NotImplementedException();

    /// <summary>Opens a library, making the folder where there is none.</summary>
    /// <exception cref="LibraryInUseException">Another process owns it; carries its pid and URL.</exception>
    /// <exception cref="InputException">Not a library, a newer one, or not writable.</exception>
    public static Task<PictureLibrary> OpenAsync(string folder, LibraryOptions? options = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Takes in all pictures below some folders (or single files). Known files cost a stat.</summary>
    public Task<IndexOutcome> IndexAsync(IReadOnlyList<string> paths, IndexOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Takes in one uploaded picture; it is kept in <c>originals/</c>. Never throws for a bad picture.</summary>
    public Task<UploadItem> AddAsync(string name, ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Pictures, newest first, by cursor.</summary>
    public Page<PictureItem> List(int limit = 100, string? cursor = null, PictureFilter? filter = null) => throw new NotImplementedException();

    /// <summary>One picture, or null.</summary>
    public PictureItem? Get(string id) => throw new NotImplementedException();

    /// <summary>Hides a picture for good; the file stays. False when unknown.</summary>
    public Task<bool> HideAsync(string id, string person, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Undoes <see cref="HideAsync"/>.</summary>
    public Task<bool> UnhideAsync(string id, string person, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>What was said of a picture, rejections included.</summary>
    public IReadOnlyList<AnnotationItem> Annotations(string id) => throw new NotImplementedException();

    /// <summary>A person says something of a picture.</summary>
    public Task<AnnotationItem> AnnotateAsync(string id, AnnotationKind kind, string value, BoundingBox? box, string person, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>A person takes an annotation back (their own) or rejects it (a model's): the rejection outlives every re-run.</summary>
    public Task<bool> RejectAsync(string id, long annotationId, string person, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The file's bytes and media type; null when unknown or missing on disk.</summary>
    public PictureContent? Content(string id) => throw new NotImplementedException();

    /// <summary>A JPEG whose longer side is at most <paramref name="size"/> (rounded up to 128, 256, 512 or 1024); made once, kept in <c>thumbnails/</c>.</summary>
    public Task<PictureContent?> ThumbnailAsync(string id, int size, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Pictures that look like one in the library; itself left out.</summary>
    public Page<Hit> Similar(string id, int limit = 20, string? cursor = null) => throw new NotImplementedException();

    /// <summary>Answers words, a picture or both.</summary>
    public Task<Page<Hit>> FindAsync(PictureQuery query, int limit = 20, string? cursor = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Pictures for someone who likes some and dislikes others (ids, or pictures from outside); the examples are left out.</summary>
    public Task<Page<Hit>> RecommendAsync(IReadOnlyList<PictureExample> like, IReadOnlyList<PictureExample> dislike, int limit = 20, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Counts and tags, for the page's side bar and for metrics.</summary>
    public LibrarySummary Summarize() => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

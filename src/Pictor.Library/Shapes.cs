namespace Pictor.Library;

/// <summary>A page of results and the way to the next.</summary>
/// <param name="Items">The results.</param>
/// <param name="NextCursor">Opaque; null on the last page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Weaker">For a search: how many weaker matches were folded away.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, int Total, int? Weaker = null);

/// <summary>A picture of the library.</summary>
public sealed record PictureItem(
    string Id, string File, IReadOnlyList<string> Files, int Width, int Height, long Bytes, string Format,
    DateTime? TakenAt, DateTimeOffset AddedAt, bool Missing, bool Favourite, int Rating);

/// <summary>A stored annotation.</summary>
public sealed record AnnotationItem(
    long Id, AnnotationKind Kind, string Value, string? LabelId, double Confidence, string Source, BoundingBox? Box, bool Rejected, DateTimeOffset Time);

/// <summary>What the file or its pixels tell without a model: year, season, colour, screenshot, ...; <paramref name="Share"/> is a colour's share of the picture.</summary>
public sealed record FactItem(string Fact, string English, string Chinese, double? Share, bool Rejected);

/// <summary>Why a picture was found: kind picture | tag | concept | fact | word | filter | like | dislike | variety, what matched, and its share.</summary>
public sealed record HitReason(string Kind, string Value, double Score);

/// <summary>A found picture with its score 0..1 and the reasons.</summary>
public sealed record Hit(string Id, string File, double Score, IReadOnlyList<HitReason> Reasons);

/// <summary>What to keep of a listing. Null: all.</summary>
public sealed record PictureFilter(string? Tag = null, bool IncludeMissing = true)
{
    /// <summary>Filters in the language of docs/search.md: <c>date:2023 rating:&gt;=4</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>In which order; relevance means newest first.</summary>
    public SearchSort Sort { get; init; }
}

/// <summary>A question: words, a picture, examples, filters; at least one of them. The language of text and filters is described in docs/search.md.</summary>
/// <param name="Text">Words: tags, concepts, facts, texts, names of files and folders; -words; filters such as tag:beach.</param>
/// <param name="Picture">A picture to resemble.</param>
public sealed record PictureQuery(string? Text = null, PictureExample? Picture = null)
{
    /// <summary>Filters alone: <c>tag:beach rating:&gt;=4</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>In which order.</summary>
    public SearchSort Sort { get; init; }

    /// <summary>Pictures of which more is wanted.</summary>
    public IReadOnlyList<PictureExample> Like { get; init; } = [];

    /// <summary>Pictures of which less is wanted.</summary>
    public IReadOnlyList<PictureExample> Dislike { get; init; } = [];

    /// <summary>Also give what fits hardly better than chance, after the rest.</summary>
    public bool IncludeWeaker { get; init; }
}

/// <summary>A picture as an example: one of the library by id, or a file's bytes.</summary>
public sealed record PictureExample(string? Id, string? Name = null, ReadOnlyMemory<byte>? File = null)
{
    /// <summary>The part of it that counts; null: all of it.</summary>
    public BoundingBox? Region { get; init; }
}

/// <summary>A file to send.</summary>
public sealed record PictureContent(byte[] Bytes, string MediaType);

/// <summary>Outcome of one upload: added | known | rejected.</summary>
public sealed record UploadItem(string Name, string Status, string? Id, string? Problem);

/// <summary>How to index.</summary>
public sealed record IndexOptions
{
    /// <summary>Annotate known pictures anew with the active model.</summary>
    public bool Again { get; init; }

    /// <summary>Try files again that failed before and have not changed since.</summary>
    public bool RetryFailed { get; init; }
}

/// <summary>What indexing did.</summary>
public sealed record IndexOutcome(int Added, int Known, int Changed, int Missing, IReadOnlyList<SkippedFile> Skipped, double Seconds);

/// <summary>A tag and how many pictures carry it.</summary>
public sealed record TagCount(string Value, int Count);

/// <summary>Counts of a library.</summary>
public sealed record LibrarySummary(int Pictures, int Missing, int Skipped, string? ActiveModel, IReadOnlyList<TagCount> Tags);

/// <summary>A deployed model.</summary>
public sealed record ModelItem(string Name, string Version, bool Active, int Classes, int EmbeddingLength, string Sha256, DateTimeOffset AddedAt);

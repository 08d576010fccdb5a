using Pictor.Library;

namespace Pictor.Server.Search;

/// <summary>A question: words, filters, a picture of the library, examples, in any mixture. A picture from outside comes as a file beside it.</summary>
/// <param name="Text">Words: tags, concepts, facts, texts, names of files and folders; -words; filters such as tag:beach. docs/search.md has the grammar.</param>
/// <param name="ImageId">A picture of the library to resemble.</param>
/// <param name="Region">The part of that picture, or of the file, that counts: fractions 0..1 of the upright picture.</param>
/// <param name="Like">Ids of pictures of which more is wanted.</param>
/// <param name="Dislike">Ids of pictures of which less is wanted.</param>
/// <param name="Filter">Filters alone: date:2023-07..2023-08 rating:>=4.</param>
/// <param name="Sort">relevance, newest, oldest, rating, size or name. Default: relevance.</param>
/// <param name="Weaker">Also what fits hardly better than chance. Default: false, then 'weaker' tells how many there are.</param>
/// <param name="Limit">Results a page, 1 to 1000. Default: 20.</param>
/// <param name="Cursor">From the page before.</param>
internal sealed record SearchRequest(
    string? Text = null, string? ImageId = null, BoundingBox? Region = null, IReadOnlyList<string>? Like = null, IReadOnlyList<string>? Dislike = null,
    string? Filter = null, string? Sort = null, bool Weaker = false, int? Limit = null, string? Cursor = null);

namespace Pictor.Server.Search;

/// <summary>A question: words, a picture of the library, or both. A picture from outside comes as a file beside it.</summary>
/// <param name="Text">Words: tags, file names.</param>
/// <param name="ImageId">A picture of the library to resemble.</param>
/// <param name="Limit">Results a page, 1 to 1000. Default: 20.</param>
/// <param name="Cursor">From the page before.</param>
internal sealed record SearchRequest(string? Text = null, string? ImageId = null, int? Limit = null, string? Cursor = null);

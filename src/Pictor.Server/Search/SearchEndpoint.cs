using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Images;
using Pictor.Server.OpenApi;
using Pictor.Server.Recommendations;

namespace Pictor.Server.Search;

/// <summary>POST search: by words, filters, a picture of the library or one sent along, examples.</summary>
internal static class SearchEndpoint
{
    public static void Map(RouteGroupBuilder api) => api
        .MapPost("search", SearchAsync)
        .WithTags("search")
        .WithSummary("Find pictures by words, filters, a picture and examples")
        .WithDescription("JSON, or a multipart form with the picture as 'file' and that JSON as 'query'. Each result carries its score and reasons; no result is an honest answer, and 'weaker' counts what fits hardly better than chance. A wrong filter is an error that names the character where it stands.")
        .Accepts<SearchRequest>("application/json", "multipart/form-data")
        .AcceptsFiles("file", raw: false)
        .Problems(404, 409, 413, 415, 422);

    private static async Task<Ok<Page<Hit>>> SearchAsync(
        HttpRequest request, FileParts files, PictureLibrary library, IntakeGate gate, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return TypedResults.Ok(await FindAsync(await JsonBody.ReadAsync<SearchRequest>(request, cancellationToken), null, library, gate, cancellationToken));

        (SearchRequest query, FilePart? file) = await ReadFormAsync(request, files, cancellationToken);
        using (file)
            return TypedResults.Ok(await FindAsync(query, file, library, gate, cancellationToken));
    }

    public static async Task<Page<Hit>> FindAsync(SearchRequest query, FilePart? file, PictureLibrary library, IntakeGate gate, CancellationToken cancellationToken)
    {
        string? text = string.IsNullOrWhiteSpace(query.Text) ? null : query.Text.Trim();
        if (text is null && query.ImageId is null && file is null && string.IsNullOrWhiteSpace(query.Filter) && query.Like is null or { Count: 0 } && query.Dislike is null or { Count: 0 })
            throw new InputException("query", "asks for nothing", "Give 'text', 'filter', 'imageId', 'like' or a picture as 'file'.") { Code = "query.empty" };
        if (query.ImageId is not null && file is not null)
            throw new InputException("query", "has both 'imageId' and a file", "Give one picture to resemble.") { Code = "query.invalid" };
        if (query.Region is not null && query.ImageId is null && file is null)
            throw new InputException("region", "is given without a picture", "Name the picture as 'imageId', or send it as 'file'.") { Code = "query.invalid" };
        if (file is { Bytes: null })
            throw BodyLimits.TooLarge(file.NameOrDefault, file.Limit);
        if (query.ImageId is { } id)
            library.GetOrThrow(id);

        PictureExample? example = file is not null ? new(null, file.NameOrDefault, file.Content) : query.ImageId is { } known ? new(known) : null;
        var question = new PictureQuery(text, example is null ? null : example with { Region = query.Region })
        {
            Filter = query.Filter,
            Sort = SortOrder.Of(query.Sort),
            Like = RecommendationEndpoint.Examples(library, query.Like ?? []),
            Dislike = RecommendationEndpoint.Examples(library, query.Dislike ?? []),
            IncludeWeaker = query.Weaker,
        };
        using (await gate.EnterAsync(cancellationToken))
            return await library.FindAsync(question, Limits.Page(query.Limit, 20), query.Cursor, cancellationToken);
    }

    private static async Task<(SearchRequest Query, FilePart? File)> ReadFormAsync(HttpRequest request, FileParts files, CancellationToken cancellationToken)
    {
        SearchRequest query = new();
        FilePart? file = null;
        try
        {
            await foreach (FilePart part in files.ReadAsync(request, cancellationToken))
            {
                if (part is { Field: "file", Name: not null })
                {
                    file?.Dispose();
                    file = part;
                    continue;
                }

                using (part)
                {
                    if (part.Field != "query")
                        throw new InputException("body", $"the part '{part.Field}' is not known here", "Send the picture as 'file' and the question as 'query'.") { Code = "body.unknown-field" };
                    query = JsonBody.Parse<SearchRequest>(part.Content.Span);
                }
            }

            return (query, file);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }
}

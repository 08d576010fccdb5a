using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Images;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Search;

/// <summary>POST search: by words, by a picture of the library, by a picture sent along.</summary>
internal static class SearchEndpoint
{
    public static void Map(RouteGroupBuilder api) => api
        .MapPost("search", SearchAsync)
        .WithTags("search")
        .WithSummary("Find pictures by words or by a picture")
        .WithDescription("JSON, or a multipart form with the picture as 'file' and that JSON as 'query'. Each result carries its score and reasons; no result is an honest answer.")
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
        if (text is null && query.ImageId is null && file is null)
            throw new InputException("query", "asks for nothing", "Give 'text', 'imageId' or a picture as 'file'.") { Code = "query.empty" };
        if (query.ImageId is not null && file is not null)
            throw new InputException("query", "has both 'imageId' and a file", "Give one picture to resemble.") { Code = "query.invalid" };
        if (file is { Bytes: null })
            throw BodyLimits.TooLarge(file.NameOrDefault, file.Limit);
        if (query.ImageId is { } id)
            library.GetOrThrow(id);

        PictureExample? example = file is not null ? new(null, file.NameOrDefault, file.Content) : query.ImageId is { } known ? new(known) : null;
        using (await gate.EnterAsync(cancellationToken))
            return await library.FindAsync(new(text, example), Limits.Page(query.Limit, 20), query.Cursor, cancellationToken);
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

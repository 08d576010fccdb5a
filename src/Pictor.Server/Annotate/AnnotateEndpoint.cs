using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Models.Annotators;
using Pictor.Server.Bodies;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Annotate;

/// <summary>The answer: one item per file, in the order sent.</summary>
internal sealed record AnnotateAnswer(IReadOnlyList<AnnotatedPicture> Items);

/// <summary>POST annotate: files in, what the active model says of them out; nothing is stored.</summary>
internal static class AnnotateEndpoint
{
    public static void Map(RouteGroupBuilder api) => api
        .MapPost("annotate", AnnotateAsync)
        .WithTags("annotate")
        .WithSummary("Say what is in a picture")
        .WithDescription("Takes a multipart form with one or more parts 'file', or a picture as the raw body. Nothing is stored. With several files, one that cannot be read is an item with 'problem'; a single one is a problem answer.")
        .AcceptsFiles("file")
        .Problems(409, 413, 415, 422);

    private static async Task<Ok<AnnotateAnswer>> AnnotateAsync(
        HttpRequest request, FileParts files, PictureAnnotator annotator, int? top, CancellationToken cancellationToken)
    {
        int count = Limits.Within("top", top, 5, 1, 1000);
        var items = new List<AnnotatedPicture>();
        InputException? first = null;
        await foreach (FilePart part in files.ReadAsync(request, cancellationToken))
        {
            using FilePart file = part;
            RequireFile(file);
            try
            {
                if (file.Bytes is null)
                    throw BodyLimits.TooLarge(file.NameOrDefault, file.Limit);
                items.Add(await annotator.AnnotateAsync(file.NameOrDefault, file.Content, count, cancellationToken));
            }
            catch (InputException e) when (e.Code.StartsWith("picture.", StringComparison.Ordinal) || e.Code == "body.too-large")
            {
                first ??= e;
                items.Add(new(file.NameOrDefault, null, null, null, [], []) { Problem = e.Message });
            }
        }

        if (items.Count == 0)
            throw new InputException("body", "holds no file", "Send the picture as multipart part 'file', or as the body itself.") { Code = "body.no-file" };
        if (items.Count == 1 && first is not null)
            throw first;
        return TypedResults.Ok(new AnnotateAnswer(items));
    }

    private static void RequireFile(FilePart part)
    {
        if (part.Field is not ("" or "file" or "files"))
            throw new InputException("body", $"the part '{part.Field}' is not known here", "Name the part 'file'.") { Code = "body.unknown-field" };
        if (part.Field.Length == 0 && part.Content.IsEmpty)
            throw new InputException("body", "is empty", "Send the picture as multipart part 'file', or as the body itself.") { Code = "body.no-file" };
    }
}

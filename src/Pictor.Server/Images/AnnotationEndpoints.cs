using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Corrections;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Images;

/// <summary>What a person says of a picture.</summary>
/// <param name="Kind">tag, box, text or caption. Default: tag.</param>
/// <param name="Value">The word, text or sentence; at most 500 characters.</param>
/// <param name="Box">Where it holds: fractions 0..1 of the upright picture; a box needs one.</param>
internal sealed record NewAnnotation(string? Value, AnnotationKind Kind = AnnotationKind.Tag, BoundingBox? Box = null);

/// <summary>All annotations of a picture.</summary>
internal sealed record AnnotationList(IReadOnlyList<AnnotationItem> Items);

/// <summary>What was said of a picture, by models and people; people add and reject.</summary>
internal static class AnnotationEndpoints
{
    private const int LongestValue = 500;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder annotations = api.MapGroup("images/{id}/annotations").WithTags("annotations");
        annotations.MapGet("", List).WithSummary("What was said of a picture, rejections included").Problems(404);
        annotations.MapPost("", AddAsync)
            .WithSummary("Say something of a picture")
            .WithDescription($"Also takes back the rejection of the same tag. The header {ChangeAnnouncer.Header} names the change, for undo; so for the deletions.")
            .Accepts<NewAnnotation>("application/json")
            .LimitBody(BodyLimits.Json)
            .Problems(404, 415);
        annotations.MapDelete("{annotationId:long}", RejectAsync)
            .WithSummary("Reject or take back an annotation")
            .WithDescription("A person's own is taken back; a model's is rejected for good, whatever later runs say.")
            .Problems(404);
        annotations.MapDelete("", RejectWordAsync)
            .WithSummary("Reject a word for a picture, whether or not anyone said it")
            .WithDescription("?value=dog: neither the word nor a class below it finds the picture any more. Takes facts of the file (blurry, red) as well.")
            .Problems(404);
    }

    private static async Task<NoContent> RejectWordAsync(
        HttpResponse response, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, string id, string value, CancellationToken cancellationToken)
    {
        library.GetOrThrow(id);
        if (value.Length > LongestValue)
            throw Invalid("value", "is longer than 500 characters", "Name one tag or fact.");
        ChangeReceipt receipt = await library.ChangeAsync(new PictureSelection { Ids = [id] }, new BulkChange { Reject = [value] }, options.User, cancellationToken);
        announcer.Announce(receipt, "annotated", [id]);
        ChangeAnnouncer.Name(response, receipt);
        return TypedResults.NoContent();
    }

    private static Ok<AnnotationList> List(PictureLibrary library, string id)
    {
        library.GetOrThrow(id);
        return TypedResults.Ok(new AnnotationList(library.Annotations(id)));
    }

    private static async Task<Created<AnnotationItem>> AddAsync(
        HttpRequest request, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, string id, CancellationToken cancellationToken)
    {
        NewAnnotation body = await JsonBody.ReadAsync<NewAnnotation>(request, cancellationToken);
        string value = body.Value?.Trim() ?? "";
        if (value.Length is 0 or > LongestValue)
            throw Invalid("value", value.Length == 0 ? "is missing or empty" : "is longer than 500 characters", "Send what the picture shows, such as {\"kind\": \"tag\", \"value\": \"cat\"}.");
        if (body.Box is { IsValid: false })
            throw Invalid("box", "does not lie inside the picture", "Give x, y, width and height as fractions 0..1 of the picture.");
        if (body.Kind == AnnotationKind.Box && body.Box is null)
            throw Invalid("box", "is missing", "An annotation of kind box tells where: {\"x\": 0.1, \"y\": 0.1, \"width\": 0.5, \"height\": 0.5}.");

        library.GetOrThrow(id);
        (AnnotationItem item, ChangeReceipt receipt) = await library.SayAsync(id, body.Kind, value, body.Box, options.User, cancellationToken);
        announcer.Announce(receipt, "annotated", [id]);
        ChangeAnnouncer.Name(request.HttpContext.Response, receipt);
        return TypedResults.Created(FormattableString.Invariant($"/api/v1/images/{id}/annotations/{item.Id}"), item);
    }

    private static async Task<NoContent> RejectAsync(
        HttpResponse response, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, string id, long annotationId, CancellationToken cancellationToken)
    {
        library.GetOrThrow(id);
        if (await library.DenyAsync(id, annotationId, options.User, cancellationToken) is not { } receipt)
        {
            throw new InputException(FormattableString.Invariant($"annotation {annotationId}"), $"picture '{id}' has no such annotation", "GET its annotations for the ids.")
            { Code = "annotation.unknown" };
        }

        announcer.Announce(receipt, "annotated", [id]);
        ChangeAnnouncer.Name(response, receipt);
        return TypedResults.NoContent();
    }

    private static InputException Invalid(string field, string problem, string remedy) => new(field, problem, remedy) { Code = "body.invalid-field" };
}

using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Images;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Corrections;

/// <summary>Stars and favourite; what is left out stays as it is.</summary>
/// <param name="Rating">0 (none) to 5 stars.</param>
/// <param name="Favourite">Mark or unmark.</param>
internal sealed record PictureRating(int? Rating = null, bool? Favourite = null);

/// <summary>The history, undo, and stars.</summary>
internal static class ChangeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder changes = api.MapGroup("changes").WithTags("changes");
        changes.MapGet("", List)
            .WithSummary("What people changed: who, when, what; newest first")
            .WithDescription("'person' keeps one person's, 'imageId' those that touched a picture.");
        changes.MapGet("{id:long}", (PictureLibrary library, long id) => TypedResults.Ok(library.Change(id) ?? throw Unknown(id))).WithSummary("One change").Problems(404);
        changes.MapPost("{id:long}/undo", UndoAsync).WithSummary("Take a change back").WithDescription(UndoDescription).Problems(404, 409);
        api.MapPost("undo/{id:long}", UndoAsync).WithTags("changes").WithSummary("Take a change back").WithDescription(UndoDescription).Problems(404, 409);
        api.MapPatch("images/{id}", RateAsync)
            .WithTags("images")
            .WithSummary("Stars and favourite of a picture")
            .WithDescription($"The header {ChangeAnnouncer.Header} names the change, for undo.")
            .Accepts<PictureRating>("application/json")
            .LimitBody(BodyLimits.Json)
            .Problems(404, 415);
    }

    private const string UndoDescription = "However many pictures it was. What somebody said of them later stays; 'kept' counts that. The undo is a change itself: undoing it does the first one again.";

    private static Ok<Page<ChangeItem>> List(PictureLibrary library, int? limit, string? cursor, string? person, string? imageId) =>
        TypedResults.Ok(library.Changes(Limits.Page(limit), cursor, new ChangeFilter(person, imageId)));

    private static async Task<Ok<ChangeReceipt>> UndoAsync(PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, long id, CancellationToken cancellationToken)
    {
        ChangeReceipt receipt = await library.UndoAsync(id, options.User, cancellationToken);
        announcer.Announce(receipt, "annotated", library.Change(id)?.PictureId is { } picture ? [picture] : []);
        return TypedResults.Ok(receipt);
    }

    private static async Task<Ok<PictureItem>> RateAsync(
        HttpContext context, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, string id, CancellationToken cancellationToken)
    {
        PictureRating body = await JsonBody.ReadAsync<PictureRating>(context.Request, cancellationToken);
        if (body is { Rating: null, Favourite: null })
            throw new InputException("body", "has neither 'rating' nor 'favourite'", "Send {\"rating\": 4} or {\"favourite\": true}.") { Code = "body.invalid-field" };
        library.GetOrThrow(id);
        ChangeReceipt receipt = await library.ChangeAsync(
            new PictureSelection { Ids = [id] }, new BulkChange { Rating = body.Rating, Favourite = body.Favourite }, options.User, cancellationToken);
        announcer.Announce(receipt, "annotated", [id]);
        ChangeAnnouncer.Name(context.Response, receipt);
        return TypedResults.Ok(library.GetOrThrow(id));
    }

    private static InputException Unknown(long id) =>
        new(string.Create(CultureInfo.InvariantCulture, $"change {id}"), "is not in this library's history", "GET /api/v1/changes lists the changes.") { Code = "change.unknown" };
}

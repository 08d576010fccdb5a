using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Images;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Corrections;

/// <summary>All collections.</summary>
internal sealed record CollectionList(IReadOnlyList<CollectionItem> Items);

/// <summary>A new collection, by hand or of a saved query.</summary>
/// <param name="Name">Unique, whatever its case.</param>
/// <param name="Query">Words to look for whenever it is opened; leave out for one by hand.</param>
/// <param name="Ids">Its first pictures.</param>
internal sealed record NewCollection(string? Name, string? Query = null, IReadOnlyList<string>? Ids = null);

/// <summary>What to change of a collection; what is left out stays.</summary>
/// <param name="Name">Another name.</param>
/// <param name="Query">Another query, for a saved one.</param>
/// <param name="Add">Ids of pictures to put in.</param>
/// <param name="AddQuery">All results of a search, to put in.</param>
/// <param name="Remove">Ids of pictures to take out.</param>
internal sealed record CollectionChange(string? Name = null, string? Query = null, IReadOnlyList<string>? Add = null, BulkQuery? AddQuery = null, IReadOnlyList<string>? Remove = null);

/// <summary>Automatic groups, a page of them.</summary>
internal sealed record GroupList(IReadOnlyList<PictureGroup> Items, int Total);

/// <summary>Collections by hand and by saved query, and groups that nobody had to make.</summary>
internal static class CollectionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder collections = api.MapGroup("collections").WithTags("collections");
        collections.MapGet("", (PictureLibrary library) => TypedResults.Ok(new CollectionList(library.Collections()))).WithSummary("All collections by name");
        collections.MapPost("", CreateAsync).WithSummary("Make a collection, by hand or of a saved query").Accepts<NewCollection>("application/json").LimitBody(BodyLimits.Json).Problems(404, 409, 415);
        collections.MapGet("{id}", (PictureLibrary library, string id) => TypedResults.Ok(library.Collection(id))).WithSummary("One collection, by id or name").Problems(404);
        collections.MapGet("{id}/images", PicturesAsync).WithSummary("The pictures of a collection").WithDescription("In the order in which they were put in, or as the saved query finds them now.").Problems(404);
        collections.MapPatch("{id}", ChangeAsync).WithSummary("Rename a collection, put pictures in or take them out").Accepts<CollectionChange>("application/json").LimitBody(BodyLimits.Json).Problems(404, 409, 415);
        collections.MapDelete("{id}", DeleteAsync).WithSummary("Delete a collection").WithDescription("Its pictures stay, and 'undo' of the answer brings it back.").Problems(404);
        api.MapGet("groups", GroupsAsync).WithTags("collections")
            .WithSummary("Pictures that belong together, named from their tags")
            .WithDescription("by=event: by gaps in time, newest first. by=look: by what the model sees, largest first. Each with its first pictures; 'ids' tells how many, 4 by default.")
            .Problems(409);
    }

    private static async Task<Created<CollectionItem>> CreateAsync(
        HttpRequest request, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, CancellationToken cancellationToken)
    {
        NewCollection body = await JsonBody.ReadAsync<NewCollection>(request, cancellationToken);
        (CollectionItem item, ChangeReceipt receipt) = await library.CreateCollectionAsync(body.Name ?? "", body.Query, Selection(body.Ids), options.User, cancellationToken);
        announcer.Announce(receipt, "annotated", []);
        ChangeAnnouncer.Name(request.HttpContext.Response, receipt);
        return TypedResults.Created(FormattableString.Invariant($"/api/v1/collections/{item.Id}"), item);
    }

    private static async Task<Ok<Page<PictureItem>>> PicturesAsync(PictureLibrary library, string id, int? limit, string? cursor, CancellationToken cancellationToken) =>
        TypedResults.Ok(await library.CollectionPicturesAsync(id, Limits.Page(limit), cursor, cancellationToken));

    private static async Task<Ok<ChangeReceipt>> ChangeAsync(
        HttpRequest request, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, string id, CancellationToken cancellationToken)
    {
        CollectionChange body = await JsonBody.ReadAsync<CollectionChange>(request, cancellationToken);
        if (body is { Add: not null, AddQuery: not null })
            throw new InputException("body", "has both 'add' and 'addQuery'", "Give one of the two.") { Code = "body.invalid-field" };
        ChangeReceipt receipt = await library.ChangeCollectionAsync(
            id, body.Name, body.Query, body.AddQuery?.ToSelection(library) ?? Selection(body.Add), Selection(body.Remove), options.User, cancellationToken);
        announcer.Announce(receipt, "annotated", []);
        return TypedResults.Ok(receipt);
    }

    private static async Task<Ok<ChangeReceipt>> DeleteAsync(PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, string id, CancellationToken cancellationToken)
    {
        ChangeReceipt receipt = await library.DeleteCollectionAsync(id, options.User, cancellationToken);
        announcer.Announce(receipt, "annotated", []);
        return TypedResults.Ok(receipt);
    }

    private static async Task<Ok<GroupList>> GroupsAsync(PictureLibrary library, string? by, int? limit, int? ids, CancellationToken cancellationToken)
    {
        int shown = Limits.Within("ids", ids, 4, 0, 10_000);
        IReadOnlyList<PictureGroup> groups = await library.GroupsAsync(ViewQuestion.ParseGroup(by), cancellationToken);
        return TypedResults.Ok(new GroupList([.. groups.Take(Limits.Page(limit)).Select(g => g with { Ids = [.. g.Ids.Take(shown)] })], groups.Count));
    }

    private static PictureSelection? Selection(IReadOnlyList<string>? ids)
    {
        if (ids?.Any(id => id is null) == true)
            throw new InputException("ids", "has null in a list", "Leave it out.") { Code = "body.invalid-field" };
        return ids is null ? null : new PictureSelection { Ids = ids };
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Corrections;
using Pictor.Server.Jobs;
using Pictor.Server.OpenApi;
using Pictor.Server.Search;

namespace Pictor.Server.Images;

/// <summary>The pictures of the library: list, look up, hide and bring back.</summary>
internal static class ImageEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder images = api.MapGroup("images").WithTags("images");
        images.MapGet("", ListAsync)
            .WithSummary("List pictures")
            .WithDescription("Newest first, or in the order of 'sort' (newest, oldest, rating, size, name); 'tag' keeps those with a tag, 'filter' those that fit filters (docs/search.md), 'q' those that fit words, best first. 'nextCursor' leads to the next page. 'ids' (up to 400, with commas between) asks for just those, in that order.");
        images.MapGet("{id}", Get).WithSummary("One picture").Problems(404);
        images.MapDelete("{id}", HideAsync)
            .WithSummary("Hide a picture for good")
            .WithDescription("The user's file stays; indexing again does not bring the picture back, 'restore' does.")
            .Problems(404);
        images.MapPost("{id}/restore", RestoreAsync).WithSummary("Bring a hidden picture back").Problems(404);
        images.MapGet("{id}/similar", Similar).WithSummary("Pictures that look alike").Problems(404);
    }

    private static async Task<Ok<Page<PictureItem>>> ListAsync(
        PictureLibrary library, int? limit, string? cursor, string? tag, string? q, string? filter, string? sort, string? ids, CancellationToken cancellationToken)
    {
        if (ids is not null)
            return TypedResults.Ok(Known(library, ids));
        int count = Limits.Page(limit);
        SearchSort order = SortOrder.Of(sort);
        if (string.IsNullOrWhiteSpace(q))
            return TypedResults.Ok(library.List(count, cursor, new PictureFilter(string.IsNullOrWhiteSpace(tag) ? null : tag) { Filter = filter, Sort = order }));
        if (!string.IsNullOrWhiteSpace(tag))
            throw new InputException("q and tag", "cannot be combined", "Write the tag as a filter: q=WORDS&filter=tag:TAG.") { Code = "parameter.invalid" };

        Page<Hit> hits = await library.FindAsync(new(q) { Filter = filter, Sort = order }, count, cursor, cancellationToken);
        PictureItem[] items = [.. hits.Items.Select(hit => library.Get(hit.Id)).OfType<PictureItem>()];
        return TypedResults.Ok(new Page<PictureItem>(items, hits.NextCursor, hits.Total, hits.Weaker));
    }

    // Those that are gone are left out: who asks holds a list that may be old.
    private static Page<PictureItem> Known(PictureLibrary library, string ids)
    {
        PictureItem[] items = [.. ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Take(Limits.MostIds).Select(library.Get).OfType<PictureItem>()];
        return new(items, null, items.Length);
    }

    private static Ok<PictureItem> Get(PictureLibrary library, string id) => TypedResults.Ok(library.GetOrThrow(id));

    private static async Task<NoContent> HideAsync(
        HttpResponse response, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, string id, CancellationToken cancellationToken)
    {
        ChangeReceipt receipt = await library.ChangeAsync(new PictureSelection { Ids = [id] }, new BulkChange { Hidden = true }, options.User, cancellationToken);
        announcer.Announce(receipt, "hidden", [id]);
        ChangeAnnouncer.Name(response, receipt);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PictureItem>> RestoreAsync(PictureLibrary library, ServerOptions options, EventHub events, string id, CancellationToken cancellationToken)
    {
        if (!await library.UnhideAsync(id, options.User, cancellationToken) && library.Get(id) is null)
            throw PictureLookup.Unknown(id);
        events.Publish("picture", new PictureChange(id, "restored"));
        return TypedResults.Ok(library.GetOrThrow(id));
    }

    private static Ok<Page<Hit>> Similar(PictureLibrary library, string id, int? limit, string? cursor)
    {
        library.GetOrThrow(id);
        return TypedResults.Ok(library.Similar(id, Limits.Page(limit, 20), cursor));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Images;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Corrections;

/// <summary>All pictures that answer a question, evaluated on the server over all results. An empty object means every picture.</summary>
/// <param name="Text">Words, as in POST search.</param>
/// <param name="ImageId">Pictures that resemble this one and are not weak matches.</param>
/// <param name="Tag">Pictures with this tag, as in GET images.</param>
/// <param name="Filter">Filters, as in POST search; also beside the others.</param>
internal sealed record BulkQuery(string? Text = null, string? ImageId = null, string? Tag = null, string? Filter = null)
{
    public PictureSelection ToSelection(PictureLibrary library)
    {
        string? text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(), tag = string.IsNullOrWhiteSpace(Tag) ? null : Tag;
        if (tag is not null && (text is not null || ImageId is not null))
            throw new InputException("query", "has 'tag' beside 'text' or 'imageId'", "Leave one of them out.") { Code = "query.invalid" };
        if (text is null && ImageId is null)
            return new PictureSelection { Filter = new PictureFilter(tag) { Filter = Filter } };
        return new PictureSelection { Query = new PictureQuery(text, ImageId is { } id ? new PictureExample(library.GetOrThrow(id).Id) : null) { Filter = Filter } };
    }
}

/// <summary>One change of many pictures.</summary>
/// <param name="Ids">The pictures; either these or a query.</param>
/// <param name="Query">All results of a search or listing.</param>
/// <param name="Accept">Tags that are confirmed wherever a model or an import gave them.</param>
/// <param name="Reject">Tags that do not hold for any of the pictures, said or not.</param>
/// <param name="Add">Tags that hold for each picture.</param>
/// <param name="Remove">Tags that go wherever they are.</param>
/// <param name="Favourite">Mark or unmark.</param>
/// <param name="Rating">0 to 5 stars.</param>
/// <param name="Hidden">Hide, or bring back (by ids only).</param>
internal sealed record BulkRequest(
    IReadOnlyList<string>? Ids = null, BulkQuery? Query = null,
    IReadOnlyList<string>? Accept = null, IReadOnlyList<string>? Reject = null, IReadOnlyList<string>? Add = null, IReadOnlyList<string>? Remove = null,
    bool? Favourite = null, int? Rating = null, bool? Hidden = null);

/// <summary>POST annotations/bulk: tags, stars, favourites and hiding for a selection, or for all results of a query.</summary>
internal static class BulkEndpoint
{
    public static void Map(RouteGroupBuilder api) => api
        .MapPost("annotations/bulk", ApplyAsync)
        .WithTags("annotations")
        .WithSummary("Change many pictures at once")
        .WithDescription("All of it or nothing. 'undo' of the answer is the change's id for POST undo/{id}; null when nothing had to be changed.")
        .Accepts<BulkRequest>("application/json")
        .LimitBody(BodyLimits.Json)
        .Problems(404, 409, 413, 415);

    private static async Task<Ok<ChangeReceipt>> ApplyAsync(
        HttpRequest request, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, CancellationToken cancellationToken)
    {
        BulkRequest body = await JsonBody.ReadAsync<BulkRequest>(request, cancellationToken);
        if ((body.Ids is null) == (body.Query is null))
            throw new InputException("body", body.Ids is null ? "names no pictures" : "has both 'ids' and 'query'", "Give either 'ids' or 'query'.") { Code = "bulk.selection" };
        if (body.Ids?.Any(id => id is null) == true || new[] { body.Accept, body.Reject, body.Add, body.Remove }.Any(tags => tags?.Any(tag => tag is null) == true))
            throw new InputException("body", "has null in a list", "Leave it out.") { Code = "body.invalid-field" };

        PictureSelection selection = body.Query?.ToSelection(library) ?? new PictureSelection { Ids = body.Ids };
        var change = new BulkChange
        {
            Accept = body.Accept ?? [],
            Reject = body.Reject ?? [],
            Add = body.Add ?? [],
            Remove = body.Remove ?? [],
            Favourite = body.Favourite,
            Rating = body.Rating,
            Hidden = body.Hidden,
        };
        ChangeReceipt receipt = await library.ChangeAsync(selection, change, options.User, cancellationToken);
        announcer.Announce(receipt, body.Hidden switch { true => "hidden", false => "restored", null => "annotated" }, body.Ids ?? []);
        return TypedResults.Ok(receipt);
    }
}

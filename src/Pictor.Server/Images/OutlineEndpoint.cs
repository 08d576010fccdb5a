using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Images;

/// <summary>A whole view, column by column: 100,000 pictures in some 2 MB.</summary>
/// <param name="Total">How many pictures there are.</param>
/// <param name="Ids">Their ids in order, 16 hex digits each, without anything between.</param>
/// <param name="Widths">Pixels, upright; 0 where unknown.</param>
/// <param name="Heights">Pixels, upright; 0 where unknown.</param>
/// <param name="Scores">For a search: how well each fits, 0..1.</param>
/// <param name="Reasons">For a search or a change of the model: for each, places in <paramref name="ReasonNames"/>.</param>
/// <param name="ReasonNames">The reasons that occur.</param>
/// <param name="Weaker">For a search: how many weaker matches were folded away.</param>
internal sealed record ImageOutline(
    int Total, string Ids, IReadOnlyList<int> Widths, IReadOnlyList<int> Heights,
    IReadOnlyList<double>? Scores = null, IReadOnlyList<int[]>? Reasons = null, IReadOnlyList<ReasonName>? ReasonNames = null, int? Weaker = null);

/// <summary>Why pictures were found: the kind of reason and what matched.</summary>
/// <param name="Kind">tag, concept, fact, word, picture, ...; with another model added, removed, raised, lowered.</param>
/// <param name="Value">What matched.</param>
/// <param name="Chinese">The same in Chinese, where that is known.</param>
internal sealed record ReasonName(string Kind, string Value, string? Chinese = null);

/// <summary>GET images/outline: what a grid lays out, before it shows the few pictures that are looked at.</summary>
internal static class OutlineEndpoint
{
    private const int AtOnce = 10_000;

    /// <summary>Beyond this many results of a search nobody scrolls.</summary>
    private const int MostHits = 100_000;

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("images/outline", OutlineAsync)
        .WithTags("images")
        .WithSummary("All pictures of a view by id and shape, in order")
        .WithDescription("Without parameters all pictures, newest first; else as in the page's own addresses. For grids that lay out a hundred thousand pictures at once.")
        .Problems(404, 409);

    private static async Task<Ok<ImageOutline>> OutlineAsync(PictureLibrary library, [AsParameters] ViewQuestion view, CancellationToken cancellationToken) => TypedResults.Ok(view switch
    {
        { Words: { } words } => await OfHitsAsync(library, cursor => library.FindAsync(new(words) { IncludeWeaker = view.IncludesWeaker }, AtOnce, cursor, cancellationToken)),
        { Similar: { Length: > 0 } similar } => await OfHitsAsync(library, cursor => Task.FromResult(library.Similar(library.GetOrThrow(similar).Id, AtOnce, cursor))),
        { Collection: { Length: > 0 } collection } => Of(await library.CollectionOutlineAsync(collection, cancellationToken)),
        { Group: { Length: > 0 } } => Of(library.Outline((await library.GroupOfAsync(view.GroupedBy, view.Of ?? "", cancellationToken)).Ids)),
        { Changes: { Length: > 0 } model } => OfChanges(library, library.ChangesWith(model, view.OneTag)),
        _ => Of(library.Outline(new PictureFilter(view.OneTag))),
    });

    private static async Task<ImageOutline> OfHitsAsync(PictureLibrary library, Func<string?, Task<Page<Hit>>> ask)
    {
        var hits = new Dictionary<string, Hit>(StringComparer.Ordinal);
        Page<Hit> page;
        string? cursor = null;
        do
        {
            page = await ask(cursor);
            foreach (Hit hit in page.Items)
                hits.TryAdd(hit.Id, hit);
            cursor = page.NextCursor;
        }
        while (cursor is not null && hits.Count < MostHits);

        IReadOnlyList<PictureOutline> shapes = library.Outline(hits.Keys);

        // Filters hold or do not: there is nothing to tell of each picture.
        if (hits.Values.All(hit => hit.Reasons.All(reason => reason.Kind == "filter")))
            return Of(shapes) with { Weaker = page.Weaker };
        return WithReasons(library, shapes, shape => hits[shape.Id].Reasons.Select(reason => (reason.Kind, reason.Value))) with
        {
            Scores = [.. shapes.Select(shape => Math.Round(hits[shape.Id].Score, 3))],
            Weaker = page.Weaker,
        };
    }

    private static ImageOutline OfChanges(PictureLibrary library, IReadOnlyList<PictureChanges> all)
    {
        var changes = all.ToDictionary(picture => picture.Id, picture => picture.Changes, StringComparer.Ordinal);
        return WithReasons(library, library.Outline(changes.Keys), shape => changes[shape.Id].Select(change => (ViewQuestion.KindOf(change), change.Value)));
    }

    private static ImageOutline WithReasons(PictureLibrary library, IReadOnlyList<PictureOutline> shapes, Func<PictureOutline, IEnumerable<(string Kind, string Value)>> of)
    {
        var names = new Dictionary<ReasonName, int>();
        int[][] reasons = [.. shapes.Select(shape => of(shape).Select(reason => PlaceOf(new(reason.Kind, reason.Value))).ToArray())];
        return Of(shapes) with
        {
            Reasons = reasons,
            ReasonNames = [.. names.Keys.Select(name => name with { Chinese = library.ChineseName(name.Value) is var chinese && chinese != name.Value ? chinese : null })],
        };

        int PlaceOf(ReasonName name) => names.TryGetValue(name, out int place) ? place : names[name] = names.Count;
    }

    private static ImageOutline Of(IReadOnlyList<PictureOutline> shapes)
    {
        var ids = new StringBuilder(shapes.Count * 16);
        foreach (PictureOutline shape in shapes)
            ids.Append(shape.Id);
        return new(shapes.Count, ids.ToString(), [.. shapes.Select(shape => shape.Width)], [.. shapes.Select(shape => shape.Height)]);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Images;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Recommendations;

/// <summary>Whom to recommend for: someone who likes some pictures and dislikes others.</summary>
/// <param name="Like">Ids of liked pictures; at least one.</param>
/// <param name="Dislike">Ids of disliked pictures.</param>
/// <param name="Seen">Ids of pictures that were seen already and are left out.</param>
/// <param name="Limit">Results, 1 to 1000. Default: 20.</param>
internal sealed record RecommendationRequest(IReadOnlyList<string>? Like, IReadOnlyList<string>? Dislike = null, IReadOnlyList<string>? Seen = null, int? Limit = null);

/// <summary>POST recommendations: more like these, less like those, the examples left out.</summary>
internal static class RecommendationEndpoint
{
    public static void Map(RouteGroupBuilder api) => api
        .MapPost("recommendations", RecommendAsync)
        .WithTags("recommendations")
        .WithSummary("Pictures for someone who likes some and dislikes others")
        .Accepts<RecommendationRequest>("application/json")
        .LimitBody(BodyLimits.Json)
        .Problems(404, 415);

    private static async Task<Ok<Page<Hit>>> RecommendAsync(HttpRequest request, PictureLibrary library, CancellationToken cancellationToken)
    {
        RecommendationRequest body = await JsonBody.ReadAsync<RecommendationRequest>(request, cancellationToken);
        if (body.Like is null or { Count: 0 })
            throw new InputException("like", "names no picture", "Give the ids of one or more pictures that are liked.") { Code = "body.invalid-field" };
        return TypedResults.Ok(await library.RecommendAsync(
            Examples(library, body.Like), Examples(library, body.Dislike ?? []), body.Seen ?? [], Limits.Page(body.Limit, 20), cancellationToken));
    }

    public static IReadOnlyList<PictureExample> Examples(PictureLibrary library, IReadOnlyList<string> ids) =>
        [.. ids.Select(id => new PictureExample(library.GetOrThrow(id ?? "").Id))];
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pictor.Server.Problems;

namespace Pictor.Server.OpenApi;

/// <summary>A multipart field that takes files, for the OpenAPI document.</summary>
internal sealed record FileField(string Name, bool Raw);

/// <summary>What a route says of itself in the OpenAPI document beyond its types.</summary>
internal static class RouteDescriptions
{
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
            route.Produces<Problem>(status, Problem.MediaType);
        return route;
    }

    /// <summary>What every route of the group may answer.</summary>
    public static RouteGroupBuilder CommonProblems(this RouteGroupBuilder group)
    {
        foreach (int status in (ReadOnlySpan<int>)[400, 401, 403, 421, 429, 500])
            group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.MediaType]));
        return group;
    }

    /// <summary>The body is a form with files in <paramref name="field"/>, or, where <paramref name="raw"/>, one file as it is.</summary>
    public static RouteHandlerBuilder AcceptsFiles(this RouteHandlerBuilder route, string field, bool raw = true) =>
        route.WithMetadata(new FileField(field, raw));
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Pictor.Server.Health;

/// <summary>live, starting or ready.</summary>
internal sealed record HealthAnswer(string Status);

/// <summary>For supervisors: does the process answer, is it warm, what has it done.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        RouteGroupBuilder health = app.MapGroup("").WithTags("health");
        health.MapGet("/health/live", () => TypedResults.Ok(new HealthAnswer("live"))).WithSummary("The process answers");
        health.MapGet("/health/ready", Ready).WithSummary("Model and index are loaded; until then 503");
        health.MapGet("/metrics", (MetricsText metrics) => TypedResults.Text(metrics.Write(), MetricsText.MediaType))
            .WithSummary("Counters in Prometheus' text format")
            .Produces<string>(200, "text/plain");
    }

    private static Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>> Ready(HttpContext context, Readiness readiness)
    {
        if (readiness.IsReady)
            return TypedResults.Ok(new HealthAnswer("ready"));
        context.Response.Headers.RetryAfter = "1";
        return TypedResults.Json(new HealthAnswer("starting"), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

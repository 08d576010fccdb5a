using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pictor.Server.Health;

/// <summary>Counts and times every request.</summary>
internal sealed class RequestMeter(RequestDelegate next, RequestCounts counts, TimeProvider time)
{
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal) { "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" };

    public async Task InvokeAsync(HttpContext context)
    {
        long start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            string method = Methods.Contains(context.Request.Method) ? context.Request.Method : "other";
            counts.Add(method, route, context.Response.StatusCode, time.GetElapsedTime(start).TotalSeconds);
        }
    }
}

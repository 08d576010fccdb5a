using Microsoft.AspNetCore.Http;
using Pictor.Server.Problems;

namespace Pictor.Server.Pages;

/// <summary>Errors on the page's own addresses, shown as a page to people.</summary>
internal static class PageProblems
{
    public static bool Wants(HttpContext context)
    {
        PathString path = context.Request.Path;
        bool program = path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/openapi", StringComparison.Ordinal)
            || path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/assets", StringComparison.Ordinal) || path == "/metrics";
        return !program && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    public static Task WriteAsync(HttpContext context, Problem problem) => ProblemWriter.WriteAsync(context, problem);
}

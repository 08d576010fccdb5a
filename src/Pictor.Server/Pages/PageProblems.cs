using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pictor.Server.Problems;

namespace Pictor.Server.Pages;

/// <summary>Errors on the page's own addresses, shown as a page to people.</summary>
internal static class PageProblems
{
    private static readonly string[] ForPrograms = ["/api", "/openapi", "/health", "/assets", "/metrics"];

    public static bool Wants(HttpContext context) =>
        !Array.Exists(ForPrograms, prefix => context.Request.Path.StartsWithSegments(prefix, StringComparison.Ordinal))
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var page = PageContext.Of(context, context.RequestServices.GetRequiredService<ServerOptions>().Key is not null);
        IResult result = await context.RequestServices.GetRequiredService<PageRenderer>().RenderAsync<ProblemPage>(page, new ProblemView(problem.Status, problem.Detail, problem.Remedy), problem.Status);
        await result.ExecuteAsync(context);
    }
}

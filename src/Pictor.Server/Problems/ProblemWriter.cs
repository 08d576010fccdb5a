using Microsoft.AspNetCore.Http;

namespace Pictor.Server.Problems;

/// <summary>Sends a <see cref="Problem"/> as the answer.</summary>
internal static class ProblemWriter
{
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (problem.Status == 401)
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"pictor\"";
        if (problem.Status == 429 && context.Response.Headers.RetryAfter.Count == 0)
            context.Response.Headers.RetryAfter = "1";
        return context.Response.WriteAsJsonAsync(problem, PictorJson.Compact, Problem.MediaType, CancellationToken.None);
    }

    /// <summary>A problem as the result of a handler.</summary>
    public static IResult Result(Problem problem) => new ProblemResult(problem);

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem);
    }
}

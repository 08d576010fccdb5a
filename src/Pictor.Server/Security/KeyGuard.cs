using Microsoft.AspNetCore.Http;
using Pictor.Server.Pages;
using Pictor.Server.Problems;

namespace Pictor.Server.Security;

/// <summary>Where the server has a key, every request shows it: as Authorization: Bearer, as X-API-Key, or by the page's cookie. Health stays open for supervisors, sign-in and its style for people.</summary>
internal sealed class KeyGuard(RequestDelegate next, ApiKey key, SignInAttempts attempts, TimeProvider time)
{
    public const string Cookie = "pictor-session";

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsOpen(context.Request.Path) || IsSignedIn(context.Request))
        {
            await next(context);
            return;
        }

        string? shown = Shown(context.Request);
        if (shown is not null && !attempts.MayTry(context))
        {
            await ProblemWriter.WriteAsync(context, attempts.TooMany);
        }
        else if (key.Matches(shown))
        {
            attempts.Succeeded(context);
            await next(context);
        }
        else if (PageProblems.Wants(context) && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect("/sign-in?to=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
        }
        else
        {
            if (shown is not null)
                attempts.Failed(context);
            await ProblemWriter.WriteAsync(context, shown is null
                ? Problem.Of("key.missing", "This server asks for a key", "Send it as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'.")
                : Problem.Of("key.wrong", "The key is not the one of this server", "Ask whoever started the server; it was set with --key or PICTOR_KEY."));
        }
    }

    private static bool IsOpen(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/assets", StringComparison.Ordinal) || path == "/sign-in";

    private static string? Shown(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        string? authorization = request.Headers.Authorization;
        if (authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true)
            return authorization[Bearer.Length..].Trim();
        return request.Headers["X-API-Key"].Count > 0 ? request.Headers["X-API-Key"].ToString() : null;
    }

    private bool IsSignedIn(HttpRequest request) =>
        request.Cookies.TryGetValue(Cookie, out string? cookie) && key.MatchesCookie(cookie, time.GetUtcNow());
}

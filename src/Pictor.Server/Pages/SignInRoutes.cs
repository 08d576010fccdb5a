using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Pictor.Server.Bodies;
using Pictor.Server.Security;

namespace Pictor.Server.Pages;

/// <summary>Turns the key into a cookie that scripts cannot read and other sites cannot use.</summary>
internal static class SignInRoutes
{
    private const long LongestForm = 16 << 10;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in", (HttpContext context, PageRenderer renderer, string? to) =>
            renderer.RenderAsync<SignInPage>(PageContext.Of(context, hasKey: true), new SignInModel(Local(to))));
        pages.MapPost("/sign-in", SignInAsync).LimitBody(LongestForm);
        pages.MapPost("/sign-out", (HttpContext context) =>
        {
            context.Response.Cookies.Delete(KeyGuard.Cookie);
            return Results.Redirect("/sign-in");
        });
    }

    private static async Task<IResult> SignInAsync(HttpContext context, PageRenderer renderer, ApiKey key, SignInAttempts attempts, TimeProvider time)
    {
        var form = await new FormReader(context.Request.Body) { ValueLengthLimit = (int)LongestForm }.ReadFormAsync(context.RequestAborted);
        string to = Local(form.GetValueOrDefault("to", StringValues.Empty));
        var page = PageContext.Of(context, hasKey: true);
        if (!attempts.MayTry(context))
            return await renderer.RenderAsync<SignInPage>(page, new SignInModel(to, attempts.TooMany.Detail), attempts.TooMany.Status);
        if (!key.Matches(form.GetValueOrDefault("key", StringValues.Empty)))
        {
            attempts.Failed(context);
            return await renderer.RenderAsync<SignInPage>(page, new SignInModel(to, page.Text.WrongKey), StatusCodes.Status401Unauthorized);
        }

        attempts.Succeeded(context);
        context.Response.Cookies.Append(KeyGuard.Cookie, key.CookieAt(time.GetUtcNow()), new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.Headers.Origin.ToString().StartsWith("https:", StringComparison.Ordinal),
            MaxAge = ApiKey.CookieLife,
            Path = "/",
            IsEssential = true,
        });
        return Results.Redirect(to);
    }

    // Only addresses of this server: a link to the sign-in form must not lead elsewhere afterwards.
    private static string Local(string? to) => to is ['/', ..] and not ['/', '/' or '\\', ..] && !to.Any(char.IsControl) ? to : "/";
}

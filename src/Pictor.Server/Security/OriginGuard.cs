using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Pictor.Server.Problems;

namespace Pictor.Server.Security;

/// <summary>
/// Refuses writes that another web page's script or form sends (cross-site request forgery). Browsers name the sending page in Origin and
/// Sec-Fetch-Site and let no script change either; programs such as curl send neither and are not concerned.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || IsOwn(request))
            return next(context);
        return ProblemWriter.WriteAsync(context, Problem.Of(
            "origin.foreign", $"The page at '{request.Headers.Origin}' may not change anything here",
            "Use this server's own page, or a program that sends no Origin header."));
    }

    private static bool IsOwn(HttpRequest request)
    {
        StringValues site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0 && site != "same-origin" && site != "none")
            return false;

        // The authority alone is compared: behind a proxy that does TLS the page's scheme is https, ours http.
        StringValues origin = request.Headers.Origin;
        return origin.Count == 0
            || (origin.Count == 1 && Uri.TryCreate(origin[0], UriKind.Absolute, out Uri? uri)
                && uri.Scheme is "http" or "https"
                && uri.Authority.Equals(WithoutDefaultPort(request.Host, uri.Scheme), StringComparison.OrdinalIgnoreCase));
    }

    private static string WithoutDefaultPort(HostString host, string scheme) =>
        host.Port == (scheme == "https" ? 443 : 80) ? host.Host : host.Value ?? "";
}

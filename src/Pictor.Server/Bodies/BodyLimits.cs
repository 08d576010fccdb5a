using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pictor.Server.Bodies;

/// <summary>How long the body of an endpoint may be; endpoints without one take <see cref="ServerOptions.MaxBodyBytes"/>.</summary>
internal sealed record MaxBody(long Bytes);

/// <summary>
/// Refuses bodies by their declared length before a byte is read, and leaves the count of undeclared ones to Kestrel. A refused body is not
/// cut off at once: Kestrel reads on for some seconds, so that a client which sends first and listens later does get its answer.
/// </summary>
internal sealed class BodyLimits(RequestDelegate next, ServerOptions options)
{
    // Multipart borders and part headers come on top of the file itself.
    private const long Framing = 64 << 10;

    public Task InvokeAsync(HttpContext context)
    {
        long limit = (context.GetEndpoint()?.Metadata.GetMetadata<MaxBody>()?.Bytes ?? options.MaxBodyBytes) + Framing;
        IHttpMaxRequestBodySizeFeature? kestrel = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        bool tooLong = context.Request.ContentLength > limit;
        if (kestrel is { IsReadOnly: false })
            kestrel.MaxRequestBodySize = tooLong ? null : limit;
        if (tooLong)
            throw TooLarge("body", limit - Framing);
        return next(context);
    }

    public static InputException TooLarge(string subject, long limit) => new(
        subject, string.Create(CultureInfo.InvariantCulture, $"is longer than the {limit / 1048576.0:0.##} MiB that this server takes"),
        "Send a smaller file, or raise the limit of the server.") { Code = "body.too-large" };
}

internal static class BodyLimitsExtensions
{
    public static RouteHandlerBuilder LimitBody(this RouteHandlerBuilder route, long bytes) => route.WithMetadata(new MaxBody(bytes));
}

using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pictor.Server.Bodies;

/// <summary>How long the body of an endpoint may be; endpoints without one take <see cref="ServerOptions.MaxBodyBytes"/>.</summary>
internal sealed record MaxBody(long Bytes);

/// <summary>
/// Refuses bodies by their declared length before a byte is read, and counts undeclared ones while they are. Kestrel's own limit would cut the
/// connection; without it Kestrel reads on for some seconds, so that a client which sends first and listens later does get its answer.
/// </summary>
internal sealed class BodyLimits(RequestDelegate next, ServerOptions options)
{
    /// <summary>For bodies of JSON.</summary>
    public const long Json = 1 << 20;

    // Multipart borders and part headers come on top of the file itself.
    private const long Framing = 64 << 10;

    public async Task InvokeAsync(HttpContext context)
    {
        long limit = (context.GetEndpoint()?.Metadata.GetMetadata<MaxBody>()?.Bytes ?? options.MaxBodyBytes) + Framing;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } kestrel)
            kestrel.MaxRequestBodySize = null;
        if (context.Request.ContentLength > limit)
            throw TooLarge("body", limit - Framing);

        Stream body = context.Request.Body;
        if (context.Request.ContentLength is null)
            context.Request.Body = new CountedStream(body, limit, () => TooLarge("body", limit - Framing));
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Body = body;
        }
    }

    public static InputException TooLarge(string subject, long limit) => new(
        subject, string.Create(CultureInfo.InvariantCulture, $"is longer than the {limit / 1048576.0:0.##} MiB that this server takes"),
        "Send a smaller file, or raise the limit of the server.")
    { Code = "body.too-large" };
}

internal static class BodyLimitsExtensions
{
    public static RouteHandlerBuilder LimitBody(this RouteHandlerBuilder route, long bytes) => route.WithMetadata(new MaxBody(bytes));
}

using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Pictor.Imaging;
using Pictor.Library;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Images;

/// <summary>The bytes of pictures. An id names its content, so what was sent once never changes and may be kept for a year.</summary>
internal static class ContentEndpoints
{
    private const string Forever = "private, max-age=31536000, immutable";

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder images = api.MapGroup("images").WithTags("images");
        images.MapGet("{id}/content", ContentAsync)
            .WithSummary("The file as it is, or enhanced")
            .WithDescription("With ETag, If-None-Match and Range. enhance=auto, or some of levels,whitebalance,sharpen, and crop=x,y,width,height (fractions of the upright picture) give a JPEG made on request; the file stays as it is.")
            .Produces<byte[]>(200, "image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/tiff", "image/heif", "image/avif")
            .Produces(304).Problems(404, 410);
        images.MapGet("{id}/thumbnail", ThumbnailAsync)
            .WithSummary("A small JPEG, upright")
            .WithDescription("'size' is the longer side at most: 128, 256 (default), 512 or 1024; others are rounded up.")
            .Produces<byte[]>(200, "image/jpeg")
            .Produces(304).Problems(404, 410);
    }

    private static async Task<IResult> ContentAsync(HttpContext context, PictureLibrary library, IntakeGate gate, string id, string? enhance, string? crop, CancellationToken cancellationToken)
    {
        PictureItem item = library.GetOrThrow(id);
        if (enhance is not null || crop is not null)
            return await EnhancedAsync(context, library, gate, item, Enhancement.Parse(enhance, crop), cancellationToken);
        var tag = new EntityTagHeaderValue($"\"{item.Id}\"");
        if (IsKnown(context, tag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        PictureContent content = library.Content(item.Id) ?? throw Missing(item);
        Remember(context, tag);
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(Path.GetFileName(item.File));
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Bytes(content.Bytes, content.MediaType, enableRangeProcessing: true, entityTag: tag);
    }

    /// <summary>Made of the picture's own pixels each time; the tag names picture and enhancement, so a browser asks but once.</summary>
    private static async Task<IResult> EnhancedAsync(
        HttpContext context, PictureLibrary library, IntakeGate gate, PictureItem item, Enhancement enhancement, CancellationToken cancellationToken)
    {
        var tag = new EntityTagHeaderValue($"\"{item.Id}-{enhancement.Key}\"");
        if (IsKnown(context, tag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        PictureContent content;
        using (await gate.EnterAsync(cancellationToken))
            content = await library.EnhanceAsync(item.Id, enhancement, cancellationToken) ?? throw Missing(item);
        Remember(context, tag);
        return TypedResults.Bytes(content.Bytes, content.MediaType, entityTag: tag);
    }

    private static async Task<IResult> ThumbnailAsync(HttpContext context, PictureLibrary library, string id, int? size, CancellationToken cancellationToken)
    {
        int rounded = Limits.Within("size", size, 256, 1, 1024) switch { <= 128 => 128, <= 256 => 256, <= 512 => 512, _ => 1024 };
        PictureItem item = library.GetOrThrow(id);
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{item.Id}-{rounded}\""));
        if (IsKnown(context, tag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        PictureContent content = await library.ThumbnailAsync(item.Id, rounded, cancellationToken) ?? throw Missing(item);
        Remember(context, tag);
        return TypedResults.Bytes(content.Bytes, content.MediaType, entityTag: tag);
    }

    // Answered from the id alone: the file is not touched.
    private static bool IsKnown(HttpContext context, EntityTagHeaderValue tag)
    {
        if (!context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
            return false;
        Remember(context, tag);
        context.Response.Headers.ETag = tag.ToString();
        return true;
    }

    private static void Remember(HttpContext context, EntityTagHeaderValue tag)
    {
        context.Response.Headers.CacheControl = Forever;
        context.Response.Headers.ETag = tag.ToString();
    }

    private static InputException Missing(PictureItem item) =>
        new(item.File, "the file is no longer there", "Bring it back to its place, or index the folder it was moved to.") { Code = "picture.missing" };
}

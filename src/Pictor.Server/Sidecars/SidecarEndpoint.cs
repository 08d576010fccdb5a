using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Sidecars;

/// <summary>Which sidecars to write.</summary>
/// <param name="Paths">Absolute folders or files on the server's machine; empty or absent: all pictures.</param>
/// <param name="Apply">Write them; else only say what would be written.</param>
/// <param name="Models">Write the active model's tags too, marked as such.</param>
/// <param name="PreserveTimes">Changed sidecars keep their modification time.</param>
internal sealed record SidecarRequest(IReadOnlyList<string>? Paths = null, bool Apply = false, bool Models = false, bool PreserveTimes = false);

/// <summary>POST sidecars: XMP files beside the pictures.</summary>
internal static class SidecarEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("sidecars", WriteAsync).WithTags("images")
        .WithSummary("Write XMP files beside the pictures")
        .WithDescription("Says what would be written, and writes with 'apply'. The pictures' own files are never touched. Only for callers on the same machine, or with the server's key.")
        .Accepts<SidecarRequest>("application/json")
        .LimitBody(BodyLimits.Json)
        .Problems(403, 415);

    private static async Task<Ok<SidecarOutcome>> WriteAsync(HttpContext context, PictureLibrary library, ServerOptions options, CancellationToken cancellationToken)
    {
        if (options.Key is null && context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
            throw new InputException("sidecars", "are written into this machine's folders, which only callers on it may ask for", "Ask on that machine: pictor library write-xmp.") { Code = "index.not-allowed" };
        SidecarRequest body = await JsonBody.ReadAsync<SidecarRequest>(context.Request, cancellationToken);
        IReadOnlyList<string> paths = body.Paths ?? [];
        if (paths.FirstOrDefault(path => !Path.IsPathFullyQualified(path ?? "")) is { } bad)
            throw new InputException("paths", $"'{bad}' is not an absolute path", "The server does not know the folder that you are in: give the whole path.") { Code = "body.invalid-field" };
        return TypedResults.Ok(await library.WriteSidecarsAsync(
            new SidecarOptions { Apply = body.Apply, Models = body.Models, PreserveTimes = body.PreserveTimes, Paths = [.. paths.Select(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(p)))] },
            progress: null, cancellationToken));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Jobs;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Keeping;

/// <summary>GET library, POST library/verify.</summary>
internal static class LibraryEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder library = api.MapGroup("library").WithTags("library");
        library.MapGet("", (PictureLibrary owned) => TypedResults.Ok(owned.Info()))
            .WithSummary("What there is in the library")
            .WithDescription("Counts of pictures and files, sizes, the schema, models and folders.");
        library.MapPost("verify", VerifyAsync)
            .WithSummary("Check the library")
            .WithDescription("Checks everything that must hold, and answers when it is done. 'deep' reads every original; 'repair' mends what can be mended. Only for callers on the same machine, or with the server's key.")
            .Produces<VerifyOutcome>()
            .Problems(403);
    }

    private static async Task<IResult> VerifyAsync(
        HttpContext context, PictureLibrary library, ServerOptions options, CancellationToken cancellationToken, bool deep = false, bool repair = false)
    {
        JobEndpoints.OnlyHere(context, options, "library", "Ask on that machine: pictor library verify.");
        return TypedResults.Ok(await library.VerifyAsync(new VerifyOptions { Deep = deep, Repair = repair }, cancellationToken: cancellationToken));
    }
}

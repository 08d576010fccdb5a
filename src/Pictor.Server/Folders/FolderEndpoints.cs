using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Jobs;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Folders;

/// <summary>The folders that were indexed.</summary>
internal sealed record FolderList(IReadOnlyList<FolderItem> Items);

/// <summary>GET and DELETE folders.</summary>
internal static class FolderEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder folders = api.MapGroup("folders").WithTags("folders");
        folders.MapGet("", (PictureLibrary library) => TypedResults.Ok(new FolderList(library.Folders())))
            .WithSummary("List the folders that were indexed")
            .WithDescription("What is passed over there, whether this server looks after them, and whether they can be seen now.");
        folders.MapDelete("", ForgetAsync)
            .WithSummary("Forget a folder")
            .WithDescription("'path' names it. It is no longer looked after, and what was excluded there is forgotten; its pictures stay. Only for callers on the same machine, or with the server's key.")
            .Produces(204)
            .Problems(403, 404);
    }

    private static async Task<IResult> ForgetAsync(HttpContext context, PictureLibrary library, ServerOptions options, string path, CancellationToken cancellationToken)
    {
        JobEndpoints.OnlyHere(context, options, "folders", "Ask on that machine: pictor library folders --forget FOLDER.");
        if (!await library.ForgetFolderAsync(path, cancellationToken))
            throw new InputException(path, "this folder was never indexed", "GET /api/v1/folders lists those that were.") { Code = "folder.unknown" };
        return TypedResults.NoContent();
    }
}

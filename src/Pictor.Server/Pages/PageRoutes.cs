using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pictor.Server.Bodies;
using Pictor.Server.Images;

namespace Pictor.Server.Pages;

/// <summary>The addresses that people open.</summary>
internal static class PageRoutes
{
    public static void AddPages(this IServiceCollection services) =>
        services.AddSingleton<PageRenderer>().AddSingleton<PageBuilder>();

    public static void Map(WebApplication app, ServerOptions options)
    {
        bool hasKey = options.Key is not null;
        RouteGroupBuilder pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", (HttpContext context, PageBuilder build, [AsParameters] ViewQuestion view, string? cursor, CancellationToken cancellationToken) =>
            build.GridAsync(PageContext.Of(context, hasKey), view, cursor, cancellationToken));
        pages.MapPost("/search", async (HttpContext context, PageBuilder build, FileParts files, CancellationToken cancellationToken) =>
        {
            await foreach (FilePart part in files.ReadAsync(context.Request, cancellationToken))
            {
                using FilePart file = part;
                if (file.Bytes is null)
                    throw BodyLimits.TooLarge(file.NameOrDefault, file.Limit);
                if (file.Field == "file" && !file.Content.IsEmpty)
                    return await build.SearchAsync(PageContext.Of(context, hasKey), file, cancellationToken);
            }

            return Results.Redirect("/");
        });
        pages.MapGet("/pictures/{id}", (HttpContext context, PageBuilder build, string id) => build.PictureAsync(PageContext.Of(context, hasKey), id));
        pages.MapGet("/recommend", (HttpContext context, PageBuilder build, string? like, string? dislike, CancellationToken cancellationToken) =>
            build.RecommendAsync(PageContext.Of(context, hasKey), like, dislike, cancellationToken));
        pages.MapGet("/models", (HttpContext context, PageBuilder build) => build.ModelsAsync(PageContext.Of(context, hasKey)));
        pages.MapGet("/models/changes", (HttpContext context, PageBuilder build, string? to, string? tag) => build.ChangesAsync(PageContext.Of(context, hasKey), to, tag));
        pages.MapGet("/collections", (HttpContext context, PageBuilder build, CancellationToken cancellationToken) => build.CollectionsAsync(PageContext.Of(context, hasKey), cancellationToken));
        pages.MapGet("/groups", (HttpContext context, PageBuilder build, string? by, int? from, CancellationToken cancellationToken) =>
            build.GroupsAsync(PageContext.Of(context, hasKey), by, from ?? 0, cancellationToken));
        pages.MapGet("/duplicates", (HttpContext context, PageBuilder build, string? tier, string? cursor) => build.DuplicatesAsync(PageContext.Of(context, hasKey), tier, cursor));
        pages.MapGet("/jobs", (HttpContext context, PageBuilder build) => build.JobsAsync(PageContext.Of(context, hasKey)));
        pages.MapGet("/assets/{name}", (HttpContext context, string name) => PageAssets.Send(context, name));
        pages.MapGet("/assets/{version}/{name}", (HttpContext context, string version, string name) => PageAssets.Send(context, name, version));
        pages.MapGet("/favicon.ico", () => Results.Redirect("/assets/pictor.svg"));
        if (hasKey)
            SignInRoutes.Map(pages);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pictor.Server.Pages;

internal static class PageRoutes
{
    public static void AddPages(this IServiceCollection services) { }
    public static void Map(WebApplication app, ServerOptions options)
    {
        app.MapGet("/", () => TypedResults.Text("hello", "text/html")).ExcludeFromDescription();
    }
}

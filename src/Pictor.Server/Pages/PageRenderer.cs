using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pictor.Server.Pages;

/// <summary>Renders a Razor component to a whole HTML document: no circuit, no state, nothing left behind on the server.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    private const string VariesBy = "Accept-Language, Cookie, " + PageContext.TilesHeader;

    /// <summary>A page as the result of a handler. <paramref name="model"/> becomes the component's parameter <c>Model</c>.</summary>
    public async Task<IResult> RenderAsync<TPage>(PageContext page, object? model, int status = StatusCodes.Status200OK) where TPage : IComponent
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Page"] = page };
        if (model is not null)
            parameters["Model"] = model;
        var renderer = new HtmlRenderer(services, loggers);
        await using (renderer)
        {
            string html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
            return new HtmlResult(html, status);
        }
    }

    private sealed class HtmlResult(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            httpContext.Response.Headers.CacheControl = "private, no-cache";
            httpContext.Response.Headers.Vary = VariesBy;
            return httpContext.Response.WriteAsync(html, CancellationToken.None);
        }
    }
}

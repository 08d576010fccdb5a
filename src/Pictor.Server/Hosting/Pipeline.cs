using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pictor.Server.Annotate;
using Pictor.Server.Bodies;
using Pictor.Server.Corrections;
using Pictor.Server.Duplicates;
using Pictor.Server.Health;
using Pictor.Server.Images;
using Pictor.Server.Jobs;
using Pictor.Server.Models;
using Pictor.Server.OpenApi;
using Pictor.Server.Pages;
using Pictor.Server.Problems;
using Pictor.Server.Recommendations;
using Pictor.Server.Search;
using Pictor.Server.Security;

namespace Pictor.Server.Hosting;

/// <summary>What every request passes, from the outside in, and where it ends.</summary>
internal static class Pipeline
{
    public static void Use(WebApplication app, ServerOptions options)
    {
        app.UseMiddleware<RequestMeter>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<HostGuard>();
        app.UseMiddleware<OriginGuard>();
        if (options.Key is not null)
            app.UseMiddleware<KeyGuard>();
        app.UseRateLimiter();
        app.UseMiddleware<HeadRequests>();
        app.UseRouting();
        app.UseMiddleware<BodyLimits>();
    }

    public static void Map(WebApplication app, ServerOptions options)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1").CommonProblems();
        AnnotateEndpoint.Map(api);
        ImageEndpoints.Map(api);
        OutlineEndpoint.Map(api);
        UploadEndpoint.Map(api, options);
        ContentEndpoints.Map(api);
        AnnotationEndpoints.Map(api);
        CorrectionEndpoints.Map(api);
        SearchEndpoint.Map(api);
        RecommendationEndpoint.Map(api);
        DuplicateEndpoints.Map(api);
        ModelEndpoints.Map(api, options);
        JobEndpoints.Map(api);
        HealthEndpoints.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
        PageRoutes.Map(app, options);
    }
}

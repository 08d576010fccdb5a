using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Jobs;
using Pictor.Server.Models;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Corrections;

/// <summary>Changing a model with a look first: prepare, compare, activate; and back.</summary>
internal static class ModelChangeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder models = api.MapGroup("models").WithTags("models");
        models.MapPost("{reference}/prepare", PrepareAsync)
            .WithSummary("Let a model read all pictures without switching to it")
            .WithDescription("Its tags are kept beside those that are shown. With activate=true it becomes the active one when it has read everything; else compare first with GET models/changes.")
            .Produces<JobItem>(202)
            .Problems(404);
        models.MapGet("changes", (PictureLibrary library, string to, int? limit, string? cursor) => TypedResults.Ok(library.CompareModels(to, Limits.Page(limit), cursor)))
            .WithSummary("What would change with another model: tags added, removed, moved")
            .WithDescription("?to=NAME or NAME@VERSION. What people said or rejected is no part of it. 'unread' pictures are not compared; POST models/NAME/prepare reads them.")
            .Problems(404, 409);
    }

    private static async Task<Accepted<JobItem>> PrepareAsync(PictureLibrary library, JobQueue jobs, ModelSwitch onSwitch, string reference, bool? activate)
    {
        ModelItem model = library.Models.Get(reference);
        var recipe = new JobRecipe("prepare", Model: $"{model.Name}@{model.Version}", Activate: activate == true) { Promised = true };
        JobItem job = await recipe.QueueAsync(jobs, library, onSwitch);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", job);
    }
}

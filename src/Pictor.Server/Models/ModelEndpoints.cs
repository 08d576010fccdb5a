using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Jobs;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Models;

/// <summary>All deployed packages.</summary>
internal sealed record ModelList(IReadOnlyList<ModelItem> Items);

/// <summary>Deploy, activate, roll back and remove model packages while the server runs; requests in flight end on the model they began with.</summary>
internal static class ModelEndpoints
{
    public static void Map(RouteGroupBuilder api, ServerOptions options)
    {
        RouteGroupBuilder models = api.MapGroup("models").WithTags("models");
        models.MapGet("", (PictureLibrary library) => TypedResults.Ok(new ModelList(library.Models.List()))).WithSummary("List deployed models");
        models.MapPost("", UploadAsync)
            .WithSummary("Deploy a model package")
            .WithDescription("A .pictor file as multipart part 'file' or as the raw body. The first model becomes active; 'activate=true' makes a later one active at once.")
            .AcceptsFiles("file")
            .LimitBody(options.MaxPackageBytes)
            .Problems(409, 413, 422);
        models.MapPost("{reference}/activate", ActivateAsync)
            .WithSummary("Make a model the active one")
            .WithDescription("'reference' is NAME or NAME@VERSION; NAME means its latest version.")
            .Problems(404);
        models.MapPost("rollback", RollbackAsync).WithSummary("Back to the model that was active before").Problems(409);
        models.MapPost("{reference}/rollback", RollbackAsync).WithSummary("Back to the model that was active before").Problems(409);
        models.MapDelete("{reference}", RemoveAsync).WithSummary("Remove a model that is not active").Problems(404, 409);
    }

    private static async Task<Created<ModelItem>> UploadAsync(
        HttpRequest request, PictureLibrary library, ServerOptions options, ModelSwitch onSwitch, bool? activate, CancellationToken cancellationToken)
    {
        using PackageUpload upload = await PackageUpload.ReceiveAsync(request, options.MaxPackageBytes, cancellationToken);
        ModelItem item = await library.Models.AddAsync(upload.Path, cancellationToken);
        if (activate == true && !item.Active)
            item = await library.Models.UseAsync(ReferenceOf(item), cancellationToken);
        await onSwitch.AnnounceAsync(item);
        return TypedResults.Created($"/api/v1/models/{Uri.EscapeDataString(ReferenceOf(item))}", item);
    }

    private static async Task<Ok<ModelItem>> ActivateAsync(PictureLibrary library, ModelSwitch onSwitch, string reference, CancellationToken cancellationToken)
    {
        ModelItem item = await library.Models.UseAsync(reference, cancellationToken);
        await onSwitch.AnnounceAsync(item);
        return TypedResults.Ok(item);
    }

    private static async Task<Ok<ModelItem>> RollbackAsync(PictureLibrary library, ModelSwitch onSwitch, CancellationToken cancellationToken)
    {
        ModelItem item = await library.Models.RollbackAsync(cancellationToken);
        await onSwitch.AnnounceAsync(item);
        return TypedResults.Ok(item);
    }

    private static async Task<NoContent> RemoveAsync(PictureLibrary library, EventHub events, string reference, CancellationToken cancellationToken)
    {
        await library.Models.RemoveAsync(reference, cancellationToken);
        events.Publish("model", new ModelRemoved(reference));
        return TypedResults.NoContent();
    }

    private static string ReferenceOf(ModelItem item) => $"{item.Name}@{item.Version}";
}

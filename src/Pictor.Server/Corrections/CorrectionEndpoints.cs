using Microsoft.AspNetCore.Routing;

namespace Pictor.Server.Corrections;

/// <summary>Everything by which people correct and keep: bulk changes, history and undo, tags, collections, the change of a model, export.</summary>
internal static class CorrectionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        BulkEndpoint.Map(api);
        ChangeEndpoints.Map(api);
        TagEndpoints.Map(api);
        LookalikeEndpoints.Map(api);
        CollectionEndpoints.Map(api);
        ModelChangeEndpoints.Map(api);
        ExportEndpoint.Map(api);
    }
}

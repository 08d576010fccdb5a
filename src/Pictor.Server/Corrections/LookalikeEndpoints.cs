using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Images;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Corrections;

/// <summary>After a rejection: pictures that look alike and carry the same tag, to be rejected there too.</summary>
internal static class LookalikeEndpoints
{
    private const string About = "By a model's word only, more alike than chance, the most alike first; 'weaker' counts the others that carry the tag. Reject it there too with POST annotations/bulk.";

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder images = api.MapGroup("images/{id}").WithTags("annotations");
        images.MapGet("lookalikes", OfTag).WithSummary("Pictures that look like this one and carry a tag").WithDescription("?value=dog. " + About).Problems(404, 409);
        images.MapGet("annotations/{annotationId:long}/lookalikes", OfAnnotation).WithSummary("Pictures that look like this one and carry the same tag as this annotation, rejected or not").WithDescription(About).Problems(404, 409);
    }

    private static Ok<Page<Hit>> OfTag(PictureLibrary library, string id, string value, int? limit)
    {
        library.GetOrThrow(id);
        return TypedResults.Ok(library.Lookalikes(id, value, Limits.Page(limit, 50)));
    }

    private static Ok<Page<Hit>> OfAnnotation(PictureLibrary library, string id, long annotationId, int? limit)
    {
        library.GetOrThrow(id);
        AnnotationItem item = library.Annotations(id).FirstOrDefault(a => a.Id == annotationId)
            ?? throw new InputException(FormattableString.Invariant($"annotation {annotationId}"), $"picture '{id}' has no such annotation", "GET its annotations for the ids.") { Code = "annotation.unknown" };
        return TypedResults.Ok(library.Lookalikes(id, item.Value, Limits.Page(limit, 50)));
    }
}

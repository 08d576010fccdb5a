using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Library.Duplicates;
using Pictor.Server.Jobs;
using Pictor.Server.Models;

namespace Pictor.Server.Duplicates;

/// <summary>Groups of duplicates.</summary>
/// <param name="Items">The surest first.</param>
/// <param name="NextCursor">Null on the last page.</param>
/// <param name="Total">How many groups there are.</param>
/// <param name="Current">False when pictures came or went since they were looked for: POST duplicates looks again.</param>
internal sealed record DuplicatePage(IReadOnlyList<DuplicateGroup> Items, string? NextCursor, int Total, bool Current);

/// <summary>GET duplicates: what was found; POST: look again, as a job.</summary>
internal static class DuplicateEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("duplicates", List).WithTags("duplicates")
            .WithSummary("Groups of duplicates, each with the one to keep")
            .WithDescription("'tier' is same-bytes (files of one picture), same-pixels, copy (recompressed, scaled, cropped, turned, ...) or look-alike; without it all of them. Nothing is deleted by itself.");
        api.MapPost("duplicates", FindAsync).WithTags("duplicates")
            .WithSummary("Look for duplicates")
            .WithDescription("Answers at once with the job; GET duplicates has the groups when it is done.")
            .Produces<JobItem>(202);
    }

    private static Ok<DuplicatePage> List(PictureLibrary library, string? tier, int? limit, string? cursor)
    {
        Page<DuplicateGroup> page = library.Duplicates(DuplicateTiers.Parse(tier), Limits.Page(limit), cursor);
        return TypedResults.Ok(new DuplicatePage(page.Items, page.NextCursor, page.Total, library.DuplicatesAreCurrent));
    }

    private static async Task<Accepted<JobItem>> FindAsync(PictureLibrary library, JobQueue queue, ModelSwitch onSwitch)
    {
        JobItem job = await new JobRecipe("duplicates") { Promised = true }.QueueAsync(queue, library, onSwitch);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", job);
    }
}

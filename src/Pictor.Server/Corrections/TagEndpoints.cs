using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Corrections;

/// <summary>All tags with their counts.</summary>
internal sealed record TagList(IReadOnlyList<TagCount> Items);

/// <summary>The new word of a tag, or of several that become one.</summary>
/// <param name="From">The tags as they are now.</param>
/// <param name="To">The word they get.</param>
internal sealed record TagRename(IReadOnlyList<string>? From, string? To);

/// <summary>The words of the whole library.</summary>
internal static class TagEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder tags = api.MapGroup("tags").WithTags("tags");
        tags.MapGet("", (PictureLibrary library) => TypedResults.Ok(new TagList(library.Tags()))).WithSummary("Every tag and how many pictures carry it");
        tags.MapPost("rename", RenameAsync)
            .WithSummary("Rename a tag, or merge several, in the whole library")
            .WithDescription("Whoever said it. A model that goes on saying the old word is heard as the new one, in later runs too. Can be undone.")
            .Accepts<TagRename>("application/json")
            .LimitBody(BodyLimits.Json)
            .Problems(404, 415);
    }

    private static async Task<Ok<ChangeReceipt>> RenameAsync(
        HttpRequest request, PictureLibrary library, ServerOptions options, ChangeAnnouncer announcer, CancellationToken cancellationToken)
    {
        TagRename body = await JsonBody.ReadAsync<TagRename>(request, cancellationToken);
        if (body.From is null or { Count: 0 } || body.From.Any(string.IsNullOrWhiteSpace))
            throw new InputException("from", "names no tag", "Send {\"from\": [\"puppy\"], \"to\": \"dog\"}.") { Code = "body.invalid-field" };
        if (string.IsNullOrWhiteSpace(body.To))
            throw new InputException("to", "is missing or empty", "Send {\"from\": [\"puppy\"], \"to\": \"dog\"}.") { Code = "body.invalid-field" };
        ChangeReceipt receipt = await library.RenameTagAsync(body.From, body.To, options.User, cancellationToken);
        announcer.Announce(receipt, "annotated", []);
        return TypedResults.Ok(receipt);
    }
}

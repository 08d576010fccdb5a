using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Annotating;

namespace Pictor.Library.Importing;

/// <summary>A keyword to write; one of a model is marked, so that it is not read back as a person's.</summary>
internal sealed record SidecarWord(string Word, string? Path, bool OfModel);

/// <summary>What stands about a picture, and so should stand in its sidecar.</summary>
internal sealed record SidecarContent
{
    internal IReadOnlyList<SidecarWord> Words { get; private init; } = [];

    /// <summary>Folded words that a person rejected.</summary>
    internal IReadOnlySet<string> Rejected { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    internal string? Description { get; private init; }

    /// <summary>A person's stars, none included; null where no person gave any and none were imported.</summary>
    internal int? Rating { get; private init; }

    /// <summary>Only a model has said something, and that was not asked for.</summary>
    internal bool ModelOnly { get; private init; }

    internal bool IsEmpty => Words.Count == 0 && Rejected.Count == 0 && Description is null && Rating is null;

    internal static SidecarContent Of(SqliteConnection connection, long picture, bool models)
    {
        List<AnnotationRow> rows = [.. AnnotationTable.Of(connection, picture)];
        List<AnnotationRow> tags = rows.FindAll(r => r.Kind is "tag" or "box" && !r.Rejected);
        List<AnnotationRow> chosen = tags.FindAll(r => r.Rank > 1 || models);
        HashSet<string> standing = [.. chosen.Select(r => r.ValueKey)];
        int rating = connection.ExecuteScalar<int>("SELECT rating FROM pictures WHERE row = @picture", new { picture });
        return new SidecarContent
        {
            Words = [.. chosen.GroupBy(r => r.ValueKey, StringComparer.Ordinal).Select(g => new SidecarWord(g.First().Value, PathOf(g), g.All(r => r.Rank == 1)))],
            Rejected = rows.Where(r => r is { Rejected: true, Kind: "tag" } && !standing.Contains(r.ValueKey)).Select(r => r.ValueKey).ToHashSet(StringComparer.Ordinal),

            // The latest of what people wrote; a title is no description.
            Description = rows.Where(r => r is { Kind: "caption", Rejected: false, Rank: > 1 } && r.LabelId != Imports.Title).OrderByDescending(r => r.Rank).ThenByDescending(r => r.Id).FirstOrDefault()?.Value,
            Rating = Imports.PersonRated(connection, picture) ?? (rating > 0 ? rating : null),
            ModelOnly = chosen.Count == 0 && tags.Count > 0,
        };
    }

    // Of imported words the label is the path; of others it is a class.
    private static string? PathOf(IEnumerable<AnnotationRow> rows) => rows.Select(r => r.LabelId).FirstOrDefault(l => l is not null && l.Contains('|', StringComparison.Ordinal));
}

using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Deployment;
using Pictor.Models.Words;

namespace Pictor.Library.Finding;

/// <summary>A picture in which a concept was found, and how sure that is.</summary>
internal sealed record ConceptMatch(long Picture, double Score);

/// <summary>
/// Finds pictures by what a word means: a picture's score for "dog" is the sum of the probabilities of all dogs that the active model knows, for a network that hesitates between two
/// breeds is sure of the dog. Tags count too, of people above all: whoever wrote "beagle" is found by "dog". A rejection takes away the shares of all classes at or below what was rejected.
/// </summary>
internal sealed class ConceptSearch(TagWords words, LibraryModels models)
{
    /// <summary>
    /// A sum must reach this. At one half the picture more probably shows it than not, which is right for a tag that stands there unasked; whoever asks for dogs rather sees two doubtful
    /// pictures at the end of the list than misses one, and below a third the doubtful ones become most of it.
    /// </summary>
    internal const double Cut = 0.35;

    private readonly ClassShareTables _tables = new();

    private sealed record Tag(long Picture, double Confidence, long Rank, string? LabelId);

    private sealed record Rejection(long Picture, string Key, string? LabelId);

    internal IEnumerable<ConceptMatch> Find(SqliteConnection connection, ConceptMeaning meaning)
    {
        using AnnotatorLease? lease = models.Borrow();
        ConceptGraph graph = words.GraphOf(lease?.Active);
        Dictionary<long, Rejected> rejections = Rejections(connection, graph);
        return [.. Tags(connection, meaning, rejections), .. lease is null ? [] : Sums(connection, meaning, lease.Active, rejections)];
    }

    private IEnumerable<ConceptMatch> Sums(SqliteConnection connection, ConceptMeaning meaning, ActiveModel active, Dictionary<long, Rejected> rejections)
    {
        if (meaning.Classes.Count == 0)
            return [];
        bool[] classes = new bool[active.Model.Classes];
        foreach (int index in meaning.Classes)
            classes[index] = true;
        return _tables.Of(connection, active.Model)
            .Sums(classes, picture => rejections.GetValueOrDefault(picture)?.Classes, active.Package.Manifest.MultiLabel, Cut)
            .Select(s => new ConceptMatch(s.Picture, s.Sum));
    }

    private static IEnumerable<ConceptMatch> Tags(SqliteConnection connection, ConceptMeaning meaning, Dictionary<long, Rejected> rejections)
    {
        IEnumerable<Tag> tags = connection.Query<Tag>(
            """
            SELECT s.picture, s.confidence, s.rank, s.label_id AS LabelId FROM said s JOIN pictures p ON p.row = s.picture
            WHERE p.missing = 0 AND s.kind IN ('tag', 'box')
                AND (s.value_key IN (SELECT value FROM json_each(@words)) OR s.label_id IN (SELECT value FROM json_each(@ids)))
            """,
            new { words = JsonSerializer.Serialize(meaning.Words), ids = JsonSerializer.Serialize(meaning.Ids) });

        // Who said "beagle" and rejected "dog" contradicts himself; his word that something is there counts. A model's does not.
        return tags.Where(t => t.Rank > 1 || t.LabelId is null || rejections.GetValueOrDefault(t.Picture)?.Ids.Contains(t.LabelId) != true).Select(t => new ConceptMatch(t.Picture, t.Confidence));
    }

    private static Dictionary<long, Rejected> Rejections(SqliteConnection connection, ConceptGraph graph)
    {
        var result = new Dictionary<long, Rejected>();
        var meanings = new Dictionary<(string, string?), ConceptMeaning?>();
        foreach (Rejection row in connection.Query<Rejection>("SELECT picture, value_key AS Key, label_id AS LabelId FROM annotations WHERE rejected = 1 AND kind = 'tag'"))
        {
            if (!meanings.TryGetValue((row.Key, row.LabelId), out ConceptMeaning? meaning))
                meanings.Add((row.Key, row.LabelId), meaning = row.LabelId is { } id && graph.MeaningOfId(id) is { } byId ? byId : graph.Meaning(row.Key));
            if (meaning is null)
                continue;
            if (!result.TryGetValue(row.Picture, out Rejected? rejected))
                result.Add(row.Picture, rejected = new Rejected());
            rejected.Classes.UnionWith(meaning.Classes);
            rejected.Ids.UnionWith(meaning.Ids);
        }

        return result;
    }

    /// <summary>What was rejected for a picture, with all below it.</summary>
    private sealed class Rejected
    {
        internal HashSet<int> Classes { get; } = [];

        internal HashSet<string> Ids { get; } = new(StringComparer.Ordinal);
    }
}

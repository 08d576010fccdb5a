using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Deployment;
using Pictor.Library.Facts;
using Pictor.Library.Finding;
using Pictor.Models.Words;

namespace Pictor.Library.Collecting;

/// <summary>
/// What a group is named from: its tags; where none holds in enough of it, the concepts that the active model is sure of in sum (three breeds make a group of dogs, though no breed names
/// it); and where the model is silent, what files tell without one: colours, times of day, screenshots.
/// </summary>
internal sealed class GroupNames
{
    private const double LeastTag = 0.2, LeastConcept = 0.25, LeastFact = 0.5;

    /// <summary>How many times likelier than anywhere: what holds in half of a library, "object", names no part of it.</summary>
    private const double Lift = 1.5;

    /// <summary>What covers more of a model's classes than this tells nothing: "object".</summary>
    private const double Widest = 0.4;

    private const int Told = 5;

    private readonly Telling _tags;
    private readonly Lazy<(Telling Words, HashSet<int>[] Classes)> _concepts;
    private readonly Lazy<Telling> _facts;

    internal GroupNames(SqliteConnection connection, ActiveModel? active, TagWords words)
    {
        int pictures = Math.Max(1, connection.ExecuteScalar<int>("SELECT count(*) FROM pictures WHERE hidden = 0"));
        _tags = Tags(connection, pictures);
        _concepts = new(() => Concepts(connection, pictures, active, words));
        _facts = new(() => Facts(connection, pictures));
    }

    /// <summary>The most telling first; empty where nothing is.</summary>
    internal IReadOnlyList<string> Of(long[] group)
    {
        string[] tags = [.. _tags.Words(group).Take(Told).Select(_tags.Name)];
        if (tags.Length > 0)
            return tags;
        string[] concepts = [.. Apart(_concepts.Value.Words.Words(group), _concepts.Value.Classes).Take(Told).Select(_concepts.Value.Words.Name)];
        return concepts.Length > 0 ? concepts : [.. _facts.Value.Words(group).Take(Told).Select(_facts.Value.Name)];
    }

    /// <summary>"Dog" and "animal" say one thing twice.</summary>
    private static IEnumerable<int> Apart(IEnumerable<int> words, HashSet<int>[] classes)
    {
        var chosen = new List<HashSet<int>>();
        foreach (int word in words)
        {
            if (chosen.Exists(other => other.IsSubsetOf(classes[word]) || other.IsSupersetOf(classes[word])))
                continue;
            chosen.Add(classes[word]);
            yield return word;
        }
    }

    private static Telling Tags(SqliteConnection connection, int pictures)
    {
        List<(long Picture, string Key, string Value)> said = connection.Query<(long, string, string)>("SELECT picture, value_key, min(value) FROM said WHERE kind IN ('tag', 'box') GROUP BY picture, value_key ORDER BY value_key").AsList();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach ((_, string key, string value) in said)
        {
            if (places.TryAdd(key, names.Count))
                names.Add(value);
        }

        return new Telling(said.ToLookup(s => s.Picture, s => (places[s.Key], 1.0)), names, pictures, LeastTag, lift: 0);
    }

    private static (Telling, HashSet<int>[]) Concepts(SqliteConnection connection, int pictures, ActiveModel? active, TagWords words)
    {
        // The narrowest first: where a model's only animals are dogs, they are dogs.
        ConceptMeaning[] all = active is null ? [] : [.. Vocabulary.Shipped.Concepts.Select(c => words.GraphOf(active).MeaningOfId(c.Id)).OfType<ConceptMeaning>()
            .Where(m => m.Classes.Count > 0 && m.Classes.Count <= Widest * active.Model.Classes).DistinctBy(m => m.Name, StringComparer.Ordinal).OrderBy(m => m.Ids.Count)];
        ILookup<int, int> above = all.SelectMany((meaning, i) => meaning.Classes.Select(c => (Class: c, Concept: i))).ToLookup(p => p.Class, p => p.Concept);
        var shares = new List<(long Picture, int Word, double Share)>();
        var sums = new Dictionary<int, double>();
        foreach ((long picture, byte[] classes) in active is null ? [] : connection.Query<(long, byte[])>("SELECT picture, classes FROM probabilities WHERE model = @Id", new { active.Model.Id }))
        {
            sums.Clear();
            for (int pair = 0; pair < classes.Length / ClassShares.PairBytes; pair++)
            {
                (int index, double probability) = ClassShares.Read(classes, pair);
                foreach (int concept in above[index])
                    sums[concept] = sums.GetValueOrDefault(concept) + probability;
            }

            // What hardly holds adds up over a thousand pictures, but to nothing that names them.
            shares.AddRange(sums.Where(s => s.Value >= 0.1).Select(s => (picture, s.Key, Math.Min(1, s.Value))));
        }

        return (new Telling(shares.ToLookup(s => s.Picture, s => (s.Word, s.Share)), [.. all.Select(m => m.Name)], pictures, LeastConcept, Lift), [.. all.Select(m => m.Classes.ToHashSet())]);
    }

    private static Telling Facts(SqliteConnection connection, int pictures)
    {
        Concept[] all = [.. FactWords.Words.Concepts.Where(c => Names(c.Id))];
        Dictionary<string, int> places = all.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
        return new Telling(
            connection.Query<(long Picture, string Fact)>("SELECT picture, fact FROM facts WHERE rejected = 0").Where(f => places.ContainsKey(f.Fact)).ToLookup(f => f.Picture, f => (places[f.Fact], 1.0)),
            [.. all.Select(c => c.English)], pictures, LeastFact, Lift);
    }

    /// <summary>A shape is no content, and months and places stand in an event's name already.</summary>
    private static bool Names(string fact) => fact != "geotagged" && !fact.EndsWith("-format", StringComparison.Ordinal) && !fact.StartsWith("month-", StringComparison.Ordinal);
}

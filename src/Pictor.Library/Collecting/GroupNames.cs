using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
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

    private const double LeastShare = 0.1;

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
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var said = new HashSet<(long Picture, string Key)>();
        using var statements = new PreparedStatements(connection);
        statements.Each("SELECT picture, value_key, value FROM said WHERE kind IN ('tag', 'box')", row =>
        {
            (string key, string value) = (row.Text(1), row.Text(2));
            said.Add((row.Long(0), key));
            if (!names.TryGetValue(key, out string? known) || StringComparer.Ordinal.Compare(value, known) < 0)
                names[key] = value;
        });
        Dictionary<string, int> places = names.Keys.Select((key, i) => (key, i)).ToDictionary(p => p.key, p => p.i, StringComparer.Ordinal);
        return new Telling(new PictureWords([.. said.Select(s => (s.Picture, new WordShare(places[s.Key], 1)))]), [.. names.Values], pictures, LeastTag, lift: 0);
    }

    private static (Telling, HashSet<int>[]) Concepts(SqliteConnection connection, int pictures, ActiveModel? active, TagWords words)
    {
        // The narrowest first: where a model's only animals are dogs, they are dogs.
        ConceptMeaning[] all = active is null ? [] : [.. Vocabulary.Shipped.Concepts.Select(c => words.GraphOf(active).MeaningOfId(c.Id)).OfType<ConceptMeaning>()
            .Where(m => m.Classes.Count > 0 && m.Classes.Count <= Widest * active.Model.Classes).DistinctBy(m => m.Name, StringComparer.Ordinal).OrderBy(m => m.Ids.Count)];
        var shares = new List<(long, WordShare)>();
        if (active is not null)
        {
            int[][] above = [.. Enumerable.Range(0, (int)active.Model.Classes).Select(k => Enumerable.Range(0, all.Length).Where(i => all[i].Classes.Contains(k)).ToArray())];
            double[] sums = new double[all.Length];
            using var statements = new PreparedStatements(connection);
            statements.Each(
                "SELECT picture, classes FROM probabilities WHERE model = @model",
                row =>
                {
                    long picture = row.Long(0);
                    ReadOnlySpan<byte> classes = row.Bytes(1);
                    Array.Clear(sums);
                    for (int pair = 0; pair < classes.Length / ClassShares.PairBytes; pair++)
                    {
                        (int index, double probability) = ClassShares.Read(classes, pair);
                        foreach (int concept in above[index])
                            sums[concept] += probability;
                    }

                    // What hardly holds adds up over a thousand pictures, but to nothing that names them.
                    for (int concept = 0; concept < sums.Length; concept++)
                    {
                        if (sums[concept] >= LeastShare)
                            shares.Add((picture, new WordShare(concept, (float)Math.Min(1, sums[concept]))));
                    }
                },
                ("@model", active.Model.Id));
        }

        return (new Telling(new PictureWords(shares), [.. all.Select(m => m.Name)], pictures, LeastConcept, Lift), [.. all.Select(m => m.Classes.ToHashSet())]);
    }

    private static Telling Facts(SqliteConnection connection, int pictures)
    {
        Concept[] all = [.. FactWords.Words.Concepts.Where(c => Names(c.Id))];
        var held = new List<(long, WordShare)>();
        using var statements = new PreparedStatements(connection);
        for (int i = 0; i < all.Length; i++)
        {
            var word = new WordShare(i, 1);
            statements.Each("SELECT picture FROM facts WHERE fact = @fact AND rejected = 0", row => held.Add((row.Long(0), word)), ("@fact", all[i].Id));
        }

        return new Telling(new PictureWords(held), [.. all.Select(c => c.English)], pictures, LeastFact, Lift);
    }

    /// <summary>A shape is no content, and months and places stand in an event's name already.</summary>
    private static bool Names(string fact) => fact != "geotagged" && !fact.EndsWith("-format", StringComparison.Ordinal) && !fact.StartsWith("month-", StringComparison.Ordinal);
}

using System.Text.RegularExpressions;

namespace Pictor.Models.Words;

/// <summary>
/// A vocabulary joined with a package's labels. A label is the vocabulary's concept of the same WordNet id, else the one of its name; it then has the concept's Chinese,
/// synonyms and broader concepts besides its own, while the package's own names win. The broader ids that a package gives itself count as well: the graph is the union.
/// </summary>
public sealed partial class ConceptGraph
{
    private readonly Node[] _nodes;
    private readonly int _labels;
    private readonly Dictionary<string, List<int>> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _bySynonym = new(StringComparer.Ordinal);
    private readonly List<int>[] _below;

    /// <summary>Joins.</summary>
    /// <param name="vocabulary">The words.</param>
    /// <param name="labels">A package's classes in the order of its outputs; none without a package.</param>
    public ConceptGraph(Vocabulary vocabulary, IReadOnlyList<Label> labels)
    {
        Concept?[] same = [.. labels.Select(label => SameAs(vocabulary, label))];
        Labels = [.. labels.Select((label, i) => Join(label, same[i]))];
        _labels = labels.Count;

        // A broader id that neither the package nor the vocabulary explains is a word all the same.
        HashSet<string> own = [.. labels.Select(l => l.Id)];
        IEnumerable<Concept> unexplained = labels.SelectMany(l => l.Broader).Distinct(StringComparer.Ordinal)
            .Where(id => id.Length > 0 && !own.Contains(id) && vocabulary.Find(id) is null).Select(id => new Concept(id, id, ""));
        Concept[] concepts = [.. vocabulary.Concepts, .. unexplained];
        _nodes =
        [
            .. Labels.Select((label, i) => new Node(label.Id, label.Name, Keys(label.Id, label.Name, label.Chinese), Keys([.. label.Synonyms]), [.. label.Broader, .. same[i] is { } c ? [c.Id] : (string[])[]])),
            .. concepts.Select(c => new Node(c.Id, c.English, Keys(c.English, c.Chinese), Keys([.. c.Synonyms]), c.Broader)),
        ];
        for (int i = 0; i < _nodes.Length; i++)
        {
            Add(_byId, _nodes[i].Id, i);
            foreach (string name in _nodes[i].Names)
                Add(_byName, name, i);
            foreach (string synonym in _nodes[i].Synonyms)
                Add(_bySynonym, synonym, i);
        }

        _below = [.. _nodes.Select(_ => new List<int>())];
        for (int i = 0; i < _nodes.Length; i++)
        {
            foreach (int above in _nodes[i].Broader.SelectMany(id => _byId.GetValueOrDefault(id) ?? []).Where(above => above != i).Distinct())
                _below[above].Add(i);
        }
    }

    /// <summary>The package's labels with what the vocabulary adds.</summary>
    public IReadOnlyList<Label> Labels { get; }

    /// <summary>What a word means, or null when it names no concept and no class. A name comes before a synonym.</summary>
    public ConceptMeaning? Meaning(string word)
    {
        string key = WordKey.Of(word);
        return (_byName.GetValueOrDefault(key) ?? _bySynonym.GetValueOrDefault(key)) is { } named ? MeaningOf(named) : null;
    }

    /// <summary>Everything at or below a class or concept, or null when the id is unknown.</summary>
    public ConceptMeaning? MeaningOfId(string id) => _byId.GetValueOrDefault(id) is { } nodes ? MeaningOf(nodes) : null;

    private ConceptMeaning MeaningOf(List<int> named)
    {
        HashSet<int>[] each = [.. named.Select(Below)];
        int widest = Enumerable.Range(0, each.Length).MaxBy(i => each[i].Count);
        var all = new HashSet<int>(each.SelectMany(e => e));
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (int i in all)
        {
            words.UnionWith(_nodes[i].Names);

            // "lab" is a dog, and also a laboratory; but a word that properly names something else does not mean this.
            words.UnionWith(_nodes[i].Synonyms.Where(s => !_byName.TryGetValue(s, out List<int>? others) || others.Exists(all.Contains)));
        }

        return new ConceptMeaning(_nodes[named[widest]].Name, [.. all.Where(i => i < _labels).Order()], all.Select(i => _nodes[i].Id).ToHashSet(StringComparer.Ordinal), words);
    }

    private HashSet<int> Below(int node)
    {
        var met = new HashSet<int> { node };
        var open = new Stack<int>([node]);
        while (open.TryPop(out int i))
        {
            foreach (int narrower in _below[i].Where(met.Add))
                open.Push(narrower);
        }

        return met;
    }

    // WordNet ids mean the same everywhere. Elsewhere the name decides, but it never joins two WordNet ids: a crane may be a bird or a machine.
    private static Concept? SameAs(Vocabulary vocabulary, Label label)
    {
        bool isWordNet = WordNetId().IsMatch(label.Id);
        if (isWordNet && vocabulary.Find(label.Id) is { } byId)
            return byId;
        Concept[] named = [.. vocabulary.Named(label.Name)];
        return named.Length == 1 && !(isWordNet && WordNetId().IsMatch(named[0].Id)) ? named[0] : null;
    }

    private static Label Join(Label label, Concept? concept)
    {
        if (concept is null)
            return label;

        // "jacket" is only one of the words for coats: it stands below them and is not called by their name.
        bool sameId = label.Id == concept.Id && WordNetId().IsMatch(label.Id);
        if (!sameId && WordKey.Of(label.Name) != WordKey.Of(concept.English))
            return label with { Broader = [.. label.Broader.Append(concept.Id).Distinct(StringComparer.Ordinal)] };
        string chinese = label.Chinese is { Length: > 0 } own ? own : concept.Chinese;
        return label with
        {
            Chinese = chinese,
            Synonyms = [.. label.Synonyms.Concat([concept.English, concept.Chinese, .. concept.Synonyms]).Where(w => w != label.Name && w != chinese).Distinct(StringComparer.Ordinal)],
            Broader = [.. label.Broader.Concat(concept.Broader).Distinct(StringComparer.Ordinal)],
        };
    }

    private static string[] Keys(params IEnumerable<string?> words) =>
        [.. words.Select(w => w is { Length: > 0 } ? WordKey.Of(w) : "").Where(w => w.Length > 0).Distinct(StringComparer.Ordinal)];

    private static void Add(Dictionary<string, List<int>> index, string key, int node)
    {
        if (!index.TryGetValue(key, out List<int>? nodes))
            index.Add(key, nodes = []);
        nodes.Add(node);
    }

    private sealed record Node(string Id, string Name, string[] Names, string[] Synonyms, IReadOnlyList<string> Broader);

    [GeneratedRegex("^n[0-9]{8}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordNetId();
}

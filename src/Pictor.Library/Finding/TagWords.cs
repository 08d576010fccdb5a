using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Models.Words;

namespace Pictor.Library.Finding;

/// <summary>
/// What a word may mean: tags of that very text, the classes of the active model that bear it as id, English or Chinese name, or synonym, and the concept that it names with all below it.
/// </summary>
internal sealed class TagWords(LibraryModels models)
{
    private static readonly ConceptGraph s_withoutModel = new(Vocabulary.Shipped, []);

    private static readonly FrozenDictionary<string, string> s_chineseWithoutModel = Chinese(s_withoutModel);

    private readonly ConditionalWeakTable<ActiveModel, ConceptGraph> _graphs = [];
    private readonly ConditionalWeakTable<ActiveModel, FrozenDictionary<string, string>> _chinese = [];
    private readonly ConditionalWeakTable<ConceptGraph, (Label Label, string[] Names)[]> _names = [];

    /// <param name="Keys">Folded tags that mean the same.</param>
    /// <param name="LabelIds">Classes that bear the word as a name.</param>
    /// <param name="NearLabelIds">Classes of which the word is the beginning, or a part where words are written without blanks.</param>
    internal sealed record Meaning(IReadOnlyList<string> Keys, IReadOnlyList<string> LabelIds, IReadOnlyList<string> NearLabelIds)
    {
        /// <summary>The word itself, folded.</summary>
        internal string Key => Keys[0];

        /// <summary>The concept that it names, if any.</summary>
        internal ConceptMeaning? Concept { get; init; }
    }

    internal Meaning Of(string word)
    {
        string key = TextKey.Of(word);
        var keys = new List<string> { key };
        var exact = new List<string>();
        var near = new List<string>();
        using AnnotatorLease? lease = models.Borrow();
        ConceptGraph graph = GraphOf(lease?.Active);
        ConceptMeaning? concept = graph.Meaning(key);
        foreach ((Label label, string[] names) in _names.GetValue(graph, Names))
        {
            if (names.Contains(key, StringComparer.Ordinal))
            {
                exact.Add(label.Id);
                keys.Add(TextKey.Of(label.Name));
            }
            else if (names.Any(name => IsNear(name, key)) && !(concept is not null && IsSomethingElse(label)))
            {
                near.Add(label.Id);
            }
        }

        return new Meaning([.. keys.Distinct(StringComparer.Ordinal)], exact, near) { Concept = concept };
    }

    /// <summary>What a tag is called in Chinese: by the active model's labels, else by the shipped words; the tag itself where neither knows it.</summary>
    internal string ChineseOf(string tag)
    {
        using AnnotatorLease? lease = models.Borrow();
        FrozenDictionary<string, string> names = lease is null ? s_chineseWithoutModel : _chinese.GetValue(lease.Active, active => Chinese(GraphOf(active)));
        return names.GetValueOrDefault(TextKey.Of(tag), tag);
    }

    /// <summary>The shipped vocabulary joined with a model's labels; made once for each.</summary>
    internal ConceptGraph GraphOf(ActiveModel? active) =>
        active is null ? s_withoutModel : _graphs.GetValue(active, a => new ConceptGraph(Vocabulary.Shipped, a.Package.Labels));

    /// <summary>Folding a thousand classes' names for each word of each question would take longer than to find the word.</summary>
    private static (Label, string[])[] Names(ConceptGraph graph) =>
        [.. graph.Labels.Select(label => (label, (string[])[.. new[] { label.Id, label.Name, label.Chinese ?? "" }.Concat(label.Synonyms).Where(n => n.Length > 0).Select(TextKey.Of)]))];

    // A class of the model comes before a concept of the same name.
    private static FrozenDictionary<string, string> Chinese(ConceptGraph graph)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Label label in graph.Labels.Where(label => !string.IsNullOrEmpty(label.Chinese)))
            names.TryAdd(TextKey.Of(label.Name), label.Chinese!);
        foreach (Concept concept in Vocabulary.Shipped.Concepts.Where(concept => concept.Chinese.Length > 0))
            names.TryAdd(TextKey.Of(concept.English), concept.Chinese);
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Whoever says cat (猫) wants neither catamarans nor pandas (熊猫): what the vocabulary knows, and does not put below the word, is no cat.
    /// Of someone's own class, such as "cat food", it knows nothing.</summary>
    private static bool IsSomethingElse(Label label) => s_withoutModel.MeaningOfId(label.Id) is not null || s_withoutModel.Meaning(label.Name) is not null;

    /// <summary>The same of a tag that begins with the word or, without blanks, contains it: whoever says "sports" does want sports cars.</summary>
    internal static bool IsSomethingElse(Meaning meaning, string tag) =>
        !$" {tag} ".Contains($" {meaning.Key} ", StringComparison.Ordinal) && meaning.Concept is { } concept && s_withoutModel.Meaning(tag) is not null && !concept.Words.Contains(tag, StringComparer.Ordinal);

    private static bool IsNear(string name, string key) => TextKey.IsUnspaced(key)
        ? name.Contains(key, StringComparison.Ordinal)
        : key.Length >= 2 && (name.StartsWith(key, StringComparison.Ordinal) || name.Contains(' ' + key, StringComparison.Ordinal));
}

using System.Collections.Frozen;

namespace Pictor.Models.Words;

/// <summary>
/// Words and what they mean, in English and Chinese, and which concept stands above which: a graph without circles, for a chihuahua is a toy dog, a dog, a pet and a mammal.
/// One vocabulary is shipped with the program (<c>words.txt</c>); a package's labels are joined to it by <see cref="ConceptGraph"/>.
/// </summary>
public sealed class Vocabulary
{
    private static readonly Lazy<Vocabulary> s_shipped = new(() => Parse(ReadResource(typeof(Vocabulary), "words.txt"), "words.txt"));

    private readonly FrozenDictionary<string, Concept> _byId;
    private readonly ILookup<string, Concept> _byName;
    private readonly ILookup<string, Concept> _bySynonym;
    private readonly ILookup<string, Concept> _below;

    private Vocabulary(IReadOnlyList<Concept> concepts)
    {
        Concepts = concepts;
        _byId = concepts.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        _byName = concepts.SelectMany(c => new[] { c.English, c.Chinese }.Select(WordKey.Of).Distinct(StringComparer.Ordinal).Select(w => (Word: w, Concept: c)))
            .ToLookup(p => p.Word, p => p.Concept, StringComparer.Ordinal);
        _bySynonym = concepts.SelectMany(c => c.Synonyms.Select(WordKey.Of).Distinct(StringComparer.Ordinal).Select(w => (Word: w, Concept: c)))
            .ToLookup(p => p.Word, p => p.Concept, StringComparer.Ordinal);
        _below = concepts.SelectMany(c => c.Broader.Select(b => (Broader: b, Concept: c))).ToLookup(p => p.Broader, p => p.Concept, StringComparer.Ordinal);
    }

    /// <summary>The vocabulary that is part of the program.</summary>
    public static Vocabulary Shipped => s_shipped.Value;

    /// <summary>All concepts in the order of the file.</summary>
    public IReadOnlyList<Concept> Concepts { get; }

    /// <summary>Reads a vocabulary: a concept a line, <c>id;english;chinese;synonyms|...;broader|...</c>; '#' begins a comment.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="name">The name that errors carry.</param>
    /// <exception cref="InputException"><c>words.invalid</c>: wrong columns, an id twice, an unknown broader id, or a circle; each with its line.</exception>
    public static Vocabulary Parse(string text, string name) => new(VocabularyFile.Parse(text, name));

    /// <summary>The vocabulary that an assembly carries as a resource.</summary>
    /// <param name="owner">A type of that assembly.</param>
    /// <param name="resource">The resource's logical name.</param>
    public static Vocabulary OfResource(Type owner, string resource) => Parse(ReadResource(owner, resource), resource);

    /// <summary>The concept with this id, or null.</summary>
    public Concept? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The concepts that a word names, whatever its case and width. A name comes before a synonym: "sheep" is the sheep even where something else has it as a synonym.</summary>
    public IEnumerable<Concept> Named(string word)
    {
        string key = WordKey.Of(word);
        return _byName.Contains(key) ? _byName[key] : _bySynonym[key];
    }

    /// <summary>The ids of everything below a concept, however deep; itself left out.</summary>
    public IReadOnlySet<string> Narrower(string id) => Walk(id, i => _below[i].Select(c => c.Id)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The ids of everything above a concept, the nearest first; itself left out.</summary>
    public IReadOnlyList<string> BroaderChain(string id) => Walk(id, i => _byId.TryGetValue(i, out Concept? concept) ? concept.Broader : []);

    // Level by level, so that nearer ones come first.
    private static List<string> Walk(string from, Func<string, IEnumerable<string>> next)
    {
        var order = new List<string>();
        var met = new HashSet<string>(StringComparer.Ordinal) { from };
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out string? id))
        {
            foreach (string other in next(id).Where(met.Add))
            {
                order.Add(other);
                queue.Enqueue(other);
            }
        }

        return order;
    }

    private static string ReadResource(Type owner, string resource)
    {
        using Stream stream = owner.Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The resource {resource} is not part of {owner.Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

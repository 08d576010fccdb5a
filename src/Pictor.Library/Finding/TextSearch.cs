using Pictor.Library.Catalogue;
using Pictor.Library.Facts;
using Pictor.Library.Finding.Asking;

namespace Pictor.Library.Finding;

/// <summary>
/// Words: every one must be found, in a tag (by any of its names), as a concept or a fact, in a text or caption, or in the name of a file or folder; a word after a minus must not be a tag,
/// concept or fact. The score of a word is the best of: the confidence of a tag it names, 0.8 of that when it is only a part; the sum over a concept's classes; a fact's; 0.9 for texts;
/// 0.5 for file names and 0.4 for folders, a tenth less when the word is only the beginning. That of a picture is their mean.
/// </summary>
internal sealed class TextSearch(TagWords words, ConceptSearch concepts, UnspacedTerms divider)
{
    // As probabilities that the picture shows it, like those of tags and concepts. Of captions that was measured (0.93, bench/captions.py); of names and parts of words it is judgement.
    private const double InTag = 0.8, InText = 0.9, InName = 0.5, InFolder = 0.4, Begun = 0.1;

    private readonly WordHitsPool _pool = new();

    /// <param name="lookup">Where to look.</param>
    /// <param name="question">Taken apart.</param>
    /// <param name="bounds">How sure and by whom tags must be.</param>
    /// <returns>Null where the question has no word to look for. To be disposed.</returns>
    internal TextMatches? Find(Lookup lookup, Question question, TagBounds bounds)
    {
        List<WordHits> each = [];
        foreach (Term term in question.Wanted)
            each.AddRange(OfTerm(lookup, term, bounds));
        if (each.Count == 0)
            return null;

        // "sports car" is also one tag of two words.
        Asking.Words[] spoken = [.. question.Wanted.Where(t => t.Choices.Count == 1).Select(t => t.Choices[0]).OfType<Asking.Words>()];
        WordHits? whole = each.Count > 1 && spoken.Length == question.Wanted.Count()
            ? Best(lookup, found => OfMeaning(lookup, words.Of(string.Join(' ', spoken.Select(s => s.Text))), bounds, found))
            : null;
        return new TextMatches(_pool, each, whole, lookup.Columns.Length);
    }

    /// <summary>Pictures with a word after a minus.</summary>
    internal RowSet Unwanted(Lookup lookup, Question question)
    {
        var unwanted = new RowSet();
        foreach (Asking.Words word in question.Terms.Where(t => t.Minus).SelectMany(t => t.Choices).OfType<Asking.Words>())
        {
            OfMeaning(lookup, words.Of(word.Text), TagBounds.None, found =>
            {
                if (!found.Weak)
                    unwanted.Add(found.Picture);
            });
        }

        return unwanted;
    }

    /// <summary>What each part of the term finds: one part, but for Chinese words that are divided.</summary>
    private IEnumerable<WordHits> OfTerm(Lookup lookup, Term term, TagBounds bounds)
    {
        if (term.Choices is [Asking.Words only])
            return Parts(only).Select(part => Best(lookup, found => OfWord(lookup, part, bounds, found)));
        return
        [
            Best(lookup, found =>
            {
                foreach (Choice choice in term.Choices)
                {
                    if (choice is Asking.Words word)
                        Together(lookup, Parts(word), bounds, found);
                    else
                        OfFilter(lookup, (Filter)choice, bounds, found);
                }
            }),
        ];
    }

    private IReadOnlyList<string> Parts(Asking.Words word) => word.Quoted ? [TextKey.Of(word.Text)] : divider.Split(TextKey.Of(word.Text));

    private void Together(Lookup lookup, IReadOnlyList<string> parts, TagBounds bounds, Action<Found> found)
    {
        if (parts.Count == 1)
        {
            OfWord(lookup, parts[0], bounds, found);
            return;
        }

        WordHits[] each = [.. parts.Select(part => Best(lookup, one => OfWord(lookup, part, bounds, one)))];
        WordHits all = TextMatches.Together(_pool, each, null, lookup.Columns.Length);
        foreach (int row in all.Rows)
        {
            if (all.TryGet(row, out Found one))
                found(one);
        }

        foreach (WordHits hits in (WordHits[])[.. each, all])
            _pool.Return(hits);
    }

    private void OfFilter(Lookup lookup, Filter filter, TagBounds bounds, Action<Found> found)
    {
        string name = filter.ToString();
        foreach (int row in new FilterRows(lookup, words, "text").Of(filter, bounds).Rows())
        {
            if (lookup.Columns.IsVisible(row))
                found(new Found(row, 1, FoundIn.Filter, 0, name));
        }
    }

    private WordHits Best(Lookup lookup, Action<Action<Found>> find)
    {
        WordHits best = _pool.Rent(lookup.Columns.Length);
        find(found => best.Add(found));
        return best;
    }

    private void OfWord(Lookup lookup, string word, TagBounds bounds, Action<Found> found)
    {
        TagWords.Meaning meaning = words.Of(word);
        OfMeaning(lookup, meaning, bounds, found);
        string? phrase = WordText.Phrase(word);
        bool begins = !TextKey.IsUnspaced(word) && word.Length >= 2;
        string[] near = phrase is null
            ? []
            : [.. TagKeys(lookup.Statements, begins ? WordText.Phrase(word, prefix: true)! : phrase).Where(key => !meaning.Keys.Contains(key, StringComparer.Ordinal) && !TagWords.IsSomethingElse(meaning, key))];
        if (near.Length > 0 || meaning.NearLabelIds.Count > 0)
            WordRows.Tags(lookup, near, meaning.NearLabelIds, InTag, bounds, found);
        if (phrase is null || !bounds.IsEmpty)
            return;
        WordRows.Texts(lookup, phrase, InText, found);
        WordRows.Names(lookup, $"name : {phrase}", InName, found);
        WordRows.Names(lookup, $"folder : {phrase}", InFolder, found);
        if (begins && WordText.Phrase(word, prefix: true) is { } beginning)
        {
            // What has the whole word was found above.
            WordRows.Texts(lookup, $"{beginning} NOT {phrase}", InText - Begun, found);
            WordRows.Names(lookup, $"(name : {beginning}) NOT (name : {phrase})", InName - Begun, found);
            WordRows.Names(lookup, $"(folder : {beginning}) NOT (folder : {phrase})", InFolder - Begun, found);
        }
    }

    /// <summary>Tags of that name first: where a class and its own concept score the same, the tag is the plainer reason.</summary>
    private void OfMeaning(Lookup lookup, TagWords.Meaning meaning, TagBounds bounds, Action<Found> found)
    {
        WordRows.Tags(lookup, meaning.Keys, meaning.LabelIds, 1, bounds, found);
        if (meaning.Concept is { } concept)
            concepts.Find(lookup, concept, bounds, found);
        if (bounds.IsEmpty)
            OfFact(lookup, meaning.Key, found);
    }

    private static void OfFact(Lookup lookup, string key, Action<Found> found)
    {
        (string Fact, string Name) known = ("", "");
        foreach (FactTable.Row row in FactTable.Find(lookup, key))
        {
            if (known.Fact != row.Fact)
                known = (row.Fact, FactWords.NameOf(row.Fact).English);
            found(new Found(row.Picture, Fact.Score(row.Share), FoundIn.Fact, 0, known.Name));
        }
    }

    private static List<string> TagKeys(PreparedStatements statements, string match) => statements.Rows(
        "SELECT v.key FROM tag_words w JOIN tag_values v ON v.id = w.rowid WHERE tag_words MATCH @match", row => row.Text(0), ("@match", match));
}

using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Facts;
using Pictor.Library.Finding.Asking;

namespace Pictor.Library.Finding;

/// <summary>
/// Words: every one must be found, in a tag (by any of its names), as a concept or a fact, in a text or caption, or in the name of a file or folder; a word after a minus must not be a tag,
/// concept or fact. The score of a word is the best of: the confidence of a tag it names, 0.8 of that when it is only a part; the sum over a concept's classes; a fact's; 0.6 for texts;
/// 0.5 for file names and 0.4 for folders, a tenth less when the word is only the beginning. That of a picture is their mean.
/// </summary>
internal sealed class TextSearch(TagWords words, ConceptSearch concepts, UnspacedTerms divider)
{
    private const double InTag = 0.8, InText = 0.6, InName = 0.5, InFolder = 0.4, Begun = 0.1;

    /// <param name="connection">The catalogue.</param>
    /// <param name="question">Taken apart.</param>
    /// <param name="bounds">How sure and by whom tags must be.</param>
    /// <returns>By row of the picture; null where the question has no word to look for.</returns>
    internal Dictionary<long, TextMatch>? Find(SqliteConnection connection, Question question, TagBounds bounds)
    {
        List<Dictionary<long, Found>> each = [];
        foreach (Term term in question.Wanted)
            each.AddRange(OfTerm(connection, term, bounds));
        if (each.Count == 0)
            return null;

        Dictionary<long, TextMatch> result = All(each);

        // "sports car" is also one tag of two words.
        Asking.Words[] spoken = [.. question.Wanted.Where(t => t.Choices.Count == 1).Select(t => t.Choices[0]).OfType<Asking.Words>()];
        if (each.Count > 1 && spoken.Length == question.Wanted.Count())
        {
            foreach (Found whole in Best(OfMeaning(connection, words.Of(string.Join(' ', spoken.Select(s => s.Text))), bounds)).Values.Where(f => !f.Weak))
                result[whole.Picture] = new TextMatch(whole.Score, [whole]);
        }

        return result;
    }

    /// <summary>Pictures with a word after a minus.</summary>
    internal HashSet<long> Unwanted(SqliteConnection connection, Question question) =>
    [
        .. question.Terms.Where(t => t.Minus).SelectMany(t => t.Choices).OfType<Asking.Words>()
            .SelectMany(word => OfMeaning(connection, words.Of(word.Text), TagBounds.None)).Where(f => !f.Weak).Select(f => f.Picture),
    ];

    private static Dictionary<long, TextMatch> All(List<Dictionary<long, Found>> each)
    {
        Dictionary<long, Found> fewest = each.MinBy(e => e.Count)!;
        var result = new Dictionary<long, TextMatch>(fewest.Count);
        foreach (long picture in fewest.Keys)
        {
            var found = new Found[each.Count];
            double sum = 0;
            int i = 0;
            while (i < found.Length && each[i].TryGetValue(picture, out found[i]))
                sum += found[i++].Score;
            if (i == found.Length)
                result.Add(picture, new TextMatch(sum / found.Length, found));
        }

        return result;
    }

    /// <summary>What each part of the term finds: one part, but for Chinese words that are divided.</summary>
    private IEnumerable<Dictionary<long, Found>> OfTerm(SqliteConnection connection, Term term, TagBounds bounds)
    {
        if (term.Choices is [Asking.Words only])
            return Parts(only).Select(part => Best(OfWord(connection, part, bounds)));
        return
        [
            Best(term.Choices.SelectMany(choice => choice is Asking.Words word
                ? Together(Parts(word).Select(part => Best(OfWord(connection, part, bounds))).ToList())
                : OfFilter(connection, (Filter)choice, bounds))),
        ];
    }

    private IReadOnlyList<string> Parts(Asking.Words word) => word.Quoted ? [TextKey.Of(word.Text)] : divider.Split(TextKey.Of(word.Text));

    private static IEnumerable<Found> Together(List<Dictionary<long, Found>> parts) =>
        parts.Count == 1 ? parts[0].Values : All(parts).Values.Select(m => m.Each.MinBy(f => f.Score) with { Score = m.Score, Weak = m.Weak });

    private List<Found> OfFilter(SqliteConnection connection, Filter filter, TagBounds bounds)
    {
        Condition condition = new FilterSql(connection, words, "text").Of(filter, bounds);
        string name = filter.ToString();
        return [.. PictureRows.Of(connection, condition).Select(row => new Found(row, 1, FoundIn.Filter, 0, name))];
    }

    private static Dictionary<long, Found> Best(IEnumerable<Found> found)
    {
        var best = new Dictionary<long, Found>();
        foreach (Found one in found)
        {
            ref Found other = ref CollectionsMarshal.GetValueRefOrAddDefault(best, one.Picture, out bool exists);
            if (!exists || one.IsBetterThan(other))
                other = one;
        }

        return best;
    }

    private IEnumerable<Found> OfWord(SqliteConnection connection, string word, TagBounds bounds)
    {
        TagWords.Meaning meaning = words.Of(word);
        IEnumerable<Found> found = OfMeaning(connection, meaning, bounds);
        string? phrase = WordText.Phrase(word);
        bool begins = !TextKey.IsUnspaced(word) && word.Length >= 2;
        string[] near = phrase is null ? [] : [.. TagKeys(connection, begins ? WordText.Phrase(word, prefix: true)! : phrase).Where(key => !meaning.Keys.Contains(key, StringComparer.Ordinal) && !TagWords.IsSomethingElse(meaning, key))];
        if (near.Length > 0 || meaning.NearLabelIds.Count > 0)
            found = found.Concat(WordRows.Tags(connection, near, meaning.NearLabelIds, InTag, bounds));
        if (phrase is null || !bounds.IsEmpty)
            return found;
        found = found.Concat(WordRows.Texts(connection, phrase, InText)).Concat(WordRows.Names(connection, $"name : {phrase}", InName)).Concat(WordRows.Names(connection, $"folder : {phrase}", InFolder));
        if (begins && WordText.Phrase(word, prefix: true) is { } beginning)
        {
            // What has the whole word was found above.
            found = found.Concat(WordRows.Texts(connection, $"{beginning} NOT {phrase}", InText - Begun)).Concat(WordRows.Names(connection, $"(name : {beginning}) NOT (name : {phrase})", InName - Begun))
                .Concat(WordRows.Names(connection, $"(folder : {beginning}) NOT (folder : {phrase})", InFolder - Begun));
        }

        return found;
    }

    /// <summary>Tags of that name first: where a class and its own concept score the same, the tag is the plainer reason.</summary>
    private IEnumerable<Found> OfMeaning(SqliteConnection connection, TagWords.Meaning meaning, TagBounds bounds)
    {
        IEnumerable<Found> found = WordRows.Tags(connection, meaning.Keys, meaning.LabelIds, 1, bounds);
        if (meaning.Concept is { } concept)
            found = found.Concat(concepts.Find(connection, concept, bounds).Select(m => new Found(m.Picture, m.Score, FoundIn.Concept, 0, concept.Name, m.Weak)));
        return bounds.IsEmpty
            ? found.Concat(FactTable.Find(connection, meaning.Key).Select(f => new Found(f.Picture, Fact.Score(f.Share), FoundIn.Fact, 0, FactWords.NameOf(f.Fact).English)))
            : found;
    }

    private static List<string> TagKeys(SqliteConnection connection, string match)
    {
        var keys = new List<string>();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT v.key FROM tag_words w JOIN tag_values v ON v.id = w.rowid WHERE tag_words MATCH @match";
        command.Parameters.AddWithValue("@match", match);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            keys.Add(reader.GetString(0));
        return keys;
    }
}

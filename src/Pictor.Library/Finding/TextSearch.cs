using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Facts;

namespace Pictor.Library.Finding;

/// <summary>A picture that words have found.</summary>
internal sealed record TextMatch(double Score, IReadOnlyList<HitReason> Reasons);

/// <summary>
/// Words: every one must be found, in a tag (by any of its names), as a concept or a fact, in a text or caption, or in a file name; a word after a minus must not be a tag, concept or
/// fact. The score of a word is the best of: the confidence of a tag it names, 0.8 of that when it is only the beginning; the sum over a concept's classes; a fact's; 0.6 for texts;
/// 0.5 or 0.4 for file names. That of a picture is their mean.
/// </summary>
internal sealed class TextSearch(CatalogueFile catalogue, TagWords words, ConceptSearch concepts, UnspacedTerms divider)
{
    private sealed record Found(long Picture, double Score, string Kind, string Value);

    private sealed record Tag(long Picture, double Confidence, string Value);

    internal Dictionary<long, TextMatch> Find(string text)
    {
        string[] terms = [.. Terms(text)];
        string[] spoken = [.. terms.Where(t => !IsMinus(t))], wanted = [.. spoken.SelectMany(divider.Split)];
        if (wanted.Length == 0)
            throw new InputException("text", "there is no word to look for", "Give at least one word without a minus.") { Code = "search.no-words" };
        return catalogue.Read(connection =>
        {
            var result = new Dictionary<long, TextMatch>();
            List<Dictionary<long, Found>> each = [.. wanted.Select(word => Best(OfWord(connection, word)))];
            foreach (long picture in each.MinBy(e => e.Count)!.Keys.Where(p => each.TrueForAll(e => e.ContainsKey(p))))
                result[picture] = new TextMatch(each.Average(e => e[picture].Score), [.. each.Select(e => new HitReason(e[picture].Kind, e[picture].Value, e[picture].Score))]);

            // "sports car" is also one tag of two words.
            if (wanted.Length > 1)
            {
                foreach (Found whole in Best(OfMeaning(connection, words.Of(string.Join(' ', spoken)))).Values)
                    result[whole.Picture] = new TextMatch(whole.Score, [new HitReason(whole.Kind, whole.Value, whole.Score)]);
            }

            foreach (string minus in terms.Where(IsMinus))
            {
                foreach (Found unwanted in OfMeaning(connection, words.Of(minus[1..])))
                    result.Remove(unwanted.Picture);
            }

            return result;
        });
    }

    private static bool IsMinus(string term) => term.Length > 1 && term[0] == '-';

    /// <summary>Words by blanks; what stands in quotation marks stays together, a minus before them too.</summary>
    private static IEnumerable<string> Terms(string text)
    {
        string key = TextKey.Of(text);
        int i = 0;
        while (i < key.Length)
        {
            if (key[i] == ' ')
            {
                i++;
                continue;
            }

            string minus = key[i] is '-' or '\u2212' && i + 1 < key.Length && key[i + 1] != ' ' ? "-" : "";
            i += minus.Length;
            bool quoted = key[i] == '"';
            int start = quoted ? i + 1 : i, end = key.IndexOf(quoted ? '"' : ' ', start);
            end = end < 0 ? key.Length : end;
            if (key[start..end].Trim() is { Length: > 0 } term)
                yield return minus + term;
            i = end + 1;
        }
    }

    private static Dictionary<long, Found> Best(IEnumerable<Found> found)
    {
        var best = new Dictionary<long, Found>();
        foreach (Found one in found)
        {
            if (!best.TryGetValue(one.Picture, out Found? other) || other.Score < one.Score)
                best[one.Picture] = one;
        }

        return best;
    }

    private IEnumerable<Found> OfWord(SqliteConnection connection, string word)
    {
        TagWords.Meaning meaning = words.Of(word);
        IEnumerable<Found> found = OfMeaning(connection, meaning);
        if (meaning.NearLabelIds.Count > 0)
            found = found.Concat(OfTags(connection, new TagWords.Meaning([], meaning.NearLabelIds, []), 0.8));
        bool unspaced = TextKey.IsUnspaced(word);
        if (unspaced || word.Length >= 2)
        {
            string like = Like(word);
            found = found.Concat(connection.Query<Tag>(
                $"{TagSelect} AND (s.value_key LIKE @begin ESCAPE '\\' OR s.value_key LIKE @inside ESCAPE '\\')",
                new { begin = unspaced ? $"%{like}%" : $"{like}%", inside = unspaced ? $"%{like}%" : $"% {like}%" }).Select(t => new Found(t.Picture, 0.8 * t.Confidence, "tag", t.Value)));
            found = found.Concat(connection.Query<Tag>(
                """
                SELECT s.picture, s.confidence, s.value FROM said s JOIN pictures p ON p.row = s.picture
                WHERE p.missing = 0 AND s.kind IN ('text', 'caption') AND s.value_key LIKE @like ESCAPE '\'
                """,
                new { like = $"%{like}%" }).Select(t => new Found(t.Picture, 0.6 * t.Confidence, "word", t.Value)));
        }

        return found.Concat(OfNames(connection, word, unspaced));
    }

    /// <summary>Tags of that name first: where a class and its own concept score the same, the tag is the plainer reason.</summary>
    private IEnumerable<Found> OfMeaning(SqliteConnection connection, TagWords.Meaning meaning)
    {
        IEnumerable<Found> found = OfTags(connection, meaning, 1);
        if (meaning.Concept is { } concept)
            found = found.Concat(concepts.Find(connection, concept).Select(m => new Found(m.Picture, m.Score, "concept", concept.Name)));
        return found.Concat(FactTable.Find(connection, meaning.Key).Select(f => new Found(f.Picture, Fact.Score(f.Share), "fact", FactWords.NameOf(f.Fact).English)));
    }

    private const string TagSelect = "SELECT s.picture, s.confidence, s.value FROM said s JOIN pictures p ON p.row = s.picture WHERE p.missing = 0 AND s.kind IN ('tag', 'box')";

    private static IEnumerable<Found> OfTags(SqliteConnection connection, TagWords.Meaning meaning, double factor) => connection.Query<Tag>(
        $"{TagSelect} AND (s.value_key IN @Keys OR s.label_id IN @LabelIds)", new { meaning.Keys, meaning.LabelIds })
        .Select(t => new Found(t.Picture, factor * t.Confidence, "tag", t.Value));

    private static IEnumerable<Found> OfNames(SqliteConnection connection, string word, bool unspaced)
    {
        foreach ((long picture, string name, string key) in connection.Query<(long, string, string)>(
            """
            SELECT f.picture, f.name, f.name_key FROM files f JOIN pictures p ON p.row = f.picture
            WHERE p.hidden = 0 AND p.missing = 0 AND f.missing = 0 AND f.name_key LIKE @like ESCAPE '\'
            """,
            new { like = $"%{Like(word)}%" }))
        {
            double score = key == word || TextKey.WordsOf(key).Contains(word, StringComparer.Ordinal) ? 0.5 : unspaced || word.Length >= 3 ? 0.4 : 0;
            if (score > 0)
                yield return new Found(picture, score, "word", name);
        }
    }

    private static string Like(string word) => word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}

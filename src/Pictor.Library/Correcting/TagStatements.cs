using Dapper;
using Pictor.Library.Catalogue;
using Pictor.Library.Facts;
using Pictor.Library.Finding;

namespace Pictor.Library.Correcting;

/// <summary>
/// What a person says of a tag for all chosen pictures at once. A word is meant in whatever language it was tagged: by its text, and as the class of that name.
/// A rejection of what nobody had said is a line of confidence 0: it says that somebody looked and it is not there.
/// </summary>
internal sealed class TagStatements
{
    private const string Matching = "a.kind IN ('tag', 'box') AND a.picture IN (SELECT picture FROM chosen) AND (a.value_key IN @Keys OR a.label_id IN @LabelIds)";

    private readonly OpenChange _change;
    private readonly string[] _facts;
    private readonly object _parameters;

    private TagStatements(OpenChange change, TagWords words, string tag, string person)
    {
        string text = TextKey.WellFormed(tag).Trim(), key = TextKey.Of(text);
        TagWords.Meaning meaning = words.Of(key);
        _change = change;
        _facts = [.. FactTable.Named(change.Connection, key)];
        string source = AnnotationSource.Person(person).ToString();
        _parameters = new { text, key, source, meaning.Keys, meaning.LabelIds, facts = _facts, now = change.Now };
    }

    /// <exception cref="InputException">An empty word.</exception>
    internal static TagStatements Of(OpenChange change, TagWords words, string tag, string person)
    {
        if (TextKey.Of(tag).Length == 0)
            throw new InputException("value", "there is no word", "Give a tag.") { Code = "annotation.empty" };
        return new TagStatements(change, words, tag, person);
    }

    /// <summary>Says it of each picture; the last word of a person counts, so rejections of the same are withdrawn.</summary>
    internal void Add()
    {
        Execute($"DELETE FROM annotations AS a WHERE {Matching} AND a.rejected = 1 AND a.confidence = 0");
        Execute($"UPDATE annotations AS a SET rejected = 0 WHERE {Matching} AND a.rejected = 1");
        RejectFacts(rejected: false);
        Execute(
            """
            INSERT INTO annotations (picture, kind, value, value_key, label_id, confidence, source, rank, time)
            SELECT c.picture, 'tag', @text, @key, (SELECT a.label_id FROM annotations a WHERE a.picture = c.picture AND a.kind = 'tag' AND a.value_key = @key AND a.label_id IS NOT NULL LIMIT 1), 1, @source, 3, @now
            FROM chosen c WHERE NOT EXISTS (SELECT 1 FROM annotations a WHERE a.picture = c.picture AND a.kind = 'tag' AND a.value_key = @key AND a.source = @source)
            """);
    }

    /// <summary>Confirms what a model or an import said; the person's own line then stands for it, whatever later runs say.</summary>
    internal void Accept() => Execute(
        $"""
        INSERT INTO annotations (picture, kind, value, value_key, label_id, confidence, source, rank, x, y, width, height, time)
        SELECT a.picture, a.kind, a.value, a.value_key, a.label_id, 1, @source, 3, a.x, a.y, a.width, a.height, @now FROM said a
        WHERE {Matching} AND a.rank < 3 AND NOT EXISTS (
            SELECT 1 FROM annotations o WHERE o.picture = a.picture AND o.kind = a.kind AND o.value_key = a.value_key AND o.source = @source AND (o.x, o.y, o.width, o.height) IS (a.x, a.y, a.width, a.height))
        GROUP BY a.picture, a.kind, a.value_key, a.x, a.y, a.width, a.height
        """);

    /// <summary>It does not hold for any of the pictures, whether or not somebody said it.</summary>
    internal void Reject()
    {
        RejectFacts(rejected: true);
        Execute($"UPDATE annotations AS a SET rejected = 1 WHERE {Matching} AND a.rejected = 0");
        Execute(
            """
            INSERT INTO annotations (picture, kind, value, value_key, confidence, source, rank, rejected, time)
            SELECT c.picture, 'tag', @text, @key, 0, @source, 3, 1, @now FROM chosen c
            WHERE NOT EXISTS (SELECT 1 FROM annotations a WHERE a.picture = c.picture AND a.kind = 'tag' AND (a.value_key IN @Keys OR a.label_id IN @LabelIds))
                AND NOT EXISTS (SELECT 1 FROM facts f WHERE f.picture = c.picture AND f.fact IN @facts)
            """);
    }

    /// <summary>It goes wherever it is: one's own words are taken back, those of others rejected.</summary>
    internal void Remove()
    {
        RejectFacts(rejected: true);
        Execute($"DELETE FROM annotations AS a WHERE {Matching} AND a.source = @source AND a.rejected = 0");
        Execute($"UPDATE annotations AS a SET rejected = 1 WHERE {Matching} AND a.rejected = 0");
    }

    private void RejectFacts(bool rejected)
    {
        if (_facts.Length > 0)
        {
            _change.Connection.Execute(
                "UPDATE facts SET rejected = @rejected WHERE picture IN (SELECT picture FROM chosen) AND fact IN @facts AND rejected <> @rejected", new { rejected, facts = _facts });
        }
    }

    private void Execute(string sql) => _change.Connection.Execute(sql, _parameters);
}

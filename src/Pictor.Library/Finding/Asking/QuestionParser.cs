using System.Text;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Finding.Asking;

/// <summary>
/// Reads a question (the grammar stands in docs/search.md): terms parted by blanks, a minus before what is not wanted, quotation marks around what stays together, a bar between choices,
/// and KEY:VALUE for filters. Full-width colons, bars, quotation marks and minus signs count as plain ones, as Chinese keyboards write them.
/// </summary>
internal sealed class QuestionParser
{
    /// <summary>Longer questions are no questions.</summary>
    internal const int Longest = 2000;

    private readonly string _text;
    private readonly string _what;
    private int _at;

    private QuestionParser(string text, string what) => (_text, _what) = (text, what);

    /// <param name="text">The question.</param>
    /// <param name="what">What errors call it: text, filter.</param>
    /// <exception cref="InputException">An unknown key, a missing value, a bar without a choice; with the position.</exception>
    internal static Question Parse(string text, string what = "text")
    {
        if (text.Length > Longest)
            throw new InputException(what, $"it has {text.Length:N0} characters; at most {Longest:N0} are read", "Ask for less at once.") { Code = "search.too-long" };
        return new QuestionParser(TextKey.WellFormed(text), what).Read();
    }

    /// <summary>Only filters, as in the field of that name.</summary>
    /// <exception cref="InputException">A word that is no filter, or any other fault.</exception>
    internal static Question ParseFilter(string text)
    {
        Question question = Parse(text, "filter");
        return question.Terms.SelectMany(t => t.Choices).OfType<Words>().FirstOrDefault() is { } word
            ? throw Fault("filter", word.At, $"'{word.Text}' is no filter", "Filters are KEY:VALUE, such as tag:beach; words to look for belong into the text.")
            : question;
    }

    internal static InputException Fault(string what, int at, string problem, string remedy) => new($"{what}, character {at}", problem, remedy) { Code = "search.filter" };

    private Question Read()
    {
        var terms = new List<Term>();
        while (SkipBlanks())
            terms.Add(ReadTerm());
        return new Question(terms);
    }

    private Term ReadTerm()
    {
        bool minus = false;
        if (IsMinus(_text[_at]) && _at + 1 < _text.Length && !char.IsWhiteSpace(_text[_at + 1]))
        {
            minus = true;
            _at++;
        }

        var choices = new List<Choice>();
        while (true)
        {
            int before = _at;
            if (!SkipBlanks() || IsBar(_text[_at]))
                throw Fault(_what, before + 1, "there is nothing beside the bar", "A bar stands between two choices: cat|dog. Put it in quotation marks to look for the bar itself.");
            choices.Add(ReadChoice());
            int end = _at;
            if (SkipBlanks() && IsBar(_text[_at]))
            {
                _at++;
                continue;
            }

            _at = end;
            return new Term(minus, choices);
        }
    }

    private Choice ReadChoice()
    {
        int start = _at;
        if (IsQuote(_text[_at]))
            return new Words(ReadQuoted(), true, start + 1);
        int end = _at, colon = -1;
        while (end < _text.Length && !char.IsWhiteSpace(_text[end]) && !IsBar(_text[end]) && !(IsQuote(_text[end]) && colon >= 0))
        {
            if (colon < 0 && IsColon(_text[end]))
                colon = end;
            end++;
        }

        if (colon > start && KeyAt(start, colon, end) is { } key)
        {
            _at = colon + 1;
            return new Filter(key, ReadValues(key, start), start + 1);
        }

        _at = end;
        return new Words(_text[start..end], false, start + 1);
    }

    /// <summary>Null for what only looks like a filter: 12:30, https://, C:\; an error for what is nearly one.</summary>
    private FilterKey? KeyAt(int start, int colon, int end)
    {
        string name = _text[start..colon];
        if (FilterKeys.Find(name) is { } key)
            return key;
        if (!name.All(char.IsLetter) || name.Length < 2 || colon + 1 == end || _text[colon + 1] is '/' or '\\')
            return null;
        string? near = NearestWord.Of(name, FilterKeys.Names);
        throw Fault(_what, start + 1, $"there is no filter '{name}'",
            (near is null ? $"Filters are {string.Join(", ", FilterKeys.Shown)}. " : $"Did you mean '{near}:'? ") + "Put it in quotation marks to look for the text itself.");
    }

    private List<FilterValue> ReadValues(FilterKey key, int start)
    {
        var values = new List<FilterValue>();
        while (true)
        {
            int begin = _at;
            string value = _at < _text.Length && IsQuote(_text[_at]) ? ReadQuoted() : ReadBare();
            if (value.Length == 0)
                throw Fault(_what, begin + 1, $"'{_text[start..begin]}' has no value", $"Write it directly after the colon: {FilterKeys.NameOf(key)}:VALUE.");
            values.Add(new FilterValue(value, begin + 1));

            // cat|dog are two values; a bar before another KEY: begins another choice.
            if (_at >= _text.Length || !IsBar(_text[_at]) || _at + 1 >= _text.Length || char.IsWhiteSpace(_text[_at + 1]) || IsKeyAhead(_at + 1))
                return values;
            _at++;
        }
    }

    private bool IsKeyAhead(int from)
    {
        int end = from;
        while (end < _text.Length && char.IsLetter(_text[end]))
            end++;
        return end > from && end < _text.Length && IsColon(_text[end]) && FilterKeys.Find(_text[from..end]) is not null;
    }

    private string ReadBare()
    {
        int start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && !IsBar(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    /// <summary>An open quotation runs to the end: whoever types has not come to the closing mark yet.</summary>
    private string ReadQuoted()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length && !IsQuote(_text[_at]); _at++)
            text.Append(_text[_at]);
        _at = Math.Min(_at + 1, _text.Length);
        return text.ToString().Trim();
    }

    private bool SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        return _at < _text.Length;
    }

    private static bool IsMinus(char c) => c is '-' or '\u2212' or '\uFF0D';

    private static bool IsBar(char c) => c is '|' or '\uFF5C';

    private static bool IsColon(char c) => c is ':' or '\uFF1A';

    private static bool IsQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\uFF02';
}

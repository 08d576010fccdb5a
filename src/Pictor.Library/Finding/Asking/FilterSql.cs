using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Facts;

namespace Pictor.Library.Finding.Asking;

/// <summary>A condition on the pictures <c>p</c>, with the parameters that it names.</summary>
internal sealed record Condition(string Sql, DynamicParameters Parameters, bool AsksForMissing);

/// <summary>Filters as SQL. Each value that cannot be meant is an error with its position.</summary>
internal sealed class FilterSql(SqliteConnection connection, TagWords words, string what)
{
    private static readonly string[] s_formats = ["jpeg", "png", "bmp", "webp", "gif", "tiff", "heic", "avif"];
    private static readonly string[] s_states = ["duplicate", "favourite", "missing", "tagged", "untagged"];

    private readonly DynamicParameters _parameters = new();
    private int _count;
    private bool _asksForMissing;

    /// <summary>All terms hold; words among them are passed over. "1" where there is nothing to check.</summary>
    internal Condition Of(IEnumerable<Term> terms, TagBounds bounds)
    {
        List<string> all = [.. terms.Where(t => t.Choices.All(c => c is Filter)).Select(t => Of(t, bounds)).OfType<string>()];
        return new Condition(all.Count == 0 ? "1" : string.Join(" AND ", all), _parameters, _asksForMissing);
    }

    /// <summary>One filter alone.</summary>
    internal Condition Of(Filter filter, TagBounds bounds) => new(Sql(filter, bounds), _parameters, _asksForMissing);

    private string? Of(Term term, TagBounds bounds)
    {
        if (bounds.Uses(term))
            return null;
        string any = string.Join(" OR ", term.Choices.Cast<Filter>().Select(f => Sql(f, bounds)));
        return term.Minus ? $"NOT ({any})" : $"({any})";
    }

    // IS TRUE: a picture without a date is not of 2023, and so is one of those that are not.
    private string Sql(Filter filter, TagBounds bounds) => string.Join(" OR ", filter.Values.Select(v => $"({Sql(filter, v, bounds)}) IS TRUE"));

    private string Sql(Filter filter, FilterValue value, TagBounds bounds)
    {
        string folded = TextKey.Of(value.Text);
        return filter.Key switch
        {
            FilterKey.Tag => Tagged(folded, bounds),
            FilterKey.Text => Matching("text_words", "words", value, "SELECT s.picture FROM text_words w JOIN said s ON s.id = w.rowid WHERE text_words MATCH"),
            FilterKey.Name => Matching("file_words", "name", value, "SELECT rowid FROM file_words WHERE file_words MATCH"),
            FilterKey.Folder => Folder(value),
            FilterKey.Date => Date("p.taken_at", value, folded),
            FilterKey.Added => Date("p.added_at", value, folded),
            FilterKey.Camera => Facts(FactTable.Cameras(connection, folded)),
            FilterKey.Size => Size(value, folded),
            FilterKey.Width => Number("p.width", value, folded, 1, "pixels, such as width:>=1920"),
            FilterKey.Height => Number("p.height", value, folded, 1, "pixels, such as height:<600"),
            FilterKey.Format => Format(value, folded),
            FilterKey.Colour => Colour(value, folded),
            FilterKey.Confidence or FilterKey.By => $"EXISTS (SELECT 1 FROM said a WHERE a.picture = p.row AND a.kind IN ('tag', 'box') AND {TagBounds.Sql(filter.Key, value, folded, what, Parameter)})",
            FilterKey.Rating => Number("p.rating", value, folded, 1, "stars from 0 to 5, such as rating:>=4"),
            FilterKey.Favourite => YesNo("p.favourite", value, folded),
            FilterKey.Is => State(value, folded),
            FilterKey.Near => NearPlace.Sql(connection, value, folded, what, Parameter),
            _ => throw QuestionParser.Fault(what, filter.At, $"'{FilterKeys.NameOf(filter.Key)}:' names an example and cannot be one of several choices", "Write it as a term of its own."),
        };
    }

    private string Parameter(object? value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"f{_count++}");
        _parameters.Add(name, value);
        return '@' + name;
    }

    private string Tagged(string folded, TagBounds bounds)
    {
        TagWords.Meaning meaning = words.Of(folded);
        string more = bounds.Sql(what, Parameter);
        return $"p.row IN (SELECT a.picture FROM said a WHERE a.kind IN ('tag', 'box') AND (a.value_key IN {Parameter(meaning.Keys)} OR a.label_id IN {Parameter(meaning.LabelIds)}){more})";
    }

    private string Matching(string table, string column, FilterValue value, string select) => WordText.Phrase(value.Text, prefix: true) is { } phrase
        ? $"p.row IN ({select} {Parameter($"{column} : ({WordText.Phrase(value.Text)} OR {phrase})")})"
        : throw QuestionParser.Fault(what, value.At, $"'{value.Text}' has neither letters nor digits", $"Give a word of the {(table == "text_words" ? "text" : "name")}.");

    /// <summary>A word of a folder's name, or with a slash a part of the path.</summary>
    private string Folder(FilterValue value)
    {
        if (!value.Text.Contains('/', StringComparison.Ordinal))
            return Matching("file_words", "folder", value, "SELECT rowid FROM file_words WHERE file_words MATCH");
        string inside = value.Text.Trim('/').Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return $"p.row IN (SELECT f.picture FROM files f WHERE '/' || f.path LIKE {Parameter($"%/{inside}/%")} ESCAPE '\\')";
    }

    private string Date(string column, FilterValue value, string folded)
    {
        Comparison comparison = Comparison.Parse(folded);
        DateSpan? least = Span(comparison.Least), most = Span(comparison.Most);
        var parts = new List<string>();
        if (least is { } from)
            parts.Add($"{column} >= {Parameter(DateSpan.Milliseconds(comparison.LeastIncluded ? from.From : from.To))}");
        if (most is { } to)
            parts.Add($"{column} < {Parameter(DateSpan.Milliseconds(comparison.MostIncluded ? to.To : to.From))}");
        return parts.Count > 0 ? string.Join(" AND ", parts) : throw NoDate();

        DateSpan? Span(string? text) => text is null ? null : DateSpan.Parse(text) ?? throw NoDate();

        InputException NoDate() => QuestionParser.Fault(what, value.At, $"'{value.Text}' is no date", "Write a year, month or day, 2023, 2023-07, 2023-07-04, or a range: 2023-07..2023-08, >=2023.");
    }

    private string Size(FilterValue value, string folded)
    {
        Comparison comparison = Comparison.Parse(folded);
        string? unit = UnitOf(comparison.Most) ?? UnitOf(comparison.Least);
        (string column, double scale) = unit switch
        {
            "mp" => ("p.width * p.height", 1e6),
            "px" => ("max(p.width, p.height)", 1),
            "kb" => ("p.bytes", 1e3),
            "mb" => ("p.bytes", 1e6),
            "gb" => ("p.bytes", 1e9),
            _ => throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is no size", "Write a number with mp (million pixels), px (the longer side), kb, mb or gb: size:>2mp, size:1mb..5mb."),
        };
        return Between(column, comparison, text => Comparison.Number(UnitOf(text) is null ? text : text[..^2].Trim(), out double number) ? number * scale : null, 0.05, value, "a number and its unit, such as size:>2mp");

        static string? UnitOf(string? text) => text is { Length: > 2 } && Array.Exists(["mp", "px", "kb", "mb", "gb"], u => text.EndsWith(u, StringComparison.Ordinal)) ? text[^2..] : null;
    }

    private string Number(string column, FilterValue value, string folded, double scale, string example) =>
        Between(column, Comparison.Parse(folded), text => Comparison.Number(text, out double number) ? number * scale : null, 0, value, example);

    // about: the share by which a single value may be missed, for nobody knows how many bytes a picture has.
    private string Between(string column, Comparison comparison, Func<string, double?> read, double about, FilterValue value, string example)
    {
        var parts = new List<string>();
        double slack = comparison.IsEqual ? about : 0;
        if (comparison.Least is { } least)
            parts.Add($"{column} {(comparison.LeastIncluded ? ">=" : ">")} {Parameter(Read(least) * (1 - slack))}");
        if (comparison.Most is { } most)
            parts.Add($"{column} {(comparison.MostIncluded ? "<=" : "<")} {Parameter(Read(most) * (1 + slack))}");
        return parts.Count > 0 ? string.Join(" AND ", parts) : throw NoNumber();

        double Read(string text) => read(text) ?? throw NoNumber();

        InputException NoNumber() => QuestionParser.Fault(what, value.At, $"'{value.Text}' is no number", $"Write {example}; ranges as 1..3, >1, <=3.");
    }

    private string Format(FilterValue value, string folded)
    {
        string format = folded switch { "jpg" => "jpeg", "tif" => "tiff", "heif" => "heic", _ => folded };
        return s_formats.Contains(format, StringComparer.Ordinal)
            ? $"p.format = {Parameter(format)}"
            : throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is no format", $"Formats are {string.Join(", ", s_formats)}.");
    }

    private string Colour(FilterValue value, string folded)
    {
        string[] colours = [.. Enum.GetNames<NamedColour>().Where(n => n != nameof(NamedColour.None)).Select(n => n.ToLowerInvariant()), "black-and-white"];
        string[] facts = [.. FactWords.Of(folded).Where(f => f.Count == 1).Select(f => f[0]).Intersect(colours, StringComparer.Ordinal)];
        return facts.Length > 0
            ? Facts(facts)
            : throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is no colour that Pictor names", $"Colours are {string.Join(", ", colours)}.");
    }

    private string Facts(IEnumerable<string> facts) => $"p.row IN (SELECT picture FROM facts WHERE rejected = 0 AND fact IN {Parameter(facts.ToArray())})";

    private string YesNo(string column, FilterValue value, string folded) => folded switch
    {
        "yes" or "true" or "1" or "是" => $"{column} = 1",
        "no" or "false" or "0" or "否" => $"{column} = 0",
        _ => throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is neither yes nor no", "Write favourite:yes or favourite:no."),
    };

    private string State(FilterValue value, string folded)
    {
        switch (folded)
        {
            case "duplicate" or "duplicates" or "重复":
                return "p.row IN (SELECT picture FROM duplicates WHERE tier <= 3) OR (SELECT count(*) FROM files f WHERE f.picture = p.row AND f.missing = 0) > 1";
            case "favourite" or "favorite" or "收藏":
                return "p.favourite = 1";
            case "missing" or "缺失":
                _asksForMissing = true;
                return "p.missing = 1";
            case "tagged" or "有标签":
                return "EXISTS (SELECT 1 FROM said a WHERE a.picture = p.row AND a.kind = 'tag')";
            case "untagged" or "无标签":
                return "NOT EXISTS (SELECT 1 FROM said a WHERE a.picture = p.row AND a.kind = 'tag')";
        }

        string[] facts = [.. FactWords.Of(folded).Where(f => f.Count == 1).Select(f => f[0])];
        if (facts.Length > 0)
            return Facts(facts);
        string? near = NearestWord.Of(folded, s_states.Concat(FactWords.Words.Concepts.Select(c => c.English)));
        throw QuestionParser.Fault(what, value.At, $"'is:{value.Text}' is nothing that a picture can be",
            near is null ? $"It can be {string.Join(", ", s_states)}, or a fact such as blurry, dark, screenshot, panorama." : $"Did you mean 'is:{near}'?");
    }
}

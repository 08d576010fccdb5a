using System.Globalization;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Facts;
using Pictor.Library.Pictures;

namespace Pictor.Library.Finding.Asking;

/// <summary>Filters as sets of pictures. Each value that cannot be meant is an error with its position.</summary>
/// <param name="lookup">Where to look.</param>
/// <param name="words">What tags may be called.</param>
/// <param name="what">The text that the filters stand in, for errors.</param>
internal sealed class FilterRows(Lookup lookup, TagWords words, string what)
{
    private static readonly string[] s_formats = PictureColumns.Formats.Split(' ');
    private static readonly string[] s_states = ["duplicate", "favourite", "missing", "tagged", "untagged"];

    private readonly PictureColumns _columns = lookup.Columns;

    /// <summary>A filter asked for pictures whose files are gone: they are not to be left out.</summary>
    internal bool AsksForMissing { get; private set; }

    /// <summary>All terms hold; words among them are passed over. Null where there is nothing to check. Hidden and missing pictures may be among the rows.</summary>
    internal RowSet? Of(IEnumerable<Term> terms, TagBounds bounds)
    {
        RowSet? all = null;
        foreach (Term term in terms.Where(t => t.Choices.All(c => c is Filter) && !bounds.Uses(t)))
        {
            RowSet rows = new();
            foreach (Choice choice in term.Choices)
                rows.Join(Of((Filter)choice, bounds));
            if (term.Minus)
            {
                RowSet others = Where(_ => true);
                others.Drop(rows);
                rows = others;
            }

            if (all is null)
                all = rows;
            else
                all.Keep(rows);
        }

        return all;
    }

    /// <summary>The pictures that can be found and fit, and all of them where there are no filters.</summary>
    internal RowSet Found(IEnumerable<Term> terms, TagBounds bounds)
    {
        RowSet? fitting = Of(terms, bounds);
        return Where(row => (AsksForMissing ? _columns.IsKnown(row) : _columns.IsVisible(row)) && fitting?.Contains(row) != false);
    }

    /// <summary>One filter alone: one of its values fits. A picture without a date is not of 2023, and so is one of those that are not.</summary>
    internal RowSet Of(Filter filter, TagBounds bounds)
    {
        RowSet rows = new();
        foreach (FilterValue value in filter.Values)
            rows.Join(Of(filter, value, bounds));
        return rows;
    }

    private RowSet Of(Filter filter, FilterValue value, TagBounds bounds)
    {
        string folded = TextKey.Of(value.Text);
        return filter.Key switch
        {
            FilterKey.Tag => Tagged(folded, bounds),
            FilterKey.Text => Matching("text_words", "words", value),
            FilterKey.Name => Matching("file_words", "name", value),
            FilterKey.Folder => Folder(value),
            FilterKey.Date => Date(_columns.TakenAt, value, folded),
            FilterKey.Added => Date(_columns.AddedAt, value, folded),
            FilterKey.Camera => FactTable.Rows(lookup.Connection, FactTable.Cameras(lookup.Connection, folded)),
            FilterKey.Size => Size(value, folded),
            FilterKey.Width => Number(row => _columns.Widths[row], value, folded, "pixels, such as width:>=1920"),
            FilterKey.Height => Number(row => _columns.Heights[row], value, folded, "pixels, such as height:<600"),
            FilterKey.Format => Format(value, folded),
            FilterKey.Colour => Colour(value, folded),
            FilterKey.Confidence or FilterKey.By => Said("a.kind IN ('tag', 'box')", (parameter) => TagBounds.Sql(filter.Key, value, folded, what, parameter)),
            FilterKey.Rating => Number(row => _columns.Rating(row), value, folded, "stars from 0 to 5, such as rating:>=4"),
            FilterKey.Favourite => YesNo(value, folded),
            FilterKey.Is => State(value, folded),
            FilterKey.Near => Rows(parameter => NearPlace.Sql(lookup.Connection, value, folded, what, parameter)),
            _ => throw QuestionParser.Fault(what, filter.At, $"'{FilterKeys.NameOf(filter.Key)}:' names an example and cannot be one of several choices", "Write it as a term of its own."),
        };
    }

    private RowSet Where(Func<int, bool> fits)
    {
        var rows = new RowSet();
        for (int row = 1; row < _columns.Length; row++)
        {
            if (_columns.IsKnown(row) && fits(row))
                rows.Add(row);
        }

        return rows;
    }

    private RowSet Tagged(string folded, TagBounds bounds)
    {
        TagWords.Meaning meaning = words.Of(folded);
        return WordRows.Tagged(lookup, meaning.Keys, meaning.LabelIds, bounds, what);
    }

    /// <summary>Pictures of which something was said that fits: <c>a</c>.</summary>
    private RowSet Said(string kind, Func<Func<object?, string>, string>? more = null)
    {
        using SqliteCommand command = lookup.Connection.CreateCommand();
        string condition = more is null ? "" : " AND " + more(value => Parameter(command, value));
        command.CommandText = $"SELECT a.picture, a.rank, a.model FROM annotations a WHERE a.rejected = 0 AND {kind}{condition}";
        return Counting(command);
    }

    /// <summary>Rows of (picture, rank, model) that count.</summary>
    private RowSet Counting(SqliteCommand command)
    {
        var rows = new RowSet();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            long picture = reader.GetInt64(0);
            if (_columns.Counts(picture, reader.GetInt64(1), reader.IsDBNull(2) ? 0 : reader.GetInt64(2)))
                rows.Add(picture);
        }

        return rows;
    }

    /// <summary>The pictures that a question of SQL names; it is made with what names its parameters.</summary>
    private RowSet Rows(Func<Func<object?, string>, string> sql)
    {
        using SqliteCommand command = lookup.Connection.CreateCommand();
        command.CommandText = sql(value => Parameter(command, value));
        return RowSet.Read(command);
    }

    private static string Parameter(SqliteCommand command, object? value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"@f{command.Parameters.Count}");
        command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return name;
    }

    private RowSet Matching(string table, string column, FilterValue value)
    {
        if (WordText.Phrase(value.Text, prefix: true) is not { } phrase)
            throw QuestionParser.Fault(what, value.At, $"'{value.Text}' has neither letters nor digits", $"Give a word of the {(table == "text_words" ? "text" : "name")}.");
        string match = $"{column} : ({WordText.Phrase(value.Text)} OR {phrase})";
        if (table == "file_words")
            return Rows(parameter => $"SELECT rowid FROM file_words WHERE file_words MATCH {parameter(match)}");
        using SqliteCommand command = lookup.Connection.CreateCommand();
        command.CommandText = "SELECT a.picture, a.rank, a.model FROM text_words w CROSS JOIN annotations a ON a.id = w.rowid WHERE a.rejected = 0 AND text_words MATCH " + Parameter(command, match);
        return Counting(command);
    }

    /// <summary>A word of a folder's name, or with a slash a part of the path.</summary>
    private RowSet Folder(FilterValue value)
    {
        if (!value.Text.Contains('/', StringComparison.Ordinal))
            return Matching("file_words", "folder", value);
        string inside = value.Text.Trim('/').Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return Rows(parameter => $"SELECT picture FROM files WHERE picture IS NOT NULL AND '/' || path LIKE {parameter($"%/{inside}/%")} ESCAPE '\\'");
    }

    private RowSet Date(long[] times, FilterValue value, string folded)
    {
        Comparison comparison = Comparison.Parse(folded);
        DateSpan? least = Span(comparison.Least), most = Span(comparison.Most);
        if (least is null && most is null)
            throw NoDate();
        long from = least is { } first ? DateSpan.Milliseconds(comparison.LeastIncluded ? first.From : first.To) : PictureColumns.NoTime + 1;
        long to = most is { } last ? DateSpan.Milliseconds(comparison.MostIncluded ? last.To : last.From) : long.MaxValue;
        return Where(row => times[row] >= from && times[row] < to);

        DateSpan? Span(string? text) => text is null ? null : DateSpan.Parse(text) ?? throw NoDate();

        InputException NoDate() => QuestionParser.Fault(what, value.At, $"'{value.Text}' is no date", "Write a year, month or day, 2023, 2023-07, 2023-07-04, or a range: 2023-07..2023-08, >=2023.");
    }

    private RowSet Size(FilterValue value, string folded)
    {
        Comparison comparison = Comparison.Parse(folded);
        string? unit = UnitOf(comparison.Most) ?? UnitOf(comparison.Least);
        (Func<int, double> size, double scale) = unit switch
        {
            "mp" => (row => (double)_columns.Widths[row] * _columns.Heights[row], 1e6),
            "px" => (row => Math.Max(_columns.Widths[row], _columns.Heights[row]), 1),
            "kb" => (row => _columns.Bytes[row], 1e3),
            "mb" => (row => _columns.Bytes[row], 1e6),
            "gb" => ((Func<int, double>)(row => _columns.Bytes[row]), 1e9),
            _ => throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is no size", "Write a number with mp (million pixels), px (the longer side), kb, mb or gb: size:>2mp, size:1mb..5mb."),
        };
        return Between(size, comparison, text => Comparison.Number(UnitOf(text) is null ? text : text[..^2].Trim(), out double number) ? number * scale : null, 0.05, value, "a number and its unit, such as size:>2mp");

        static string? UnitOf(string? text) => text is { Length: > 2 } && Array.Exists(["mp", "px", "kb", "mb", "gb"], u => text.EndsWith(u, StringComparison.Ordinal)) ? text[^2..] : null;
    }

    private RowSet Number(Func<int, double> number, FilterValue value, string folded, string example) =>
        Between(number, Comparison.Parse(folded), text => Comparison.Number(text, out double read) ? read : null, 0, value, example);

    // about: the share by which a single value may be missed, for nobody knows how many bytes a picture has.
    private RowSet Between(Func<int, double> number, Comparison comparison, Func<string, double?> read, double about, FilterValue value, string example)
    {
        double slack = comparison.IsEqual ? about : 0;
        double? least = comparison.Least is { } from ? Read(from) * (1 - slack) : null, most = comparison.Most is { } to ? Read(to) * (1 + slack) : null;
        if (least is null && most is null)
            throw NoNumber();
        return Where(row => number(row) is var n && (least is not { } l || n > l || (comparison.LeastIncluded && n == l)) && (most is not { } m || n < m || (comparison.MostIncluded && n == m)));

        double Read(string text) => read(text) ?? throw NoNumber();

        InputException NoNumber() => QuestionParser.Fault(what, value.At, $"'{value.Text}' is no number", $"Write {example}; ranges as 1..3, >1, <=3.");
    }

    private RowSet Format(FilterValue value, string folded)
    {
        string format = folded switch { "jpg" => "jpeg", "tif" => "tiff", "heif" => "heic", _ => folded };
        return s_formats.Contains(format, StringComparer.Ordinal)
            ? Where(row => _columns.IsOfFormat(row, format))
            : throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is no format", $"Formats are {string.Join(", ", s_formats)}.");
    }

    private RowSet Colour(FilterValue value, string folded)
    {
        string[] colours = [.. Enum.GetNames<NamedColour>().Where(n => n != nameof(NamedColour.None)).Select(n => n.ToLowerInvariant()), "black-and-white"];
        string[] facts = [.. FactWords.Of(folded).Where(f => f.Count == 1).Select(f => f[0]).Intersect(colours, StringComparer.Ordinal)];
        return facts.Length > 0
            ? FactTable.Rows(lookup.Connection, facts)
            : throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is no colour that Pictor names", $"Colours are {string.Join(", ", colours)}.");
    }

    private RowSet YesNo(FilterValue value, string folded) => folded switch
    {
        "yes" or "true" or "1" or "是" => Where(_columns.IsFavourite),
        "no" or "false" or "0" or "否" => Where(row => !_columns.IsFavourite(row)),
        _ => throw QuestionParser.Fault(what, value.At, $"'{value.Text}' is neither yes nor no", "Write favourite:yes or favourite:no."),
    };

    private RowSet State(FilterValue value, string folded)
    {
        switch (folded)
        {
            case "duplicate" or "duplicates" or "重复":
                return Rows(_ => "SELECT picture FROM duplicates WHERE tier <= 3 UNION ALL SELECT picture FROM files WHERE missing = 0 AND picture IS NOT NULL GROUP BY picture HAVING count(*) > 1");
            case "favourite" or "favorite" or "收藏":
                return Where(_columns.IsFavourite);
            case "missing" or "缺失":
                AsksForMissing = true;
                return Where(_columns.IsMissing);
            case "tagged" or "有标签":
                return Said("a.kind = 'tag'");
            case "untagged" or "无标签":
                RowSet tagged = Said("a.kind = 'tag'");
                return Where(row => !tagged.Contains(row));
        }

        string[] facts = [.. FactWords.Of(folded).Where(f => f.Count == 1).Select(f => f[0])];
        if (facts.Length > 0)
            return FactTable.Rows(lookup.Connection, facts);
        string? near = NearestWord.Of(folded, s_states.Concat(FactWords.Words.Concepts.Select(c => c.English)));
        throw QuestionParser.Fault(what, value.At, $"'is:{value.Text}' is nothing that a picture can be",
            near is null ? $"It can be {string.Join(", ", s_states)}, or a fact such as blurry, dark, screenshot, panorama." : $"Did you mean 'is:{near}'?");
    }
}

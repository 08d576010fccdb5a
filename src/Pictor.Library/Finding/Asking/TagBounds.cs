using Pictor.Library.Catalogue;

namespace Pictor.Library.Finding.Asking;

/// <summary>
/// confidence: and by: say how sure, and by whom, the tags must be that a question matches by: "dog confidence:&gt;0.8 by:person" asks for dogs that a person is sure of, not for a dog here and
/// a sure person there. Where a question has neither words nor tag:, they ask for any tag.
/// </summary>
internal sealed class TagBounds
{
    private readonly Filter[] _filters;

    private TagBounds(Filter[] filters) => _filters = filters;

    internal static TagBounds None { get; } = new([]);

    internal bool IsEmpty => _filters.Length == 0;

    internal static TagBounds Of(Question question) =>
        question.Wanted.Any() || question.Terms.Any(t => t.Choices.Any(c => c is Filter { Key: FilterKey.Tag }))
            ? new TagBounds([.. question.Terms.Where(t => t is { Minus: false, Choices: [Filter { Key: FilterKey.Confidence or FilterKey.By }] }).Select(t => (Filter)t.Choices[0])])
            : None;

    /// <summary>The term is one of the bounds and no condition of its own.</summary>
    internal bool Uses(Term term) => term is { Minus: false, Choices: [Filter filter] } && Array.Exists(_filters, f => ReferenceEquals(f, filter));

    /// <summary>More conditions on the annotation <c>a</c>, with AND before each.</summary>
    internal string Sql(string what, Func<object?, string> parameter) => string.Concat(_filters.Select(f =>
        $" AND ({string.Join(" OR ", f.Values.Select(v => Sql(f.Key, v, TextKey.Of(v.Text), what, parameter)))})"));

    /// <summary>A sum of class probabilities fits: it is a model's word, and sure enough.</summary>
    internal bool FitsModel(double score, string what) => Array.TrueForAll(_filters, f => f.Values.Any(v => f.Key == FilterKey.By
        ? TextKey.Of(v.Text) is "model" or "模型"
        : Fits(score, Range(v, TextKey.Of(v.Text), what))));

    internal static string Sql(FilterKey key, FilterValue value, string folded, string what, Func<object?, string> parameter)
    {
        if (key == FilterKey.By)
        {
            return folded switch
            {
                "person" or "people" or "人" or "人工" => "a.source LIKE 'person %'",
                "model" or "模型" => "a.rank = 1",
                "import" or "导入" => "a.source = 'import'",
                "metadata" or "元数据" => "a.source = 'metadata'",
                _ => $"(a.source LIKE {parameter("person " + value.Text.Trim())} OR a.source LIKE {parameter($"package {value.Text.Trim()}@%")})",
            };
        }

        (double? least, bool leastIncluded, double? most, bool mostIncluded) = Range(value, folded, what);
        var parts = new List<string>();
        if (least is { } from)
            parts.Add($"a.confidence {(leastIncluded ? ">=" : ">")} {parameter(from)}");
        if (most is { } to)
            parts.Add($"a.confidence {(mostIncluded ? "<=" : "<")} {parameter(to)}");
        return $"({string.Join(" AND ", parts)})";
    }

    private static bool Fits(double score, (double? Least, bool LeastIncluded, double? Most, bool MostIncluded) range) =>
        (range.Least is not { } least || score > least || (range.LeastIncluded && score >= least)) && (range.Most is not { } most || score < most || (range.MostIncluded && score <= most));

    private static (double? Least, bool LeastIncluded, double? Most, bool MostIncluded) Range(FilterValue value, string folded, string what)
    {
        Comparison comparison = Comparison.Parse(folded);
        double? least = Read(comparison.Least), most = Read(comparison.Most);
        return least is null && most is null ? throw Wrong() : (least, comparison.LeastIncluded, most, comparison.MostIncluded);

        double? Read(string? text)
        {
            if (text is null)
                return null;
            bool percent = text.EndsWith('%');
            return Comparison.Number(percent ? text[..^1] : text, out double number) && (percent ? number / 100 : number) is >= 0 and <= 1 and var share ? share : throw Wrong();
        }

        InputException Wrong() => QuestionParser.Fault(what, value.At, $"'{value.Text}' is no confidence", "Write a number between 0 and 1 or per cent: confidence:>0.8, confidence:50%..80%.");
    }
}

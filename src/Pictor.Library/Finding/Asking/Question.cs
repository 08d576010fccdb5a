namespace Pictor.Library.Finding.Asking;

/// <summary>A question in words, taken apart: every term must hold.</summary>
/// <param name="Terms">In the order in which they stand.</param>
internal sealed record Question(IReadOnlyList<Term> Terms)
{
    internal static Question Empty { get; } = new([]);

    /// <summary>Terms that look for words, and not only keep or leave out.</summary>
    internal IEnumerable<Term> Wanted => Terms.Where(t => !t.Minus && t.Choices.Any(c => c is Words));

    /// <summary>Terms that only keep or leave out pictures.</summary>
    internal IEnumerable<Term> Filters => Terms.Where(t => t.Choices.All(c => c is Filter));

    internal Question And(Question other) => new([.. Terms, .. other.Terms]);
}

/// <summary>One of the choices must hold; with a minus none of them.</summary>
internal sealed record Term(bool Minus, IReadOnlyList<Choice> Choices);

/// <summary>Words to look for, or a filter.</summary>
/// <param name="At">Where it begins: the position of its first character, from 1.</param>
internal abstract record Choice(int At);

/// <param name="Text">As it was written, without quotation marks.</param>
/// <param name="Quoted">It was in quotation marks: one name, never divided.</param>
/// <param name="At">Where it begins.</param>
internal sealed record Words(string Text, bool Quoted, int At) : Choice(At);

/// <param name="Key">What is compared.</param>
/// <param name="Values">With what; one must fit.</param>
/// <param name="At">Where it begins.</param>
internal sealed record Filter(FilterKey Key, IReadOnlyList<FilterValue> Values, int At) : Choice(At)
{
    public override string ToString() => $"{FilterKeys.NameOf(Key)}:{string.Join('|', Values.Select(v => v.Text))}";
}

/// <param name="Text">As it was written, without quotation marks.</param>
/// <param name="At">Where it begins.</param>
internal sealed record FilterValue(string Text, int At);

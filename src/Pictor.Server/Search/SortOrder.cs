using Pictor.Library;

namespace Pictor.Server.Search;

/// <summary>The word for an order, as an address or a body gives it.</summary>
internal static class SortOrder
{
    public static SearchSort Of(string? word)
    {
        if (string.IsNullOrWhiteSpace(word))
            return SearchSort.Relevance;
        if (Enum.TryParse(word, ignoreCase: true, out SearchSort sort) && Enum.IsDefined(sort) && !char.IsAsciiDigit(word[0]))
            return sort;
        string[] known = [.. Enum.GetNames<SearchSort>().Select(n => n.ToLowerInvariant())];
        string? near = NearestWord.Of(word, known);
        throw new InputException("sort", $"there is no order '{word}'", (near is null ? "" : $"Did you mean '{near}'? ") + $"Known: {string.Join(", ", known)}.") { Code = "parameter.invalid" };
    }
}

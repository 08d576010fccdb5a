using System.Globalization;
using System.Text.RegularExpressions;
using Pictor.Imaging;
using Pictor.Models.Words;

namespace Pictor.Library.Facts;

/// <summary>From words to facts and back, in English and Chinese.</summary>
internal static partial class FactWords
{
    private static readonly Lazy<Vocabulary> s_words = new(() => Vocabulary.OfResource(typeof(FactWords), "facts.txt"));

    internal static Vocabulary Words => s_words.Value;

    /// <summary>What a folded word asks for: each entry is a choice, and of a choice all facts must hold ("2023-05": the year and the month). Empty when it names no fact.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Of(string key)
    {
        Match date = YearAndMonth().Match(key);
        if (date.Success && Month(date.Groups["month"].Value) is { } month)
            return [[Fact.YearPrefix + date.Groups["year"].Value, month]];
        Match year = Year().Match(key);
        return year.Success ? [[Fact.YearPrefix + year.Groups["year"].Value]] : [.. Words.Named(key).Select(c => new[] { c.Id })];
    }

    /// <summary>How a fact is called.</summary>
    internal static (string English, string Chinese) NameOf(string fact)
    {
        if (Words.Find(fact) is { } concept)
            return (concept.English, concept.Chinese);
        if (fact.StartsWith(Fact.YearPrefix, StringComparison.Ordinal))
            return (fact[Fact.YearPrefix.Length..], fact[Fact.YearPrefix.Length..] + "年");
        if (fact.StartsWith(Fact.PlacePrefix, StringComparison.Ordinal) && PlaceWord.TryParse(fact[Fact.PlacePrefix.Length..], out GeoPoint place))
            return PlaceWord.NameOf(place);
        string plain = fact.StartsWith(Fact.CameraPrefix, StringComparison.Ordinal) || fact.StartsWith(Fact.LensPrefix, StringComparison.Ordinal) ? fact[(fact.IndexOf(':', StringComparison.Ordinal) + 1)..] : fact;
        return (plain, plain);
    }

    private static string? Month(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int month) && month is >= 1 and <= 12 ? "month-" + month.ToString(CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("^(?<year>(18|19|20|21)[0-9]{2})年?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Year();

    [GeneratedRegex("^(?<year>(18|19|20|21)[0-9]{2})([-/.]|年)(?<month>[0-9]{1,2})月?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex YearAndMonth();
}

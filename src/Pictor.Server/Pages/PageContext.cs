using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Pictor.Server.Pages;

/// <summary>What all pages know of their request: the language and the address, from which links are made.</summary>
public sealed class PageContext
{
    private const string Cookie = "pictor-language";
    internal const string TilesHeader = "X-Tiles";
    private const int FewestTiles = 12, MostTiles = 60;

    private readonly HttpRequest _request;

    private PageContext(HttpRequest request, PageText text, bool signedIn) => (_request, Text, HasKey) = (request, text, signedIn);

    internal PageText Text { get; }

    /// <summary>The server asks for a key, so there is a session that can be ended.</summary>
    internal bool HasKey { get; }

    internal CultureInfo Culture => CultureInfo.GetCultureInfo(Text.Language);

    internal string? Query => _request.Query["q"] is [{ Length: > 0 } q] ? q : null;

    /// <summary>The tag that this view is about.</summary>
    internal string? Tag => _request.Query["tag"] is [{ Length: > 0 } tag] && Query is null ? tag : null;

    /// <summary>The model whose changes are looked at.</summary>
    internal string? Changes => _request.Query["changes"] is [{ Length: > 0 } model] ? model : null;

    internal string Path => _request.Path;

    /// <summary>A script puts the answer into a page that is there: what stands around the answer is left out.</summary>
    internal bool IsPart => _request.Headers.ContainsKey(TilesHeader);

    /// <summary>How many pictures to draw at once: as many as fit on the screen where a script says so and lays out the rest; without one, a page.</summary>
    internal int Tiles => int.TryParse(_request.Headers[TilesHeader], NumberStyles.None, CultureInfo.InvariantCulture, out int tiles) ? Math.Clamp(tiles, FewestTiles, MostTiles) : MostTiles;

    /// <summary>The size of the thumbnails that a script wants along with the answer, so that the first screen needs no further requests; null: none.</summary>
    internal int? Thumbnails => IsPart && int.TryParse(_request.Headers["X-Thumbnails"], NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is 256 or 512 ? size : null;

    /// <summary>?lang=, else the cookie that it left, else what the browser prefers.</summary>
    internal static PageContext Of(HttpContext context, bool hasKey)
    {
        string? asked = context.Request.Query["lang"];
        if (asked is "en" or "zh")
            context.Response.Cookies.Append(Cookie, asked, new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        else
            asked = context.Request.Cookies[Cookie] is "en" or "zh" ? context.Request.Cookies[Cookie] : Preferred(context.Request);
        return new(context.Request, PageText.Of(asked), hasKey);
    }

    /// <summary>This address with some of its parameters changed; null takes one away.</summary>
    internal string With(params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        Dictionary<string, string?> query = _request.Query.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        query.Remove("lang");
        foreach ((string name, string? value) in changes)
        {
            if (value is null)
                query.Remove(name);
            else
                query[name] = value;
        }

        string path = HttpMethods.IsGet(_request.Method) ? _request.Path.ToUriComponent() : "/";
        return QueryHelpers.AddQueryString(path, query.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    /// <summary>Why a picture was found, in words; null where the score says it all.</summary>
    internal string? Why(Pictor.Library.HitReason reason, Func<string, string> called) => reason.Kind switch
    {
        "tag" => Format(Text.WhyTag, called(reason.Value)),
        "concept" => Format(Text.WhyConcept, called(reason.Value)),
        "fact" => Format(Text.WhyFact, called(reason.Value)),
        "word" => Format(Text.WhyWord, reason.Value),
        "variety" => Text.WhyVariety,
        _ => null, // likeness: the picture beside it says more than its id
    };

    /// <summary>What another model would change, in signs that need no language; tiles.js writes the same.</summary>
    internal static string ChangeText(Pictor.Library.TagChange change, Func<string, string> called) => Images.ViewQuestion.KindOf(change) switch
    {
        "added" => $"+ {called(change.Value)}",
        "removed" => $"− {called(change.Value)}",
        "raised" => $"{called(change.Value)} ↑",
        _ => $"{called(change.Value)} ↓",
    };

    /// <summary>What is near a place, as a question.</summary>
    internal static string Near(Pictor.Library.GroupPlace place) => string.Create(CultureInfo.InvariantCulture, $"near:{place.Latitude:0.00},{place.Longitude:0.00}");

    /// <summary>Coordinates as maps give them.</summary>
    internal string Place(Pictor.Library.GroupPlace place) => string.Format(
        CultureInfo.InvariantCulture, Text.Coordinates, Math.Abs(place.Latitude), place.Latitude < 0 ? Text.South : Text.North, Math.Abs(place.Longitude), place.Longitude < 0 ? Text.West : Text.East);

    internal string Number(double value) => value.ToString("N0", Culture);

    internal static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value * 100 + 1e-9):0} %");

    internal string Format(string text, params ReadOnlySpan<object?> values) => string.Format(Culture, text, values);

    private static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString())
        .FirstOrDefault(language => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) || language.StartsWith("zh", StringComparison.OrdinalIgnoreCase))?[..2].ToLowerInvariant();
}

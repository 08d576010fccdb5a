using Pictor.Library;
using Pictor.Models.Words;

namespace Pictor.Server.Pages;

/// <summary>Tags that belong together; without a name those that stand by themselves.</summary>
public sealed record TagGroup(string? Name, IReadOnlyList<TagCount> Tags);

/// <summary>
/// Divides the tags of a library for the side bar. A library of all sorts has hundreds of tags with a picture or two each; listed flat they hide each other. The most frequent stand
/// on top, the others behind the broadest word that the vocabulary puts them below (animal, food, vehicle), as long as it has a few of them.
/// </summary>
internal static class TagGroups
{
    /// <summary>Tags that are always seen.</summary>
    internal const int Top = 12;

    /// <summary>With so many a box to filter them is worth its room.</summary>
    internal const int FilterFrom = 16;

    /// <summary>The page names so many at most; the search box finds the others.</summary>
    internal const int Most = 400;

    private const int Fewest = 3;

    internal static IReadOnlyList<TagGroup> Of(IReadOnlyList<TagCount> tags)
    {
        TagCount[] named = [.. tags.Take(Most)];
        if (named.Length <= Top)
            return [new(null, named)];

        ILookup<string?, TagCount> byWord = named.Skip(Top).ToLookup(tag => BroadestWord(tag.Value), StringComparer.Ordinal);
        TagGroup[] groups = [.. byWord.Where(group => group.Key is not null && group.Count() >= Fewest).Select(group => new TagGroup(group.Key, [.. group])).OrderByDescending(group => group.Tags.Count)];
        var grouped = new HashSet<string?>(groups.Select(group => group.Name), StringComparer.Ordinal);
        TagCount[] alone = [.. named.Take(Top), .. named.Skip(Top).Where(tag => !grouped.Contains(BroadestWord(tag.Value)))];
        return [new(null, alone), .. groups];
    }

    private static string? BroadestWord(string tag)
    {
        Vocabulary words = Vocabulary.Shipped;
        if (words.Named(tag).FirstOrDefault() is not { } concept)
            return null;
        string[] above = [.. words.BroaderChain(concept.Id).Where(id => words.Find(id) is { Broader.Count: 0 })];
        return above.Length > 0 ? words.Find(above[0])!.English : null;
    }
}

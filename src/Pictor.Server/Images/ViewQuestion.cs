using System.ComponentModel;
using Pictor.Library;

namespace Pictor.Server.Images;

/// <summary>Which pictures a view shows, as it stands in the page's addresses. The first that is given counts.</summary>
internal sealed record ViewQuestion
{
    [Description("Words and filters, as in POST search.")]
    public string? Q { get; init; }

    [Description("The id of a picture that the others resemble.")]
    public string? Similar { get; init; }

    [Description("A collection, by id or name.")]
    public string? Collection { get; init; }

    [Description("An automatic group, event or look: the one that the picture 'of' belongs to.")]
    public string? Group { get; init; }

    [Description("The id of a picture of the group.")]
    public string? Of { get; init; }

    [Description("Pictures whose tags would change with this model, NAME or NAME@VERSION; 'tag' keeps those for which that tag would.")]
    public string? Changes { get; init; }

    [Description("A tag, in any language.")]
    public string? Tag { get; init; }

    [Description("1: what fits hardly better than chance is shown too.")]
    public string? Weaker { get; init; }

    internal bool IncludesWeaker => Weaker == "1";

    internal string? Words => string.IsNullOrWhiteSpace(Q) ? null : Q.Trim();

    internal string? OneTag => string.IsNullOrWhiteSpace(Tag) ? null : Tag;

    /// <exception cref="InputException">Neither event nor look.</exception>
    internal GroupBy GroupedBy => ParseGroup(Group);

    /// <exception cref="InputException">Neither event nor look.</exception>
    internal static GroupBy ParseGroup(string? by) => by switch
    {
        "event" or null => GroupBy.Event,
        "look" => GroupBy.Look,
        _ => throw new InputException("by", $"'{by}' is no way of grouping", "Give event or look.") { Code = "parameter.invalid" },
    };

    /// <summary>The kind of a change of a tag: added, removed, raised, lowered.</summary>
    internal static string KindOf(TagChange change) => change switch
    {
        { Before: null } => "added",
        { After: null } => "removed",
        { Before: { } before, After: { } after } => after > before ? "raised" : "lowered",
    };
}

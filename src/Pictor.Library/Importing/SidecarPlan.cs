using Pictor.Imaging;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Importing;

/// <summary>What is to change in one sidecar. Nothing that others wrote is taken out unless a person rejected it.</summary>
internal sealed record SidecarPlan
{
    private IReadOnlyList<SidecarWord> _words = [];
    private IReadOnlySet<string> _out = new HashSet<string>(StringComparer.Ordinal);

    internal IReadOnlyList<string> Add { get; private init; } = [];

    internal IReadOnlyList<string> Remove { get; private init; } = [];

    internal string? Description { get; private init; }

    internal int? Rating { get; private init; }

    /// <summary>Keywords in the sidecar that are there because Pictor wrote them.</summary>
    internal IReadOnlyList<string> Written { get; private init; } = [];

    /// <param name="text">The sidecar as it is.</param>
    /// <param name="content">What stands about the picture.</param>
    /// <param name="inside">What the picture's own file says: for its sake alone no sidecar is written.</param>
    /// <param name="written">What Pictor wrote into it before.</param>
    internal static SidecarPlan Of(SidecarText text, SidecarContent content, DescriptiveMetadata inside, IReadOnlyList<string> written)
    {
        DescriptiveMetadata said = text.Said;
        HashSet<string> there = [.. text.Words.Concat(said.Keywords.Select(k => k.Word)).Select(TextKey.Of)], standing = [.. content.Words.Select(w => TextKey.Of(w.Word))];
        HashSet<string> within = [.. inside.Keywords.Select(k => TextKey.Of(k.Word))];
        HashSet<string> gone = [.. content.Rejected, .. written.Select(TextKey.Of).Where(key => !standing.Contains(key))];
        string? description = content.Description is { } caption && TextKey.Of(caption) != TextKey.Of(said.Description ?? inside.Description ?? "") ? caption : null;
        int? rating = content.Rating is { } stars && stars != (said.Rating ?? inside.Rating ?? 0) ? stars : null;
        string[] remove = [.. text.Words.Where(word => gone.Contains(TextKey.Of(word)))];
        if (!standing.Except(there, StringComparer.Ordinal).Except(within, StringComparer.Ordinal).Any() && remove.Length == 0 && description is null && rating is null)
            return new SidecarPlan();

        // A word that stood only in a path so far is put among the flat ones too.
        HashSet<string> flat = [.. text.Words.Select(TextKey.Of)];
        string[] add = [.. content.Words.Select(w => w.Word).Where(word => !flat.Contains(TextKey.Of(word)))];
        HashSet<string> before = [.. written.Select(TextKey.Of)];
        return new SidecarPlan
        {
            _words = content.Words,
            _out = gone,
            Add = add,
            Remove = remove,
            Description = description,
            Rating = rating,

            // What the picture's file says itself is imported from there, whatever the sidecar repeats.
            Written = [.. content.Words.Select(w => w.Word).Where(word => before.Contains(TextKey.Of(word)) || !there.Contains(TextKey.Of(word)))],
        };
    }

    /// <returns>The sidecar's new bytes; null when it stays as it is.</returns>
    internal byte[]? Apply(SidecarText text)
    {
        if (Add.Count == 0 && Remove.Count == 0 && Description is null && Rating is null)
            return null;
        text.Remove(_out);
        text.Add(_words);
        text.MarkModels([.. _words.Where(w => w.OfModel).Select(w => w.Word)]);
        if (Description is not null)
            text.Describe(Description);
        if (Rating is { } stars)
            text.Rate(stars);
        return text.ToBytes();
    }
}

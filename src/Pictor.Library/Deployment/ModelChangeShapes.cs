namespace Pictor.Library;

/// <summary>A tag that another model says, does not say, or says with another confidence.</summary>
/// <param name="Value">The tag.</param>
/// <param name="Before">Confidence by the model in use; null: it does not say it.</param>
/// <param name="After">Confidence by the other model; null: it does not say it.</param>
public sealed record TagChange(string Value, double? Before, double? After);

/// <summary>What would change for a picture.</summary>
public sealed record PictureTagChanges(string Id, string File, IReadOnlyList<TagChange> Added, IReadOnlyList<TagChange> Removed, IReadOnlyList<TagChange> Moved);

/// <summary>What would change for a tag: in how many pictures.</summary>
public sealed record TagChangeCount(string Value, int Added, int Removed, int Moved);

/// <summary>The difference between the model in use and another one, for review before switching. What people said or rejected is no part of it: it stays.</summary>
/// <param name="From">NAME@VERSION in use.</param>
/// <param name="To">NAME@VERSION that would be.</param>
/// <param name="Compared">Pictures that both have read.</param>
/// <param name="Unread">Pictures that the other one has not read yet; 0 once it is prepared.</param>
/// <param name="Tags">By tag, the most changes first; on the first page only.</param>
/// <param name="Items">By picture.</param>
/// <param name="NextCursor">Null on the last page.</param>
/// <param name="Total">Pictures that would change.</param>
public sealed record ModelChanges(string From, string To, int Compared, int Unread, IReadOnlyList<TagChangeCount> Tags, IReadOnlyList<PictureTagChanges> Items, string? NextCursor, int Total);

/// <summary>What would change for a picture, for a view of all of them at once.</summary>
/// <param name="Id">The picture.</param>
/// <param name="Changes">Tags added, removed and moved, the surest first.</param>
public sealed record PictureChanges(string Id, IReadOnlyList<TagChange> Changes);

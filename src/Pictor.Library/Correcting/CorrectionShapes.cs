namespace Pictor.Library;

/// <summary>What a change did.</summary>
/// <param name="Changed">Pictures that are not as they were before; for an undo or a rename, those that it touched.</param>
/// <param name="Undo">The change's id, which takes it back; null when nothing changed.</param>
/// <param name="Kept">For an undo: statements that were changed again later, and so were left as they are.</param>
public sealed record ChangeReceipt(int Changed, long? Undo, int Kept = 0)
{
    /// <summary>Nothing changed.</summary>
    public static ChangeReceipt Nothing { get; } = new(0, null);
}

/// <summary>A line of the history.</summary>
/// <param name="Id">Names it in an undo.</param>
/// <param name="Time">When.</param>
/// <param name="Person">Who.</param>
/// <param name="Action">annotate, withdraw, reject, rate, hide, unhide, bulk, rename, merge, collection, undo.</param>
/// <param name="PictureId">The picture, where it was only one.</param>
/// <param name="Pictures">How many pictures it touched.</param>
/// <param name="Detail">What, as JSON.</param>
/// <param name="Undoes">For an undo: the change that it took back.</param>
/// <param name="UndoneBy">The change that took this one back; null while it holds.</param>
/// <param name="CanUndo">It holds, and what was before is known.</param>
public sealed record ChangeItem(
    long Id, DateTimeOffset Time, string Person, string Action, string? PictureId, int Pictures, System.Text.Json.JsonElement Detail, long? Undoes, long? UndoneBy, bool CanUndo);

/// <summary>Which lines of the history. Null: all.</summary>
public sealed record ChangeFilter(string? Person = null, string? PictureId = null);

/// <summary>Pictures by their ids, or all that answer a question, however many. Exactly one of the three is set.</summary>
public sealed record PictureSelection
{
    /// <summary>These.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>All results of a search; what it folds away as weaker is not among them.</summary>
    public PictureQuery? Query { get; init; }

    /// <summary>All of a listing.</summary>
    public PictureFilter? Filter { get; init; }
}

/// <summary>What to do to each picture of a selection. Order: remove, reject, add, accept.</summary>
public sealed record BulkChange
{
    /// <summary>A person confirms these tags wherever a model or an import gave them; other pictures stay as they are.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>These tags do not hold for any of the pictures, said or not: a negative example for each, which outlives every re-run.</summary>
    public IReadOnlyList<string> Reject { get; init; } = [];

    /// <summary>A person says these tags of every picture; an earlier rejection is withdrawn.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>These tags go wherever they are: one's own are taken back, those of others rejected. Pictures without them stay as they are.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Mark or unmark as favourite.</summary>
    public bool? Favourite { get; init; }

    /// <summary>0 (none) to 5 stars.</summary>
    public int? Rating { get; init; }

    /// <summary>Hide, or bring back (by ids only).</summary>
    public bool? Hidden { get; init; }
}

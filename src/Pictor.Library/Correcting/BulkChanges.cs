using Dapper;
using Pictor.Library.Finding;

namespace Pictor.Library.Correcting;

/// <summary>One change of many pictures: all of it or nothing, one line of the history, one undo.</summary>
internal sealed class BulkChanges(ChangeLog log, TagWords words, Func<PictureSelection, CancellationToken, Task<IReadOnlyList<string>>> resolve)
{
    /// <summary>More tags in one change are a mistake rather than a wish.</summary>
    private const int MostTags = 100;

    internal async Task<ChangeReceipt> ApplyAsync(PictureSelection selection, BulkChange change, string person, CancellationToken cancellationToken)
    {
        Check(selection, change);
        IReadOnlyList<string> ids = await resolve(selection, cancellationToken).ConfigureAwait(false);
        (_, ChangeReceipt receipt) = await log.WriteAsync(
            person, ActionOf(change),
            open =>
            {
                Chosen.Fill(open.Connection, ids, hiddenToo: change.Hidden == false);
                foreach (string tag in change.Remove)
                    TagStatements.Of(open, words, tag, person).Remove();
                foreach (string tag in change.Reject)
                    TagStatements.Of(open, words, tag, person).Reject();
                foreach (string tag in change.Add)
                    TagStatements.Of(open, words, tag, person).Add();
                foreach (string tag in change.Accept)
                    TagStatements.Of(open, words, tag, person).Accept();
                Set(open, "favourite", change.Favourite);
                Set(open, "rating", change.Rating);
                Set(open, "hidden", change.Hidden);
                open.Picture = ids.Count == 1 ? open.Connection.ExecuteScalar<long?>("SELECT picture FROM chosen") : null;
                open.Detail = new
                {
                    accept = NullIfEmpty(change.Accept),
                    reject = NullIfEmpty(change.Reject),
                    add = NullIfEmpty(change.Add),
                    remove = NullIfEmpty(change.Remove),
                    change.Favourite,
                    change.Rating,
                    change.Hidden,
                    query = selection.Query?.Text,
                    tag = selection.Filter?.Tag,
                };
                return ids.Count;
            },
            cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    private static string ActionOf(BulkChange change) => change switch
    {
        { Accept: [], Reject: [], Add: [], Remove: [], Hidden: null } => "rate",
        { Accept: [], Reject: [], Add: [], Remove: [], Favourite: null, Rating: null, Hidden: { } hidden } => hidden ? "hide" : "unhide",
        { Accept: [_, ..], Reject: [], Add: [], Remove: [] } => "accept",
        { Accept: [], Reject: [_, ..], Add: [], Remove: [] } => "reject",
        { Accept: [], Reject: [], Add: [_, ..], Remove: [] } => "annotate",
        { Accept: [], Reject: [], Add: [], Remove: [_, ..] } => "withdraw",
        _ => "bulk",
    };

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> tags) => tags.Count == 0 ? null : tags;

    private static void Set<T>(OpenChange open, string column, T? value) where T : struct
    {
        if (value is { } set)
            open.Connection.Execute($"UPDATE pictures SET {column} = @set WHERE row IN (SELECT picture FROM chosen) AND {column} <> @set", new { set });
    }

    private static void Check(PictureSelection selection, BulkChange change)
    {
        if ((selection.Ids is null ? 0 : 1) + (selection.Query is null ? 0 : 1) + (selection.Filter is null ? 0 : 1) != 1)
            throw new InputException("ids", "give either ids or a query", "Name the pictures by 'ids', or all results of a search by 'query'.") { Code = "bulk.selection" };
        if (selection.Ids is null && change.Hidden == false)
            throw new InputException("hidden", "hidden pictures are found by no query", "Name them by 'ids', or undo the change that hid them.") { Code = "bulk.selection" };
        if (change.Rating is < 0 or > 5)
            throw new InputException("rating", $"{change.Rating} is not between 0 and 5", "Give 0 (none) to 5 stars.") { Code = "rating.invalid" };
        string[] tags = [.. change.Accept, .. change.Reject, .. change.Add, .. change.Remove];
        if (tags.Length > MostTags)
            throw new InputException("tags", $"{tags.Length} tags are more than the {MostTags} that one change may have", "Make several changes.") { Code = "bulk.too-many-tags" };
        if (Array.Find(tags, tag => string.IsNullOrWhiteSpace(tag) || tag.Length > 500) is { } bad)
            throw new InputException("tags", bad.Length > 500 ? "a tag is longer than 500 characters" : "a tag is empty", "Leave it out, or name it.") { Code = "annotation.empty" };
        if (tags.Length == 0 && change is { Favourite: null, Rating: null, Hidden: null })
            throw new InputException("bulk", "there is nothing to do", "Give at least one of accept, reject, add, remove, favourite, rating, hidden.") { Code = "bulk.empty" };
    }
}

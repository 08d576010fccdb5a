using Dapper;
using Pictor.Library.Correcting;

namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>Changes many pictures at once: all of it or nothing, one line of the history, one undo.</summary>
    /// <exception cref="InputException">Neither ids nor a query, nothing to do, an unknown id (<c>picture.unknown</c>), or a wrong value.</exception>
    public Task<ChangeReceipt> ChangeAsync(PictureSelection selection, BulkChange change, string person, CancellationToken cancellationToken = default) =>
        _bulk.ApplyAsync(selection, change, person, cancellationToken);

    /// <summary>A person says something of a picture, as <see cref="AnnotateAsync"/>; with the change's id.</summary>
    /// <exception cref="InputException">Unknown id, an empty value, or a box that does not fit.</exception>
    public Task<(AnnotationItem Item, ChangeReceipt Receipt)> SayAsync(string id, AnnotationKind kind, string value, BoundingBox? box, string person, CancellationToken cancellationToken = default) =>
        _people.AddAsync(id, kind, value, box, person, cancellationToken);

    /// <summary>A person takes back or rejects an annotation, as <see cref="RejectAsync"/>; null when unknown.</summary>
    public async Task<ChangeReceipt?> DenyAsync(string id, long annotationId, string person, CancellationToken cancellationToken = default) =>
        await _people.RejectAsync(id, annotationId, person, cancellationToken).ConfigureAwait(false) is (true, var receipt) ? receipt : null;

    /// <summary>Takes a change back, however many pictures it was; what somebody said of them later stays. Undoing the undo does it again.</summary>
    /// <exception cref="InputException">No such change (<c>change.unknown</c>), undone already (<c>change.undone</c>), or too old (<c>change.too-old</c>).</exception>
    public Task<ChangeReceipt> UndoAsync(long change, string person, CancellationToken cancellationToken = default) => new ChangeUndo(_changes).UndoAsync(change, person, cancellationToken);

    /// <summary>What people changed: who, when, what; newest first.</summary>
    /// <exception cref="InputException">A wrong cursor or limit (1..10,000).</exception>
    public Page<ChangeItem> Changes(int limit = 100, string? cursor = null, ChangeFilter? filter = null) => _changes.Page(limit, cursor, filter);

    /// <summary>One line of the history, or null.</summary>
    public ChangeItem? Change(long id) => _changes.Get(id);

    /// <summary>
    /// Gives a tag another word in the whole library, whoever said it; several become one. A model that goes on saying the old word is heard as saying the new one, now and in later runs.
    /// </summary>
    /// <exception cref="InputException">An empty word, or a tag that no picture carries (<c>tag.unknown</c>).</exception>
    public Task<ChangeReceipt> RenameTagAsync(IReadOnlyList<string> from, string to, string person, CancellationToken cancellationToken = default) =>
        new TagRenaming(_changes).RenameAsync(from, to, person, cancellationToken);

    /// <summary>Every tag and how many pictures carry it, the most frequent first.</summary>
    public IReadOnlyList<TagCount> Tags() => _catalogue.Read<IReadOnlyList<TagCount>>(connection =>
        [.. connection.Query<(string Value, long Count)>("SELECT min(value), count(DISTINCT picture) AS n FROM said WHERE kind IN ('tag', 'box') GROUP BY value_key ORDER BY n DESC, value_key")
            .Select(t => new TagCount(t.Value, (int)t.Count))]);

    /// <summary>The ids of all pictures of a selection. A query is asked to its end, page by page.</summary>
    internal async Task<IReadOnlyList<string>> ResolveAsync(PictureSelection selection, CancellationToken cancellationToken)
    {
        if (selection.Ids is { } given)
            return given;
        const int AtOnce = 10_000;
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            if (selection.Query is { } query)
            {
                Page<Hit> page = await FindAsync(query, AtOnce, cursor, cancellationToken).ConfigureAwait(false);
                ids.AddRange(page.Items.Select(hit => hit.Id));
                cursor = page.NextCursor;
            }
            else
            {
                Page<PictureItem> page = List(AtOnce, cursor, selection.Filter);
                ids.AddRange(page.Items.Select(item => item.Id));
                cursor = page.NextCursor;
            }
        }
        while (cursor is not null);
        return ids;
    }
}

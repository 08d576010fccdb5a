using Pictor.Library.Collecting;
using Pictor.Library.Correcting;

namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    private Collections Kept => new(_catalogue, _changes);

    private GroupMemory GroupsOf => field ??= new GroupMemory(_catalogue, Models, _words);

    /// <summary>Pictures that look like one and carry the same tag by a model's word: after a rejection the likely next ones, the most alike first.</summary>
    /// <exception cref="InputException">Unknown id, or no model.</exception>
    public Page<Hit> Lookalikes(string id, string tag, int limit = 50) => new Lookalikes(_catalogue, Models, _embedder, _listing, _words).Of(id, tag, limit);

    /// <summary>All collections by name.</summary>
    public IReadOnlyList<CollectionItem> Collections() => Kept.All();

    /// <summary>A collection by its id or name.</summary>
    /// <exception cref="InputException">There is none (<c>collection.unknown</c>).</exception>
    public CollectionItem Collection(string reference) => Kept.Get(reference);

    /// <summary>Makes a collection: by hand, with its first pictures, or of a saved query.</summary>
    /// <exception cref="InputException">No name, one that is taken (<c>collection.exists</c>), both a query and pictures, or an unknown id.</exception>
    public async Task<(CollectionItem Item, ChangeReceipt Receipt)> CreateCollectionAsync(
        string name, string? query, PictureSelection? pictures, string person, CancellationToken cancellationToken = default) =>
        await Kept.CreateAsync(name, query, pictures is null ? [] : await ResolveAsync(pictures, cancellationToken).ConfigureAwait(false), person, cancellationToken).ConfigureAwait(false);

    /// <summary>Renames a collection, changes its query, puts pictures in or takes them out; null leaves as it is.</summary>
    /// <exception cref="InputException">Unknown, a name that is taken, pictures for a saved query, or an unknown id.</exception>
    public async Task<ChangeReceipt> ChangeCollectionAsync(
        string reference, string? name, string? query, PictureSelection? add, PictureSelection? remove, string person, CancellationToken cancellationToken = default) => await Kept.ChangeAsync(
        reference, name, query,
        add is null ? [] : await ResolveAsync(add, cancellationToken).ConfigureAwait(false), remove is null ? [] : await ResolveAsync(remove, cancellationToken).ConfigureAwait(false),
        person, cancellationToken).ConfigureAwait(false);

    /// <summary>Deletes a collection; its pictures stay, and an undo brings it back.</summary>
    /// <exception cref="InputException">Unknown.</exception>
    public Task<ChangeReceipt> DeleteCollectionAsync(string reference, string person, CancellationToken cancellationToken = default) => Kept.DeleteAsync(reference, person, cancellationToken);

    /// <summary>The pictures of a collection: in the order in which they were put in, or as its query finds them now.</summary>
    /// <exception cref="InputException">Unknown, or a wrong cursor or limit.</exception>
    public async Task<Page<PictureItem>> CollectionPicturesAsync(string reference, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default)
    {
        CollectionItem collection = Kept.Get(reference);
        if (collection.Query is { } query)
        {
            Page<Hit> hits = await FindAsync(new PictureQuery(query, null), limit, cursor, cancellationToken).ConfigureAwait(false);
            return new Page<PictureItem>([.. hits.Items.Select(hit => Get(hit.Id)).OfType<PictureItem>()], hits.NextCursor, hits.Total);
        }

        (IReadOnlyList<string> ids, string? next, int total) = Kept.Members(collection.Id, limit, cursor);
        return new Page<PictureItem>([.. ids.Select(Get).OfType<PictureItem>()], next, total);
    }

    /// <summary>Pictures that belong together, each group named from its tags: events, the newest first, or looks, the largest first.</summary>
    /// <exception cref="InputException">By look, and no model is in use (<c>model.none</c>).</exception>
    public Task<IReadOnlyList<PictureGroup>> GroupsAsync(GroupBy by, CancellationToken cancellationToken = default) => Task.Run(() => GroupsOf.Of(by), cancellationToken);

    /// <summary>The group that a picture belongs to.</summary>
    /// <exception cref="InputException">It is in none (<c>group.unknown</c>), or, by look, no model is in use (<c>model.none</c>).</exception>
    public async Task<PictureGroup> GroupOfAsync(GroupBy by, string id, CancellationToken cancellationToken = default) =>
        (await GroupsAsync(by, cancellationToken).ConfigureAwait(false)).FirstOrDefault(group => group.Ids.Contains(id, StringComparer.Ordinal))
        ?? throw new InputException(id, "belongs to no group", "List the groups to see them; a picture alone makes none.") { Code = "group.unknown" };

    /// <summary>All pictures of a collection, by id and shape.</summary>
    /// <exception cref="InputException">Unknown, or its saved query is wrong.</exception>
    public async Task<IReadOnlyList<PictureOutline>> CollectionOutlineAsync(string reference, CancellationToken cancellationToken = default)
    {
        CollectionItem collection = Kept.Get(reference);
        return _outlines.Of(collection.Query is { } query
            ? await ResolveAsync(new PictureSelection { Query = new PictureQuery(query, null) }, cancellationToken).ConfigureAwait(false)
            : Kept.Members(collection.Id));
    }
}

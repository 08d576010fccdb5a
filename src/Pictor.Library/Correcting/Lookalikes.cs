using Dapper;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;
using Pictor.Library.Pictures;
using Pictor.VectorSearch;

namespace Pictor.Library.Correcting;

/// <summary>
/// Who finds a wrong tag has seldom found the only one: pictures that look like it and carry the same tag, by a model's or an import's word. What a person said is not offered. Only
/// pictures that are more alike than chance: at least one standard deviation above what a sample of the library scores.
/// </summary>
internal sealed class Lookalikes(CatalogueFile catalogue, LibraryModels models, Embedder embedder, Listing listing, TagWords words)
{
    internal Page<Hit> Of(string id, string tag, int limit)
    {
        limit = Cursor.Limit(limit);
        using AnnotatorLease lease = models.BorrowOrExplain();
        FlatIndex index = lease.Active.Vectors;
        Example example = embedder.OfPicture(id, lease.Active);
        TagWords.Meaning meaning = words.Of(tag);
        HashSet<long> carriers = catalogue.Read(connection => connection.Query<long>(
            """
            SELECT s.picture FROM said s JOIN pictures p ON p.row = s.picture
            WHERE p.missing = 0 AND s.kind IN ('tag', 'box') AND (s.value_key IN @Keys OR s.label_id IN @LabelIds) GROUP BY s.picture HAVING max(s.rank) < 3
            """,
            new { meaning.Keys, meaning.LabelIds }).ToHashSet());
        if (carriers.Count == 0)
            return new Page<Hit>([], null, 0, 0);

        double cut = new Background(index, listing.GreatestRow()).Cut(example.Vector);
        List<Neighbour> alike = [.. index.Search(example.Vector, carriers.Count, row => row != example.Row && carriers.Contains(row)).TakeWhile(n => n.Score >= cut)];
        Dictionary<long, (string Id, string File)> names = listing.Names([.. alike.Take(limit).Select(n => n.Id)]);
        Hit[] hits = [.. alike.Take(limit).Where(n => names.ContainsKey(n.Id)).Select(n => new Hit(names[n.Id].Id, names[n.Id].File, PictureSearch.Score(n.Score), [new HitReason("picture", id, PictureSearch.Score(n.Score)), new HitReason("tag", tag, 1)]))];
        return new Page<Hit>(hits, null, alike.Count, carriers.Count - alike.Count - (carriers.Contains(example.Row ?? -1) ? 1 : 0));
    }
}

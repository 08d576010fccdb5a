using System.Runtime.CompilerServices;
using Pictor.Library.Pictures;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>Answers questions by words, by a picture, or by both.</summary>
internal sealed class PictureSearch(LibraryModels models, Embedder embedder, TextSearch text, Listing listing)
{
    /// <summary>A search by picture ranks this many nearest ones at least; in a larger library the rest counts as weaker.</summary>
    private const int Ranked = 10_000;

    private readonly ConditionalWeakTable<FlatIndex, Background> _backgrounds = [];

    /// <summary>The nearest ones, however far they are.</summary>
    internal Page<Hit> Similar(string id, int limit, string? cursor)
    {
        limit = Cursor.Limit(limit);
        int offset = Cursor.ReadOffset(cursor);
        using AnnotatorLease lease = models.BorrowOrExplain();
        FlatIndex index = lease.Active.Vectors;
        Example example = embedder.OfPicture(id, lease.Active);
        IReadOnlyList<Neighbour> found = index.Search(example.Vector, offset + limit + 1, row => row != example.Row);
        int total = index.Count - (index.TryGet(example.Row!.Value, new float[index.Dimensions]) ? 1 : 0);
        return PageOf([.. found.Skip(offset)], limit, offset, Math.Max(total, found.Count), null, example, texts: null);
    }

    internal Page<Hit> Find(PictureQuery query, int limit, string? cursor)
    {
        limit = Cursor.Limit(limit);
        int offset = Cursor.ReadOffset(cursor);
        bool hasText = !string.IsNullOrWhiteSpace(query.Text);
        if (query.Picture is null && !hasText)
            throw new InputException("search", "there is neither a text nor a picture to look for", "Give words, a picture or both.") { Code = "search.empty" };
        Dictionary<long, TextMatch>? texts = hasText ? text.Find(query.Text!) : null;
        return query.Picture is null ? ByText(texts!, limit, offset) : ByPicture(query.Picture, texts, limit, offset);
    }

    private Page<Hit> ByText(Dictionary<long, TextMatch> texts, int limit, int offset)
    {
        KeyValuePair<long, TextMatch>[] page = [.. texts.OrderByDescending(t => t.Value.Score).ThenByDescending(t => t.Key).Skip(offset).Take(limit)];
        Dictionary<long, (string Id, string File)> names = listing.Names([.. page.Select(p => p.Key)]);
        Hit[] hits = [.. page.Where(p => names.ContainsKey(p.Key)).Select(p => new Hit(names[p.Key].Id, names[p.Key].File, p.Value.Score, p.Value.Reasons))];
        return new Page<Hit>(hits, offset + limit < texts.Count ? Cursor.Write(offset + limit) : null, texts.Count, 0);
    }

    private Page<Hit> ByPicture(PictureExample picture, Dictionary<long, TextMatch>? texts, int limit, int offset)
    {
        using AnnotatorLease lease = models.BorrowOrExplain();
        FlatIndex index = lease.Active.Vectors;
        Example example = embedder.Of(picture, lease.Active);
        if (texts is { Count: 0 })
            return new Page<Hit>([], null, 0, 0);

        // A picture asked for by its id is not an answer to itself; the same picture given as a file is: "do I have this one?"
        long self = picture.Id is null ? -1 : example.Row ?? -1;
        IReadOnlyList<Neighbour> ranked = index.Search(
            example.Vector, Math.Max(Ranked, offset + limit + 1), row => row != self && (texts is null || texts.ContainsKey(row)));
        if (texts is not null)
        {
            // Words have chosen already; the picture only orders.
            Neighbour[] both = [.. ranked.OrderByDescending(n => Score(n.Score) + texts[n.Id].Score).ThenBy(n => n.Id)];
            return PageOf([.. both.Skip(offset)], limit, offset, both.Length, 0, example, texts);
        }

        int all = index.Count - (self >= 0 && index.TryGet(self, new float[index.Dimensions]) ? 1 : 0);
        Background background = BackgroundOf(index);
        if (ranked.Count == 0 || (self < 0 && background.IsForeign(ranked[0].Score)))
            return new Page<Hit>([], null, 0, all);

        // The first page is filled with the nearest, weak or not; further pages only with what is more than chance.
        double cut = background.Cut(example.Vector);
        int strong = ranked.TakeWhile(n => n.Score >= cut).Count(), shown = offset == 0 ? Math.Max(strong, Math.Min(limit, ranked.Count)) : strong;
        return PageOf([.. ranked.Take(shown).Skip(offset)], limit, offset, shown, Math.Max(0, all - shown), example, texts: null);
    }

    private Background BackgroundOf(FlatIndex index)
    {
        Background background = _backgrounds.GetValue(index, i => new Background(i, listing.GreatestRow()));
        if (!background.IsCurrent)
        {
            background = new Background(index, listing.GreatestRow());
            _backgrounds.AddOrUpdate(index, background);
        }

        return background;
    }

    internal static double Score(double cosine) => Math.Clamp(cosine, 0, 1);

    private Page<Hit> PageOf(Neighbour[] rest, int limit, int offset, int total, int? weaker, Example example, Dictionary<long, TextMatch>? texts)
    {
        Neighbour[] page = rest.Length > limit ? rest[..limit] : rest;
        Dictionary<long, (string Id, string File)> names = listing.Names([.. page.Select(n => n.Id)]);
        Hit[] hits =
        [
            .. page.Where(n => names.ContainsKey(n.Id)).Select(n =>
            {
                var likeness = new HitReason("picture", example.Name, Score(n.Score));
                return texts is null
                    ? new Hit(names[n.Id].Id, names[n.Id].File, Score(n.Score), [likeness])
                    : new Hit(names[n.Id].Id, names[n.Id].File, (Score(n.Score) + texts[n.Id].Score) / 2, [likeness, .. texts[n.Id].Reasons]);
            }),
        ];
        return new Page<Hit>(hits, rest.Length > limit ? Cursor.Write(offset + limit) : null, total, weaker);
    }
}

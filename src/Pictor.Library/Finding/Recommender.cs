using System.Numerics.Tensors;
using Pictor.Library.Pictures;
using Pictor.Recommendation;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>
/// From liked and disliked pictures to others: one direction for the taste (Rocchio), the nearest few times as many as wanted as candidates, and of these the ones that are
/// relevant and not all alike (maximal marginal relevance). Each comes with the liked picture it is nearest to.
/// </summary>
internal sealed class Recommender(LibraryModels models, Embedder embedder, Listing listing)
{
    private const int CandidatesPerItem = 4;
    private const int FewestCandidates = 50;

    internal Page<Hit> Recommend(IReadOnlyList<PictureExample> like, IReadOnlyList<PictureExample> dislike, int limit)
    {
        limit = Cursor.Limit(limit);
        if (like.Count == 0 && dislike.Count == 0)
            throw new InputException("like", "there is no example to go by", "Name at least one picture that is liked or disliked.") { Code = "recommend.no-examples" };
        using AnnotatorLease lease = models.BorrowOrExplain();
        FlatIndex index = lease.Active.Vectors;
        Example[] liked = [.. like.Select(e => embedder.Of(e, lease.Active))], disliked = [.. dislike.Select(e => embedder.Of(e, lease.Active))];
        float[] profile = Rocchio.Profile([.. liked.Select(e => e.Vector)], [.. disliked.Select(e => e.Vector)]);

        if (!FlatIndex.CanHold(profile))
            throw new InputException("like", "the liked and disliked examples cancel each other out, so no direction is left", "Leave out examples that are both liked and disliked.") { Code = "recommend.no-direction" };

        HashSet<long> examples = [.. liked.Concat(disliked).Where(e => e.Row is not null).Select(e => e.Row!.Value)];
        IReadOnlyList<Neighbour> nearest = index.Search(profile, Math.Max(FewestCandidates, limit * CandidatesPerItem), row => !examples.Contains(row));
        List<Candidate> candidates = [.. nearest.Select(n => (n, Vector: VectorOf(index, n.Id))).Where(c => c.Vector is not null).Select(c => new Candidate(c.n.Id, c.n.Score, c.Vector!))];
        IReadOnlyList<Candidate> chosen = MaximalMarginalRelevance.Rank(candidates, limit);

        Dictionary<long, int> places = candidates.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i);
        Dictionary<long, (string Id, string File)> names = listing.Names([.. chosen.Select(c => c.Id)]);
        var hits = new List<Hit>(chosen.Count);
        for (int i = 0; i < chosen.Count; i++)
        {
            if (names.TryGetValue(chosen[i].Id, out (string Id, string File) name))
                hits.Add(new Hit(name.Id, name.File, PictureSearch.Score(chosen[i].Relevance), Reasons(chosen, i, places[chosen[i].Id], liked, disliked, names)));
        }

        return new Page<Hit>(hits, null, index.Count - examples.Count(row => VectorOf(index, row) is not null));
    }

    private static List<HitReason> Reasons(
        IReadOnlyList<Candidate> chosen, int position, int place, Example[] liked, Example[] disliked, Dictionary<long, (string Id, string File)> names)
    {
        Candidate item = chosen[position];
        var reasons = new List<HitReason>();
        if (Nearest(item.Vector, liked) is { } like)
            reasons.Add(new HitReason("like", like.Name, PictureSearch.Score(like.Score)));
        else if (Nearest(item.Vector, disliked) is { } dislike)
            reasons.Add(new HitReason("dislike", dislike.Name, PictureSearch.Score(dislike.Score)));

        // It stands before others that fit better, because those are too much like what was taken already.
        if (position > 0 && place > position)
        {
            Candidate alike = chosen.Take(position).MaxBy(c => TensorPrimitives.Dot(c.Vector, item.Vector))!;
            string other = names.TryGetValue(alike.Id, out (string Id, string File) name) ? name.Id : "";
            reasons.Add(new HitReason("variety", other, 1 - PictureSearch.Score(TensorPrimitives.Dot(alike.Vector, item.Vector))));
        }

        return reasons;
    }

    private static (string Name, double Score)? Nearest(float[] vector, Example[] examples)
    {
        if (examples.Length == 0)
            return null;
        Example nearest = examples.MaxBy(e => TensorPrimitives.Dot(e.Vector, vector))!;
        return (nearest.Name, TensorPrimitives.Dot(nearest.Vector, vector));
    }

    private static float[]? VectorOf(FlatIndex index, long row)
    {
        float[] vector = new float[index.Dimensions];
        return index.TryGet(row, vector) ? vector : null;
    }
}

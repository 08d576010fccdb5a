using System.Numerics.Tensors;
using Pictor.Library.Pictures;
using Pictor.Recommendation;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>
/// From liked and disliked pictures to others. What is liked is divided into up to five interests, each asked for by the picture in its middle and turned away from what is disliked (Rocchio);
/// of the nearest of each those that are relevant and not all alike are taken (maximal marginal relevance), in turns. Each comes with the liked picture that it is nearest to.
/// </summary>
internal sealed class Recommender(LibraryModels models, Embedder embedder, Listing listing)
{
    private const int CandidatesPerItem = 4;
    private const int FewestCandidates = 50;

    internal Page<Hit> Recommend(IReadOnlyList<PictureExample> like, IReadOnlyList<PictureExample> dislike, IReadOnlyList<string> seen, int limit)
    {
        limit = Cursor.Limit(limit);
        if (like.Count == 0 && dislike.Count == 0)
            throw new InputException("like", "there is no example to go by", "Name at least one picture that is liked or disliked.") { Code = "recommend.no-examples" };
        using AnnotatorLease lease = models.BorrowOrExplain();
        FlatIndex index = lease.Active.Vectors;
        Example[] liked = [.. like.Select(e => embedder.Of(e, lease.Active))], disliked = [.. dislike.Select(e => embedder.Of(e, lease.Active))];
        HashSet<long> excluded = [.. liked.Concat(disliked).Where(e => e.Row is not null).Select(e => e.Row!.Value), .. seen.Select(listing.FindRow).OfType<long>()];
        (float[] Profile, double Share, string? Medoid)[] interests = [.. InterestsOf(liked, disliked).Where(i => FlatIndex.CanHold(i.Profile))];
        if (interests.Length == 0)
            throw new InputException("like", "the liked and disliked examples cancel each other out, so no direction is left", "Leave out examples that are both liked and disliked.") { Code = "recommend.no-direction" };

        IReadOnlyList<Candidate>[] ranked = [.. interests.Select(i => Ranked(index, i.Profile, excluded, limit))];
        IReadOnlyList<(Candidate Candidate, int List)> chosen = Turns.Take(ranked, [.. interests.Select(i => i.Share)], limit);
        Dictionary<long, (string Id, string File)> names = listing.Names([.. chosen.Select(c => c.Candidate.Id)]);
        var hits = new List<Hit>(chosen.Count);
        for (int i = 0; i < chosen.Count; i++)
        {
            (Candidate candidate, int interest) = chosen[i];
            if (names.TryGetValue(candidate.Id, out (string Id, string File) name))
                hits.Add(new Hit(name.Id, name.File, PictureSearch.Score(candidate.Relevance), Reasons(chosen, i, interests.Length > 1 ? interests[interest].Medoid : null, liked, disliked, names)));
        }

        return new Page<Hit>(hits, null, index.Count - excluded.Count(row => VectorOf(index, row) is not null));
    }

    /// <summary>One direction for each interest; a single interest, or nothing but dislikes, by the mean, which is steadier than one picture.</summary>
    private static IEnumerable<(float[] Profile, double Share, string? Medoid)> InterestsOf(Example[] liked, Example[] disliked)
    {
        float[][] against = [.. disliked.Select(e => e.Vector)];
        IReadOnlyList<Interest> interests = liked.Length == 0 ? [] : Interests.Of([.. liked.Select(e => e.Vector)]);
        if (interests.Count < 2)
            return [(Rocchio.Profile([.. liked.Select(e => e.Vector)], against), 1, null)];
        return interests.Select(i => (Rocchio.Profile([liked[i.Medoid].Vector], against), (double)i.Members.Count, (string?)liked[i.Medoid].Name));
    }

    private static IReadOnlyList<Candidate> Ranked(FlatIndex index, float[] profile, HashSet<long> excluded, int limit)
    {
        IReadOnlyList<Neighbour> nearest = index.Search(profile, Math.Max(FewestCandidates, limit * CandidatesPerItem), row => !excluded.Contains(row));
        List<Candidate> candidates = [.. nearest.Select(n => (n, Vector: VectorOf(index, n.Id))).Where(c => c.Vector is not null).Select(c => new Candidate(c.n.Id, c.n.Score, c.Vector!))];
        return MaximalMarginalRelevance.Rank(candidates, limit);
    }

    private static List<HitReason> Reasons(
        IReadOnlyList<(Candidate Candidate, int List)> chosen, int position, string? medoid, Example[] liked, Example[] disliked, Dictionary<long, (string Id, string File)> names)
    {
        Candidate item = chosen[position].Candidate;
        var reasons = new List<HitReason>();
        if (Nearest(item.Vector, liked) is { } like)
            reasons.Add(new HitReason("like", like.Name, PictureSearch.Score(like.Score)));
        else if (Nearest(item.Vector, disliked) is { } dislike)
            reasons.Add(new HitReason("dislike", dislike.Name, PictureSearch.Score(dislike.Score)));
        if (medoid is not null)
            reasons.Add(new HitReason("interest", medoid, PictureSearch.Score(item.Relevance)));

        // It stands before one of its own kind that fits better, because that is too much like what was taken already.
        Candidate[] before = [.. chosen.Take(position).Where(c => c.List == chosen[position].List).Select(c => c.Candidate)];
        if (before.Length > 0 && chosen.Skip(position + 1).Any(c => c.List == chosen[position].List && c.Candidate.Relevance > item.Relevance))
        {
            Candidate alike = before.MaxBy(c => TensorPrimitives.Dot(c.Vector, item.Vector))!;
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

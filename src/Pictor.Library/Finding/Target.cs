using System.Numerics.Tensors;
using Pictor.Recommendation;

namespace Pictor.Library.Finding;

/// <summary>What pictures should resemble: a picture, liked and disliked ones, or all of these as one direction.</summary>
internal sealed class Target
{
    private readonly Example? _picture;
    private readonly Example[] _liked, _disliked;

    private Target(Example? picture, Example[] liked, Example[] disliked, float[] vector)
    {
        (_picture, _liked, _disliked, Vector) = (picture, liked, disliked, vector);
        // A picture asked for by its id is not an answer to itself; the same picture given as a file is: "do I have this one?"
        Excluded = [.. liked.Concat(disliked).Where(e => e.Row is not null).Select(e => e.Row!.Value)];
    }

    /// <summary>Unit length.</summary>
    internal float[] Vector { get; }

    /// <summary>Rows that are no answer.</summary>
    internal HashSet<long> Excluded { get; }

    /// <summary>One picture from outside, which may be foreign to this library.</summary>
    internal bool IsStranger { get; private init; }

    /// <exception cref="InputException">Unknown or broken pictures, or examples that cancel each other out.</exception>
    internal static Target Of(PictureQuery query, Embedder embedder, Deployment.ActiveModel active)
    {
        Example? picture = query.Picture is { } wanted ? embedder.Of(wanted, active) : null;
        Example[] liked = [.. query.Like.Select(e => embedder.Of(e, active))], disliked = [.. query.Dislike.Select(e => embedder.Of(e, active))];
        bool alone = picture is not null && liked.Length + disliked.Length == 0;
        float[] vector = alone
            ? picture!.Vector
            : Rocchio.Profile([.. liked.Select(e => e.Vector), .. picture is null ? (float[][])[] : [picture.Vector]], [.. disliked.Select(e => e.Vector)]);
        if (!VectorSearch.FlatIndex.CanHold(vector))
            throw new InputException("like", "the liked and disliked examples cancel each other out, so no direction is left", "Leave out examples that are both liked and disliked.") { Code = "recommend.no-direction" };
        var target = new Target(picture, liked, disliked, vector) { IsStranger = alone && query.Picture!.Id is null };
        if (query.Picture?.Id is not null && picture?.Row is { } self)
            target.Excluded.Add(self);
        return target;
    }

    /// <summary>Why a picture was found: the example that it is most like, or the disliked one that it is least like.</summary>
    internal HitReason Reason(double score, ReadOnlySpan<float> vector)
    {
        if (_picture is not null)
            return new HitReason("picture", _picture.Name, PictureSearch.Score(score));
        Example[] from = _liked.Length > 0 ? _liked : _disliked;
        (Example Example, double Score) best = (from[0], double.NegativeInfinity);
        foreach (Example example in from)
        {
            double likeness = TensorPrimitives.Dot(example.Vector, vector);
            if (likeness > best.Score)
                best = (example, likeness);
        }

        return new HitReason(_liked.Length > 0 ? "like" : "dislike", best.Example.Name, PictureSearch.Score(best.Score));
    }
}

using CsCheck;

namespace Pictor.Recommendation.Tests;

public sealed class RocchioTests
{
    private static readonly Gen<float[]> Vector = Gen.Float[-1, 1].Array[6].Where(v => Norm(v) > 0.1).Select(Unit);

    [Fact]
    public void Profile_HandComputedCase_IsRight()
    {
        // 0.75 * mean((1,0), (0,1)) - 0.15 * (1,0) = (0.225, 0.375); its length is sqrt(0.19125).
        float[] profile = Rocchio.Profile([[1, 0], [0, 1]], [[1, 0]]);
        Assert.Equal(0.514496f, profile[0], 1e-5f);
        Assert.Equal(0.857493f, profile[1], 1e-5f);
    }

    [Fact]
    public void Profile_AnyExamples_EqualsTheFormula() =>
        Gen.Select(Vector.List[0, 8], Vector.List[0, 8], Gen.Double[0.1, 2], Gen.Double[0, 2]).Where((l, d, _, _) => l.Count + d.Count > 0).Sample((liked, disliked, a, b) =>
        {
            double[] sum = new double[6];
            for (int i = 0; i < 6; i++)
            {
                int place = i;
                if (liked.Count > 0) sum[i] += a * liked.Average(v => (double)v[place]);
                if (disliked.Count > 0) sum[i] -= b * disliked.Average(v => (double)v[place]);
            }

            double norm = Math.Sqrt(sum.Sum(x => x * x));
            if (norm < 1e-3) return;
            float[] profile = Rocchio.Profile(liked, disliked, new RocchioOptions { Liked = a, Disliked = b });
            Assert.Equal(1, Norm(profile), 1e-5);
            for (int i = 0; i < 6; i++) Assert.Equal(sum[i] / norm, profile[i], 1e-5);
        });

    [Fact]
    public void Profile_OnlyDisliked_PointsAway() =>
        Vector.Sample(vector => Rocchio.Profile([], [vector]).Zip(vector).All(pair => Math.Abs(pair.First + pair.Second) < 1e-5));

    [Fact]
    public void Profile_OneLiked_IsThatExample() =>
        Vector.Sample(vector => Rocchio.Profile([vector], []).Zip(vector).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5));

    [Fact]
    public void Profile_ManyDisliked_WeighAsMuchAsOne()
    {
        // Means, not sums: a hundred dislikes of one kind must not drown a single like.
        float[] one = Rocchio.Profile([[1, 0]], [[0, 1]]), hundred = Rocchio.Profile([[1, 0]], [.. Enumerable.Repeat(new float[] { 0, 1 }, 100)]);
        Assert.Equal(one[0], hundred[0], 1e-6f);
        Assert.Equal(one[1], hundred[1], 1e-6f);
    }

    [Fact]
    public void Profile_ExamplesThatCancelOut_HasNoDirection()
    {
        Assert.Equal([0, 0], Rocchio.Profile([[0.6f, 0.8f], [-0.6f, -0.8f]], []));
        Assert.Equal([0, 0], Rocchio.Profile([], [[1, 0]], new RocchioOptions { Disliked = 0 }));
    }

    [Fact]
    public void Profile_BadInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Rocchio.Profile([], []));
        Assert.Throws<ArgumentException>(() => Rocchio.Profile([[1, 0]], [[1, 0, 0]]));
        Assert.Throws<ArgumentException>(() => Rocchio.Profile([[]], []));
        Assert.Throws<ArgumentException>(() => Rocchio.Profile([[float.NaN, 1]], []));
        Assert.Throws<ArgumentException>(() => Rocchio.Profile([[1, 0]], [[float.PositiveInfinity, 1]]));
        Assert.Throws<ArgumentException>(() => Rocchio.Profile([[1, 0]], [], new RocchioOptions { Liked = -1 }));
        Assert.Throws<ArgumentException>(() => Rocchio.Profile([[1, 0]], [], new RocchioOptions { Disliked = double.NaN }));
    }

    [Fact]
    public void Explain_AnyLiked_NamesTheMostAlike() =>
        Gen.Select(Vector, Vector.List[1, 10]).Sample((candidate, liked) =>
        {
            RocchioReason reason = Rocchio.Explain(candidate, liked)!.Value;
            double[] similarities = [.. liked.Select(v => v.Zip(candidate, (x, y) => (double)x * y).Sum())];
            Assert.Equal(similarities[reason.Index], reason.Similarity, 1e-5);
            Assert.Equal(similarities.Max(), reason.Similarity, 1e-5);
        });

    [Fact]
    public void Explain_EqualOnes_NamesTheFirst() => Assert.Equal(new RocchioReason(1, 1), Rocchio.Explain([1, 0], [[0, 1], [1, 0], [1, 0]]));

    [Fact]
    public void Explain_NothingLiked_IsNull() => Assert.Null(Rocchio.Explain([1, 0], []));

    [Fact]
    public void Explain_WrongLength_IsRefused() => Assert.Throws<ArgumentException>(() => Rocchio.Explain([1, 0], [[1, 0, 0]]));

    private static double Norm(float[] vector) => Math.Sqrt(vector.Sum(x => (double)x * x));

    private static float[] Unit(float[] vector) => [.. vector.Select(x => (float)(x / Norm(vector)))];
}

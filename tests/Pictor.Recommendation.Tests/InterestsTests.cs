using CsCheck;

namespace Pictor.Recommendation.Tests;

public sealed class InterestsTests
{
    [Fact]
    public void Of_ThreeKinds_AreToldApartAndEachStandsByItsMiddle()
    {
        // Around three axes, the middle one of each first turned by nothing.
        var random = new Random(1);
        float[][] liked = [.. Enumerable.Range(0, 12).Select(i => Near(random, i % 3, i < 3 ? 0 : 0.3))];

        IReadOnlyList<Interest> interests = Interests.Of(liked);

        Assert.Equal(3, interests.Count);
        Assert.Equal([0, 1, 2], interests.Select(i => i.Medoid).Order());
        Assert.All(interests, interest => Assert.Single(interest.Members.Select(m => m % 3).Distinct()));
    }

    [Fact]
    public void Of_OneKind_IsOneInterest()
    {
        var random = new Random(2);
        Assert.Single(Interests.Of([.. Enumerable.Range(0, 10).Select(_ => Near(random, 0, 0.2))]));
        Assert.Single(Interests.Of([Near(random, 0, 0)]));
    }

    [Fact]
    public void Of_AnyExamples_HoldsEachOnceAndItsMedoidIsAMember() => Gen.Select(Gen.Int[1, 30], Gen.Int[0, 1000]).Sample((count, seed) =>
    {
        var random = new Random(seed);
        IReadOnlyList<Interest> interests = Interests.Of([.. Enumerable.Range(0, count).Select(i => Near(random, random.Next(4), 0.5))]);
        Assert.InRange(interests.Count, 1, Interests.Most);
        Assert.Equal(Enumerable.Range(0, count), interests.SelectMany(i => i.Members).Order());
        Assert.All(interests, i => Assert.Contains(i.Medoid, i.Members));
        Assert.Equal(interests.OrderByDescending(i => i.Members.Count).Select(i => i.Members.Count), interests.Select(i => i.Members.Count));
    });

    [Fact]
    public void Turns_GiveEachListItsShareOfEveryBeginning()
    {
        Candidate[] a = [.. Enumerable.Range(0, 20).Select(i => new Candidate(i, 1, [1f]))], b = [.. Enumerable.Range(10, 20).Select(i => new Candidate(i, 1, [1f]))];

        IReadOnlyList<(Candidate Candidate, int List)> taken = Turns.Take([a, b], [2, 1], 15);

        Assert.Equal(15, taken.Select(t => t.Candidate.Id).Distinct().Count());
        for (int n = 3; n <= 15; n += 3)
            Assert.Equal(n / 3, taken.Take(n).Count(t => t.List == 1));
        Assert.Equal(30, Turns.Take([a, b], [2, 1], 100).Count);
    }

    private static float[] Near(Random random, int axis, double spread)
    {
        float[] v = new float[6];
        v[axis] = 1;
        for (int i = 0; i < v.Length; i++)
            v[i] += (float)(spread * (random.NextDouble() - 0.5));
        float norm = MathF.Sqrt(v.Sum(x => x * x));
        return [.. v.Select(x => x / norm)];
    }
}

using CsCheck;

namespace Pictor.Recommendation.Tests;

public sealed class MaximalMarginalRelevanceTests
{
    // Coordinates in eighths make every inner product exact in fp32, so the reference must agree to the last bit.
    private static readonly Gen<Candidate> Any = Gen.Select(Gen.Long[-20, 20], Gen.Int[0, 8], Gen.Int[-8, 8].Array[5])
        .Select((id, relevance, v) => new Candidate(id, relevance / 8.0, [.. v.Select(x => x / 8f)]));

    [Fact]
    public void Rank_HandComputedCase_PrefersTheDifferentOne()
    {
        var best = new Candidate(1, 0.9, [1, 0]);
        var copy = new Candidate(2, 0.85, [1, 0]);
        var other = new Candidate(3, 0.6, [0, 1]);

        // Second place at 0.7: copy 0.595 - 0.3 = 0.295, other 0.42 - 0 = 0.42.
        Assert.Equal([1, 3, 2], Ids([copy, other, best], 3, 0.7));
        Assert.Equal([1, 2, 3], Ids([copy, other, best], 3, 1));
        Assert.Equal([1, 3], Ids([copy, other, best], 2, 0.7));
    }

    [Fact]
    public void Rank_LambdaZero_TakesWhatIsLeastAlike()
    {
        // Nothing is taken yet, so the first are equal and the lowest id leads; then the one opposite, whose similarity is -1.
        Assert.Equal([1, 3, 2], Ids([new(3, 0, [-1, 0]), new(2, 1, [0, 1]), new(1, 0, [1, 0])], 3, 0));
    }

    [Fact]
    public void Rank_AnyCandidates_EqualsThePlainFormula() =>
        Gen.Select(Any.List[0, 25], Gen.Int[0, 30], Gen.Int[0, 8]).Where((c, _, _) => c.DistinctBy(x => x.Id).Count() == c.Count).Sample((candidates, count, eighths) =>
        {
            double lambda = eighths / 8.0;
            var taken = new List<Candidate>();
            var left = candidates.ToList();
            while (taken.Count < count && left.Count > 0)
            {
                Candidate next = left.OrderByDescending(c => (lambda * c.Relevance) - ((1 - lambda) * taken.Select(t => Dot(t.Vector, c.Vector)).DefaultIfEmpty(0).Max())).ThenBy(c => c.Id).First();
                taken.Add(next);
                left.Remove(next);
            }

            Assert.Equal(taken, MaximalMarginalRelevance.Rank(candidates, count, lambda));
        });

    [Fact]
    public void Rank_AnyOrderOfInput_GivesTheSame()
    {
        var random = new Random(4);
        Candidate[] candidates = [.. Enumerable.Range(0, 300).Select(id => new Candidate(id, random.NextDouble(), [random.NextSingle(), random.NextSingle(), random.NextSingle()]))];
        IReadOnlyList<Candidate> first = MaximalMarginalRelevance.Rank(candidates, 40);
        random.Shuffle(candidates);
        Assert.Equal(first, MaximalMarginalRelevance.Rank(candidates, 40));
    }

    [Fact]
    public void Rank_BadInput_IsRefused()
    {
        Candidate fine = new(1, 1, [1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => MaximalMarginalRelevance.Rank([fine], 1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MaximalMarginalRelevance.Rank([fine], 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => MaximalMarginalRelevance.Rank([fine], -1));
        Assert.Throws<ArgumentException>(() => MaximalMarginalRelevance.Rank([fine, new(2, 1, [1])], 1));
        Assert.Throws<ArgumentException>(() => MaximalMarginalRelevance.Rank([new(2, double.NaN, [1])], 1));
        Assert.Throws<ArgumentException>(() => MaximalMarginalRelevance.Rank([fine, new(2, 1, [float.NaN, 0])], 1));
        Assert.Empty(MaximalMarginalRelevance.Rank([], 5));
    }

    private static IEnumerable<long> Ids(IReadOnlyList<Candidate> candidates, int count, double lambda) =>
        MaximalMarginalRelevance.Rank(candidates, count, lambda).Select(candidate => candidate.Id);

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}

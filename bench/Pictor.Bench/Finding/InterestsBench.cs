using System.Numerics.Tensors;
using Pictor.Recommendation;

namespace Pictor.Bench.Finding;

/// <summary>How well recommendations fit people with some number of interests.</summary>
/// <param name="Interests">Classes that each person likes.</param>
/// <param name="Way">mean | medoids.</param>
/// <param name="Precision">Share of the first 20 that are of a liked class.</param>
/// <param name="Coverage">Share of the liked classes that are among the first 20.</param>
/// <param name="Found">How many interests were told apart, on average.</param>
internal sealed record InterestsRow(int Interests, string Way, double Precision, double Coverage, double Found);

/// <summary>
/// interests --data DIR [--package FILE]: invented people like four pictures of each of one to five classes; the rest of the pictures is recommended from, once by the mean of what they like
/// and once by interests, as the library does it.
/// </summary>
internal static class InterestsBench
{
    private const int People = 200, LikesOfEach = 4, Shown = 20;

    public static async Task<IReadOnlyList<InterestsRow>> RunAsync(Flags flags, TextWriter output)
    {
        (string package, string path) = LabelledReadings.Named(flags);
        LabelledReadings data = await LabelledReadings.OfAsync(package, path);
        int[] classes = [.. data.Classes.Distinct().Order()];
        ILookup<int, int> pictures = Enumerable.Range(0, data.Classes.Length).ToLookup(i => data.Classes[i]);
        var rows = new List<InterestsRow>();
        output.WriteLine($"{data.Classes.Length} pictures of {classes.Length} classes; {People} people, {LikesOfEach} liked pictures of each interest, the first {Shown}\ninterests  way       precision  coverage  told apart");
        for (int interests = 1; interests <= 5; interests++)
        {
            double[] precision = new double[2], coverage = new double[2];
            double found = 0;
            for (int person = 0; person < People; person++)
            {
                var random = new Random((interests * 10_000) + person);
                int[] wanted = [.. random.GetItems(classes, classes.Length).Distinct().Take(interests)];
                int[] liked = [.. wanted.SelectMany(c => random.GetItems([.. pictures[c]], 50).Distinct().Take(LikesOfEach))];
                random.Shuffle(liked);
                float[][] vectors = [.. liked.Select(i => data.Embeddings[i])];
                IReadOnlyList<Interest> kinds = Recommendation.Interests.Of(vectors);
                found += kinds.Count;
                int[][] shown = [ByMean(), ByInterests()];
                for (int way = 0; way < 2; way++)
                {
                    precision[way] += shown[way].Count(i => wanted.Contains(data.Classes[i])) / (double)Shown;
                    coverage[way] += wanted.Count(c => shown[way].Any(i => data.Classes[i] == c)) / (double)wanted.Length;
                }

                int[] ByMean() => [.. Ranked(Rocchio.Profile(vectors, [])).Select(c => (int)c.Id)];

                int[] ByInterests() => kinds.Count < 2
                    ? ByMean()
                    : [.. Turns.Take([.. kinds.Select(k => Ranked(vectors[k.Medoid]))], [.. kinds.Select(k => (double)k.Members.Count)], Shown).Select(c => (int)c.Candidate.Id)];

                IReadOnlyList<Candidate> Ranked(float[] profile) => MaximalMarginalRelevance.Rank(
                    [.. Enumerable.Range(0, data.Embeddings.Length).Where(i => !liked.Contains(i)).Select(i => new Candidate(i, TensorPrimitives.Dot(profile, data.Embeddings[i]), data.Embeddings[i]))
                        .OrderByDescending(c => c.Relevance).Take(4 * Shown)], Shown);
            }

            foreach ((int way, string name) in (ReadOnlySpan<(int, string)>)[(0, "mean"), (1, "medoids")])
            {
                rows.Add(new InterestsRow(interests, name, precision[way] / People, coverage[way] / People, found / People));
                output.WriteLine($"{interests,9}  {name,-8}  {precision[way] / People,9:0.000}  {coverage[way] / People,8:0.000}  {found / People,10:0.0}");
            }
        }

        return rows;
    }
}

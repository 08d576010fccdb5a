using CsCheck;

namespace Pictor.Metrics.Tests;

public sealed class RetrievalFiguresTests
{
    [Fact]
    public void Of_ByHand()
    {
        // Along an arc: a at 0, b at 10, a at 20, a at 90 degrees; c alone at 200.
        double[] degrees = [0, 10, 20, 90, 200];
        float[] vectors = [.. degrees.SelectMany(d => new[] { (float)Math.Cos(d * Math.PI / 180), (float)Math.Sin(d * Math.PI / 180) })];
        RetrievalFigures figures = RetrievalFigures.Of(vectors, 2, [0, 1, 0, 0, 2], depth: 2);

        // Each looks at its nearest two, of which two could be relevant. 0: b, a: (1/2) / 2. 20: b, a: (1/2) / 2. 90: a, b: (1/1) / 2. b and c have no other of their class.
        Assert.Equal((0.25 + 0.25 + 0.5) / 3, figures.MeanAveragePrecision, 1e-12);
        Assert.Equal(1.0 / 3, figures.FirstRight, 1e-12);
    }

    [Fact]
    public void Of_AnyVectors_EqualsTheDefinition() =>
        (from n in Gen.Int[3, 30] from length in Gen.Int[1, 21] from values in Gen.Int[-3, 3].Select(v => (float)v).Array[n * length] from classes in Gen.Int[0, 3].Array[n] select (n, length, values, classes))
            .Where(g => g.classes.GroupBy(c => c).Any(c => c.Count() > 1))
            .Sample(g =>
            {
                const int Depth = 4;
                double sum = 0;
                int queries = 0;
                for (int q = 0; q < g.n; q++)
                {
                    int same = g.classes.Count(c => c == g.classes[q]) - 1;
                    if (same == 0)
                        continue;
                    queries++;
                    bool[] hits = [.. Enumerable.Range(0, g.n).Where(i => i != q)
                        .OrderByDescending(i => Enumerable.Range(0, g.length).Sum(k => (double)g.values[(q * g.length) + k] * g.values[(i * g.length) + k])).Take(Depth).Select(i => g.classes[i] == g.classes[q])];
                    sum += Enumerable.Range(0, hits.Length).Where(r => hits[r]).Sum(r => (double)hits.Take(r + 1).Count(h => h) / (r + 1)) / Math.Min(Depth, same);
                }

                Assert.Equal(sum / queries, RetrievalFigures.Of(g.values, g.length, g.classes, Depth).MeanAveragePrecision, 1e-9);
            }, iter: 200);
}

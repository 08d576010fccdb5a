using System.Numerics.Tensors;
using Pictor.Library.Finding;

namespace Pictor.Bench.Finding;

/// <summary>How well words and likeness order together, for one share of likeness.</summary>
/// <param name="Likeness">The share, 0..1.</param>
/// <param name="Fitted">Mean average precision over the half of the classes that the share is chosen on.</param>
/// <param name="HeldOut">Over the other half.</param>
internal sealed record FusionRow(double Likeness, double Fitted, double HeldOut);

/// <summary>How well a cut parts the right from the wrong, over all classes.</summary>
internal sealed record CutRow(string Cut, double Precision, double Recall, double F1);

/// <summary>What was measured.</summary>
internal sealed record FusionReport(int Pictures, int Classes, IReadOnlyList<FusionRow> Shares, IReadOnlyList<CutRow> Cuts);

/// <summary>
/// fusion --data DIR [--package FILE]: for each class the word for it and a picture of it together; of the others those of the class are right. The share of likeness is chosen on the classes
/// with even numbers and judged on those with odd ones.
/// </summary>
internal static class FusionBench
{
    private const int PicturesOfEach = 5, Sampled = 256;

    public static async Task<FusionReport> RunAsync(Flags flags, TextWriter output)
    {
        (string package, string path) = LabelledReadings.Named(flags);
        LabelledReadings data = await LabelledReadings.OfAsync(package, path);
        ILookup<int, int> pictures = Enumerable.Range(0, data.Classes.Length).ToLookup(i => data.Classes[i]);
        double[] shares = [.. Enumerable.Range(0, 11).Select(i => i / 10.0)];
        double[,] sums = new double[shares.Length, 2];
        int[] counts = new int[2];
        var random = new Random(1);
        int[] sample = random.GetItems([.. Enumerable.Range(0, data.Classes.Length)], Sampled);
        foreach (IGrouping<int, int> group in pictures)
        {
            foreach (int query in group.Take(PicturesOfEach))
            {
                double mean = sample.Average(i => TensorPrimitives.Dot(data.Embeddings[query], data.Embeddings[i]));
                (double Word, double Likeness, bool Right)[] others =
                [
                    .. Enumerable.Range(0, data.Classes.Length).Where(i => i != query && data.Probabilities[i][group.Key] >= 0.02).Select(i => (
                        (double)data.Probabilities[i][group.Key], Math.Clamp((TensorPrimitives.Dot(data.Embeddings[query], data.Embeddings[i]) - mean) / (1 - mean), 0, 1), data.Classes[i] == group.Key)),
                ];
                counts[group.Key % 2]++;
                for (int s = 0; s < shares.Length; s++)
                    sums[s, group.Key % 2] += AveragePrecision(others.Select(o => (((1 - shares[s]) * o.Word) + (shares[s] * o.Likeness), o.Right)), group.Count() - 1);
            }
        }

        FusionRow[] rows = [.. shares.Select((share, s) => new FusionRow(share, sums[s, 0] / counts[0], sums[s, 1] / counts[1]))];
        output.WriteLine($"{data.Classes.Length} pictures of {pictures.Count} classes, {PicturesOfEach} questions of each\nlikeness  mAP on the half it is chosen on  mAP on the other half");
        foreach (FusionRow row in rows)
            output.WriteLine($"{row.Likeness,8:0.0}  {row.Fitted,31:0.0000}  {row.HeldOut,21:0.0000}{(row == rows.MaxBy(r => r.Fitted) ? "  <- chosen" : "")}");
        CutRow[] cuts = [Cut("0.35 always", _ => 0.35), Cut("0.5 always", _ => 0.5), Cut("per query", c => ConceptCut.Of([.. data.Probabilities.Where(p => p[c] >= ConceptCut.Weakest).Select((p, i) => ((long)i, (double)p[c]))]))];
        foreach (CutRow cut in cuts)
            output.WriteLine($"cut {cut.Cut,-12} precision {cut.Precision:0.000}  recall {cut.Recall:0.000}  F1 {cut.F1:0.000}");
        return new FusionReport(data.Classes.Length, pictures.Count, rows, cuts);

        CutRow Cut(string name, Func<int, double> of)
        {
            double precision = 0, recall = 0, f1 = 0;
            foreach (IGrouping<int, int> group in pictures)
            {
                double cut = of(group.Key);
                int[] found = [.. Enumerable.Range(0, data.Classes.Length).Where(i => data.Probabilities[i][group.Key] >= cut)];
                double right = found.Count(i => data.Classes[i] == group.Key), p = found.Length == 0 ? 1 : right / found.Length, r = right / group.Count();
                (precision, recall, f1) = (precision + p, recall + r, f1 + (p + r == 0 ? 0 : 2 * p * r / (p + r)));
            }

            return new CutRow(name, precision / pictures.Count, recall / pictures.Count, f1 / pictures.Count);
        }
    }

    private static double AveragePrecision(IEnumerable<(double Score, bool Right)> all, int relevant)
    {
        int rank = 0, right = 0;
        double sum = 0;
        foreach ((_, bool isRight) in all.OrderByDescending(a => a.Score))
        {
            rank++;
            if (isRight)
                sum += ++right / (double)rank;
        }

        return sum / Math.Max(1, relevant);
    }
}

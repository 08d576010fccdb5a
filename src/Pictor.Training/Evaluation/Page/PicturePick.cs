using Pictor.Metrics;

namespace Pictor.Training.Evaluation.Page;

/// <summary>A judged sample that the page can show.</summary>
/// <param name="Position">In the table of predictions.</param>
/// <param name="Confidence">Of the answer, 0..1.</param>
/// <param name="WithPicture">Chosen to be embedded.</param>
internal sealed record PickedSample(int Position, double Confidence, bool WithPicture);

/// <summary>
/// Which samples the page holds: every figure must lead to pictures, and the file must stay small. Wrong ones come first, some of each confusion
/// before many of one; then the least certain right ones, overall, of each range of confidence and of each class.
/// </summary>
internal static class PicturePick
{
    private const int MostRows = 3000;
    private const int MostWrongPictures = 480;
    private const int MostPictures = 700;
    private const int LeastCertain = 36;
    private const int OfEachBin = 6;
    private const int OfEachClass = 2;

    public static IReadOnlyList<PickedSample> From(PredictionTable table)
    {
        var confidence = new double[table.Samples];
        var wrong = new List<int>();
        var right = new List<int>();
        for (int i = 0; i < table.Samples; i++)
        {
            confidence[i] = ProbabilityFigures.Confidence(table, i);
            (table.Answers[i] == table.Truth[i] ? right : wrong).Add(i);
        }

        int[] wrongInTurn = [.. InTurn(wrong, table, confidence)];
        right.Sort((a, b) => confidence[a] != confidence[b] ? confidence[a].CompareTo(confidence[b]) : a.CompareTo(b));
        List<int> rightOnes = FewOfEach(right, table, confidence);
        int wrongPictures = Math.Min(wrongInTurn.Length, MostWrongPictures);
        int rightPictures = Math.Min(rightOnes.Count, MostPictures - wrongPictures);
        return
        [
            .. wrongInTurn.Take(MostRows).Select((i, rank) => new PickedSample(i, confidence[i], rank < wrongPictures)),
            .. rightOnes.Select((i, rank) => new PickedSample(i, confidence[i], rank < rightPictures)),
        ];
    }

    /// <summary>The surest of each confusion, then the second surest of each, and so on; the most frequent confusions first in every round.</summary>
    private static IEnumerable<int> InTurn(List<int> wrong, PredictionTable table, double[] confidence)
    {
        int[][] groups =
        [
            .. wrong.GroupBy(i => (table.Truth[i], table.Answers[i])).OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
                .Select(g => g.OrderByDescending(i => confidence[i]).ThenBy(i => i).ToArray()),
        ];
        for (int round = 0, left = wrong.Count; left > 0; round++)
        {
            foreach (int[] group in groups.Where(group => group.Length > round))
            {
                left--;
                yield return group[round];
            }
        }
    }

    private static List<int> FewOfEach(List<int> leastCertainFirst, PredictionTable table, double[] confidence)
    {
        var picked = new List<int>();
        var ofBin = new int[ProbabilityFigures.Bins];
        var ofClass = new int[table.Classes];
        foreach (int i in leastCertainFirst)
        {
            int bin = ProbabilityFigures.BinOf(confidence[i]), label = table.Truth[i];
            if (picked.Count >= LeastCertain && ofBin[bin] >= OfEachBin && ofClass[label] >= OfEachClass)
                continue;
            ofBin[bin]++;
            ofClass[label]++;
            picked.Add(i);
        }

        return picked;
    }
}

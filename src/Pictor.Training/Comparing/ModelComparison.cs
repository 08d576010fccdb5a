using Pictor.Metrics;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Comparing;

/// <summary>What two models say of one picture.</summary>
/// <param name="File">The picture; empty where unknown.</param>
/// <param name="Truth">Its class.</param>
/// <param name="First">Answer of the first.</param>
/// <param name="FirstConfidence">0..1.</param>
/// <param name="Second">Answer of the second.</param>
/// <param name="SecondConfidence">0..1.</param>
internal sealed record Verdict(string File, string Truth, string First, double FirstConfidence, string Second, double SecondConfidence);

/// <summary>Two models on the same pictures.</summary>
/// <param name="First">Name of the first.</param>
/// <param name="Second">Name of the second.</param>
/// <param name="Test">Whether they differ.</param>
/// <param name="OnlyFirst">Pictures that the first alone names rightly, the surest first.</param>
/// <param name="OnlySecond">Pictures that the second alone names rightly, the surest first.</param>
/// <param name="LeftOut">Pictures of the first that the second has no answer for.</param>
internal sealed record ModelComparison(string First, string Second, McNemar Test, IReadOnlyList<Verdict> OnlyFirst, IReadOnlyList<Verdict> OnlySecond, int LeftOut)
{
    /// <summary>Something to know before believing it; null: nothing.</summary>
    public string? Note { get; init; }

    public double FirstAccuracy => (double)(Test.BothRight + Test.OnlyFirst) / Test.Samples;

    public double SecondAccuracy => (double)(Test.BothRight + Test.OnlySecond) / Test.Samples;

    /// <summary>The outcome in a sentence.</summary>
    public string Sentence()
    {
        string p = Test.PValue < 0.001 ? "p < 0.001" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p = {Test.PValue:0.000}");
        if (Test.PValue > 0.05)
            return $"The difference may be chance ({p}).";
        return $"{(Test.Difference < 0 ? First : Second)} is better, and that is more than chance ({p}).";
    }

    /// <summary>Pairs the pictures by file, or by row where neither side names files.</summary>
    /// <exception cref="InputException">No picture is in both, or their labels contradict each other.</exception>
    public static ModelComparison Of(string firstName, Judgement first, string secondName, Judgement second)
    {
        int[] pairs = VerdictPairs.Of(first, secondName, second);
        bool[] a = new bool[pairs.Count(p => p >= 0)], b = new bool[a.Length];
        var onlyFirst = new List<(double Sure, Verdict Verdict)>();
        var onlySecond = new List<(double Sure, Verdict Verdict)>();
        int at = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            int other = pairs[i];
            if (other < 0)
                continue;
            a[at] = first.Table.Answers[i] == first.Table.Truth[i];
            b[at] = second.Table.Answers[other] == second.Table.Truth[other];
            if (a[at] != b[at])
            {
                double sureA = ProbabilityFigures.Confidence(first.Table, i), sureB = ProbabilityFigures.Confidence(second.Table, other);
                var verdict = new Verdict(
                    first.Files[i], first.Names[first.Table.Truth[i]], first.Names[first.Table.Answers[i]], sureA, second.Names[second.Table.Answers[other]], sureB);
                (a[at] ? onlyFirst : onlySecond).Add((a[at] ? sureB : sureA, verdict));
            }

            at++;
        }

        return new ModelComparison(firstName, secondName, McNemar.Of(a, b), Surest(onlyFirst), Surest(onlySecond), pairs.Length - a.Length);
    }

    // By how sure the wrong one was: there the other's merit is greatest.
    private static IReadOnlyList<Verdict> Surest(List<(double Sure, Verdict Verdict)> verdicts) => [.. verdicts.OrderByDescending(v => v.Sure).Select(v => v.Verdict)];
}

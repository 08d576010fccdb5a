namespace Pictor.Metrics;

/// <summary>What a classifier said about samples whose class is known: a score for each class, higher is likelier. All figures are computed from here.</summary>
public sealed class PredictionTable
{
    private readonly int[] _truth;
    private readonly double[] _scores;

    /// <summary>Takes the arrays over without a copy.</summary>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="truth">[samples], 0..classes - 1.</param>
    /// <param name="scores">[samples, classes], finite and not negative.</param>
    /// <exception cref="ArgumentException">Lengths that do not match, a class out of range, a score that is negative or not finite.</exception>
    public PredictionTable(int classes, int[] truth, double[] scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (scores.LongLength != (long)truth.Length * classes)
            throw new ArgumentException($"{truth.Length} samples of {classes} classes need {(long)truth.Length * classes} scores, not {scores.LongLength}.", nameof(scores));
        foreach (int label in truth)
        {
            if ((uint)label >= (uint)classes)
                throw new ArgumentException($"Class {label} is not among 0..{classes - 1}.", nameof(truth));
        }

        foreach (double score in scores)
        {
            if (!(score >= 0 && double.IsFinite(score)))
                throw new ArgumentException($"A score is {score}; scores are finite and not negative.", nameof(scores));
        }

        (Classes, _truth, _scores) = (classes, truth, scores);
        Predicted = new int[truth.Length];
        for (int i = 0; i < Predicted.Length; i++)
            Predicted[i] = IndexOfMax(Scores(i));
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of samples.</summary>
    public int Samples => _truth.Length;

    /// <summary>The true class of each sample.</summary>
    public ReadOnlySpan<int> Truth => _truth;

    /// <summary>The class with the highest score; of equal scores the one with the lowest index.</summary>
    public ReadOnlySpan<int> Answers => Predicted;

    internal int[] Predicted { get; }

    /// <summary>The scores of one sample, [classes].</summary>
    public ReadOnlySpan<double> Scores(int sample) => _scores.AsSpan(sample * Classes, Classes);

    private static int IndexOfMax(ReadOnlySpan<double> scores)
    {
        int best = 0;
        for (int k = 1; k < scores.Length; k++)
        {
            if (scores[k] > scores[best])
                best = k;
        }

        return best;
    }
}

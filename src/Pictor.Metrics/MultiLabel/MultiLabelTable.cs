namespace Pictor.Metrics;

/// <summary>What a model said of samples of which each may be of several classes: every class is a question of its own.</summary>
public sealed class MultiLabelTable
{
    private readonly bool[] _truth;
    private readonly double[] _scores;

    /// <summary>Takes the arrays over without a copy.</summary>
    /// <param name="classes">1 or more.</param>
    /// <param name="truth">[samples, classes].</param>
    /// <param name="scores">[samples, classes]: probabilities, 0..1.</param>
    /// <exception cref="ArgumentException">Lengths that do not match, or a score outside 0..1.</exception>
    public MultiLabelTable(int classes, bool[] truth, double[] scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (truth.Length != scores.Length || truth.Length % classes != 0)
            throw new ArgumentException($"{truth.Length} truths and {scores.Length} scores are no whole number of samples of {classes} classes.", nameof(scores));
        foreach (double score in scores)
        {
            if (!(score is >= 0 and <= 1))
                throw new ArgumentException($"A score is {score}; probabilities lie within 0..1.", nameof(scores));
        }

        (Classes, _truth, _scores) = (classes, truth, scores);
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of samples.</summary>
    public int Samples => _truth.Length / Classes;

    /// <summary>Which classes a sample has: [classes].</summary>
    public ReadOnlySpan<bool> Truth(int sample) => _truth.AsSpan(sample * Classes, Classes);

    /// <summary>The probabilities of a sample: [classes].</summary>
    public ReadOnlySpan<double> Scores(int sample) => _scores.AsSpan(sample * Classes, Classes);

    /// <summary>The samples in order of their score for one class.</summary>
    public RankedScores Ranked(int label)
    {
        var scores = new double[Samples];
        var positive = new byte[scores.Length];
        for (int i = 0; i < scores.Length; i++)
            (scores[i], positive[i]) = (Scores(i)[label], Truth(i)[label] ? (byte)1 : (byte)0);
        return RankedScores.Of(scores, positive);
    }

    internal RankedScores RankedPairs() => RankedScores.Of([.. _scores], [.. _truth.Select(t => t ? (byte)1 : (byte)0)]);

    internal (double[] Scores, double[] Truth) Pairs() => (_scores, [.. _truth.Select(t => t ? 1.0 : 0.0)]);
}

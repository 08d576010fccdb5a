namespace Pictor.Metrics;

/// <summary>
/// What is gained by leaving uncertain pictures to a person (selective prediction; El-Yaniv and Wiener 2010): at each threshold of confidence the share of pictures that is
/// answered, and the share of those answers that is right.
/// </summary>
public static class SelectivePrediction
{
    /// <summary>What happens when only answers of at least this confidence count.</summary>
    public static SelectivePoint At(PredictionTable table, double threshold)
    {
        int answered = 0, right = 0;
        for (int i = 0; i < table.Samples; i++)
        {
            if (ProbabilityFigures.Confidence(table, i) < threshold)
                continue;
            answered++;
            right += table.Answers[i] == table.Truth[i] ? 1 : 0;
        }

        return new SelectivePoint(threshold, answered, right, table.Samples);
    }

    /// <summary>The curve at thresholds 0, 1/steps, ... 1.</summary>
    /// <param name="table">The predictions.</param>
    /// <param name="steps">1 or more.</param>
    public static IReadOnlyList<SelectivePoint> Curve(PredictionTable table, int steps = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        (double[] sure, bool[] right) = SurestFirst(table);
        var curve = new SelectivePoint[steps + 1];
        for (int step = steps, answered = 0, hits = 0; step >= 0; step--)
        {
            double threshold = (double)step / steps;
            for (; answered < sure.Length && sure[answered] >= threshold; answered++)
                hits += right[answered] ? 1 : 0;
            curve[step] = new SelectivePoint(threshold, answered, hits, table.Samples);
        }

        return curve;
    }

    /// <summary>The point that answers most pictures while the wanted share of answers is right; null when no threshold reaches it.</summary>
    public static SelectivePoint? ForAccuracy(PredictionTable table, double accuracy)
    {
        (double[] sure, bool[] right) = SurestFirst(table);
        SelectivePoint? best = null;
        for (int i = 0, hits = 0; i < sure.Length; i++)
        {
            hits += right[i] ? 1 : 0;
            bool whole = i + 1 == sure.Length || sure[i + 1] < sure[i];
            if (whole && (double)hits / (i + 1) >= accuracy)
                best = new SelectivePoint(sure[i], i + 1, hits, table.Samples);
        }

        return best;
    }

    /// <summary>Area under the curve of risk (share of wrong answers) over coverage (Geifman and El-Yaniv 2017): 0..1, smaller is better. Equal confidences count as one step.</summary>
    public static double AreaUnderRisk(PredictionTable table)
    {
        (double[] sure, bool[] right) = SurestFirst(table);
        double area = 0;
        for (int i = 0, hits = 0, group = 0; i < sure.Length; i++)
        {
            hits += right[i] ? 1 : 0;
            group++;
            if (i + 1 < sure.Length && sure[i + 1] == sure[i])
                continue;
            area += group * (1 - ((double)hits / (i + 1)));
            group = 0;
        }

        return area / table.Samples;
    }

    private static (double[] Sure, bool[] Right) SurestFirst(PredictionTable table)
    {
        var keys = new double[table.Samples];
        var right = new bool[table.Samples];
        for (int i = 0; i < keys.Length; i++)
            (keys[i], right[i]) = (-ProbabilityFigures.Confidence(table, i), table.Answers[i] == table.Truth[i]);
        Array.Sort(keys, right);
        for (int i = 0; i < keys.Length; i++)
            keys[i] = -keys[i];
        return (keys, right);
    }
}

/// <summary>A point of the curve.</summary>
/// <param name="Threshold">Confidence from which on an answer counts.</param>
/// <param name="Answered">Pictures answered.</param>
/// <param name="Right">Of these, answered rightly.</param>
/// <param name="Samples">Pictures in all.</param>
public readonly record struct SelectivePoint(double Threshold, int Answered, int Right, int Samples)
{
    /// <summary>Share of pictures answered.</summary>
    public double Coverage => (double)Answered / Samples;

    /// <summary>Share of right ones among the answers; NaN without any.</summary>
    public double Accuracy => (double)Right / Answered;
}

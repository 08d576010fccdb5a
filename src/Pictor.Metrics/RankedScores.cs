namespace Pictor.Metrics;

/// <summary>
/// Samples in order of their score for one question ("is it this class?"), grouped where scores are equal: walking down the groups gives every
/// threshold's true and false positives, from which follow both curves and both areas. Equal scores are one step, never an order of their own.
/// </summary>
public sealed class RankedScores
{
    private readonly double[] _thresholds;
    private readonly int[] _truePositives;
    private readonly int[] _falsePositives;

    private RankedScores(double[] thresholds, int[] truePositives, int[] falsePositives) =>
        (_thresholds, _truePositives, _falsePositives) = (thresholds, truePositives, falsePositives);

    /// <summary>Samples of the class.</summary>
    public int Positives => _truePositives.Length == 0 ? 0 : _truePositives[^1];

    /// <summary>Samples of any other class.</summary>
    public int Negatives => _falsePositives.Length == 0 ? 0 : _falsePositives[^1];

    /// <summary>
    /// Area under the ROC curve by the trapezoid rule: the chance that a sample of the class scores above one of another, ties counting half
    /// (scikit-learn's roc_auc_score). NaN when the class or its counterpart has no sample.
    /// </summary>
    public double Auc
    {
        get
        {
            // Twice the area in whole steps: integers stay exact.
            long area = 0;
            int lastTrue = 0, lastFalse = 0;
            for (int i = 0; i < _thresholds.Length; i++)
            {
                area += (long)(_falsePositives[i] - lastFalse) * (_truePositives[i] + lastTrue);
                (lastTrue, lastFalse) = (_truePositives[i], _falsePositives[i]);
            }

            return Positives == 0 || Negatives == 0 ? double.NaN : area / 2.0 / ((double)Positives * Negatives);
        }
    }

    /// <summary>Sum of precision times gain in recall over the thresholds, without interpolation (scikit-learn's average_precision_score). NaN when the class has no sample.</summary>
    public double AveragePrecision
    {
        get
        {
            double sum = 0;
            int last = 0;
            for (int i = 0; i < _thresholds.Length; i++)
            {
                sum += (double)(_truePositives[i] - last) / Positives * _truePositives[i] / (_truePositives[i] + _falsePositives[i]);
                last = _truePositives[i];
            }

            return Positives == 0 ? double.NaN : sum;
        }
    }

    /// <summary>Ranks samples by their scores.</summary>
    /// <param name="scores">Not NaN; sorted in place.</param>
    /// <param name="positive">1 for samples of the class, else 0; the same length; reordered with the scores.</param>
    public static RankedScores Of(double[] scores, byte[] positive)
    {
        Array.Sort(scores, positive);
        var thresholds = new List<double>();
        var truePositives = new List<int>();
        var falsePositives = new List<int>();
        int hits = 0, misses = 0;
        for (int i = scores.Length - 1; i >= 0; i--)
        {
            hits += positive[i];
            misses += 1 - positive[i];
            if (i > 0 && scores[i - 1] == scores[i])
                continue;
            thresholds.Add(scores[i]);
            truePositives.Add(hits);
            falsePositives.Add(misses);
        }

        return new RankedScores([.. thresholds], [.. truePositives], [.. falsePositives]);
    }

    /// <summary>One class against all others.</summary>
    public static RankedScores OfClass(PredictionTable table, int label)
    {
        var scores = new double[table.Samples];
        var positive = new byte[table.Samples];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = table.Scores(i)[label];
            positive[i] = table.Truth[i] == label ? (byte)1 : (byte)0;
        }

        return Of(scores, positive);
    }

    /// <summary>Every pair of sample and class as one question: "is this sample of this class?" (scikit-learn's micro average).</summary>
    public static RankedScores OfAllPairs(PredictionTable table)
    {
        var scores = new double[table.Samples * table.Classes];
        var positive = new byte[scores.Length];
        for (int i = 0; i < table.Samples; i++)
        {
            table.Scores(i).CopyTo(scores.AsSpan(i * table.Classes));
            positive[(i * table.Classes) + table.Truth[i]] = 1;
        }

        return Of(scores, positive);
    }

    /// <summary>Every threshold from the highest score down: how many samples are at or above it, and how many of them are of the class.</summary>
    internal IEnumerable<(double Threshold, int Hits, int Answers)> Steps()
    {
        for (int i = 0; i < _thresholds.Length; i++)
            yield return (_thresholds[i], _truePositives[i], _truePositives[i] + _falsePositives[i]);
    }

    /// <summary>The ROC curve from (0, 0) to (1, 1): a point for each distinct score. Empty when <see cref="Auc"/> is undefined.</summary>
    public IReadOnlyList<RocPoint> Roc()
    {
        if (Positives == 0 || Negatives == 0)
            return [];
        var points = new RocPoint[_thresholds.Length + 1];
        points[0] = new RocPoint(0, 0, double.PositiveInfinity);
        for (int i = 0; i < _thresholds.Length; i++)
            points[i + 1] = new RocPoint((double)_falsePositives[i] / Negatives, (double)_truePositives[i] / Positives, _thresholds[i]);
        return points;
    }

    /// <summary>The precision-recall curve from the highest score down: a point for each distinct score, after (recall 0, precision 1). Empty when the class has no sample.</summary>
    public IReadOnlyList<PrecisionRecallPoint> PrecisionRecall()
    {
        if (Positives == 0)
            return [];
        var points = new PrecisionRecallPoint[_thresholds.Length + 1];
        points[0] = new PrecisionRecallPoint(0, 1, double.PositiveInfinity);
        for (int i = 0; i < _thresholds.Length; i++)
        {
            points[i + 1] = new PrecisionRecallPoint(
                (double)_truePositives[i] / Positives, (double)_truePositives[i] / (_truePositives[i] + _falsePositives[i]), _thresholds[i]);
        }

        return points;
    }
}

/// <summary>A point of a ROC curve.</summary>
/// <param name="FalsePositiveRate">Share of the other samples at or above the threshold.</param>
/// <param name="TruePositiveRate">Share of the class's samples at or above the threshold.</param>
/// <param name="Threshold">The score.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate, double Threshold);

/// <summary>A point of a precision-recall curve.</summary>
/// <param name="Recall">Share of the class's samples at or above the threshold.</param>
/// <param name="Precision">Share of the class among what is at or above the threshold.</param>
/// <param name="Threshold">The score.</param>
public readonly record struct PrecisionRecallPoint(double Recall, double Precision, double Threshold);

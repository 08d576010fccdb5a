namespace Pictor.Metrics;

/// <summary>
/// All figures of a classifier on labelled samples. They are scikit-learn's, to 1e-12, with all classes as its <c>labels</c>: a class without
/// samples counts 0 in macro precision, recall and F1, and is left out of macro AUC and average precision, where it is undefined.
/// </summary>
public sealed class ClassificationFigures
{
    private ClassificationFigures() { }

    /// <summary>Samples judged.</summary>
    public required int Samples { get; init; }

    /// <summary>Samples answered rightly.</summary>
    public required int Right { get; init; }

    /// <summary>Share of right answers.</summary>
    public required double Accuracy { get; init; }

    /// <summary>95 % interval of <see cref="Accuracy"/>.</summary>
    public required ConfidenceInterval AccuracyInterval { get; init; }

    /// <summary>Share of samples whose class is among the five with the highest scores; null under 6 classes, where it says nothing.</summary>
    public required double? Top5 { get; init; }

    /// <summary>Plain mean over classes.</summary>
    public required AverageFigures Macro { get; init; }

    /// <summary>Mean over classes weighted by support.</summary>
    public required AverageFigures Weighted { get; init; }

    /// <summary>From the sums of all classes; with one answer a sample all three equal the accuracy.</summary>
    public required AverageFigures Micro { get; init; }

    /// <summary>By class.</summary>
    public required IReadOnlyList<ClassFigures> Classes { get; init; }

    /// <summary>Who was taken for whom.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Mean AUC over the classes where it is defined; NaN when nowhere.</summary>
    public required double MacroAuc { get; init; }

    /// <summary>AUC over all pairs of sample and class; NaN with a single class.</summary>
    public required double MicroAuc { get; init; }

    /// <summary>Mean average precision over the classes that have samples.</summary>
    public required double MacroAveragePrecision { get; init; }

    /// <summary>See <see cref="ProbabilityFigures.LogLoss"/>.</summary>
    public required double LogLoss { get; init; }

    /// <summary>By range of confidence.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>See <see cref="ProbabilityFigures.CalibrationError"/>.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>Computes everything.</summary>
    /// <exception cref="ArgumentException">The table has no sample.</exception>
    public static ClassificationFigures Of(PredictionTable table)
    {
        if (table.Samples == 0)
            throw new ArgumentException("There is no sample to judge.", nameof(table));
        var confusion = ConfusionMatrix.Of(table);
        var classes = new ClassFigures[table.Classes];
        Parallel.For(0, classes.Length, k => classes[k] = OfClass(table, confusion, k));

        int right = 0;
        for (int k = 0; k < table.Classes; k++)
            right += confusion[k, k];
        double accuracy = (double)right / table.Samples;
        IReadOnlyList<ReliabilityBin> reliability = ProbabilityFigures.Reliability(table);
        return new ClassificationFigures
        {
            Samples = table.Samples,
            Right = right,
            Accuracy = accuracy,
            AccuracyInterval = ConfidenceInterval.Wilson(right, table.Samples),
            Top5 = table.Classes < 6 ? null : TopK(table, 5),
            Macro = Average(classes, _ => 1.0 / classes.Length),
            Weighted = Average(classes, c => (double)c.Support / table.Samples),
            Micro = new AverageFigures(accuracy, accuracy, accuracy),
            Classes = classes,
            Confusion = confusion,
            MacroAuc = MeanOfDefined(classes.Select(c => c.Auc)),
            MicroAuc = RankedScores.OfAllPairs(table).Auc,
            MacroAveragePrecision = MeanOfDefined(classes.Select(c => c.AveragePrecision)),
            LogLoss = ProbabilityFigures.LogLoss(table),
            Reliability = reliability,
            CalibrationError = ProbabilityFigures.CalibrationError(reliability),
        };
    }

    /// <summary>Share of samples whose class is among the <paramref name="k"/> with the highest scores; of equal scores the lower index ranks first.</summary>
    public static double TopK(PredictionTable table, int k)
    {
        int hits = 0;
        for (int i = 0; i < table.Samples; i++)
        {
            ReadOnlySpan<double> scores = table.Scores(i);
            int truth = table.Truth[i], ahead = 0;
            for (int other = 0; other < scores.Length; other++)
            {
                if (scores[other] > scores[truth] || (scores[other] == scores[truth] && other < truth))
                    ahead++;
            }

            if (ahead < k)
                hits++;
        }

        return (double)hits / table.Samples;
    }

    private static ClassFigures OfClass(PredictionTable table, ConfusionMatrix confusion, int k)
    {
        int hits = confusion[k, k], support = confusion.Support(k), answered = confusion.Answered(k);
        var ranked = RankedScores.OfClass(table, k);
        return new ClassFigures(Share(hits, answered), Share(hits, support), Share(2 * hits, support + answered), support, ranked.Auc, ranked.AveragePrecision);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static AverageFigures Average(ClassFigures[] classes, Func<ClassFigures, double> weight) => new(
        classes.Sum(c => weight(c) * c.Precision), classes.Sum(c => weight(c) * c.Recall), classes.Sum(c => weight(c) * c.F1));

    private static double MeanOfDefined(IEnumerable<double> values)
    {
        double[] defined = [.. values.Where(double.IsFinite)];
        return defined.Length == 0 ? double.NaN : defined.Average();
    }
}

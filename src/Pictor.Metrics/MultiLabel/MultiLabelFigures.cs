namespace Pictor.Metrics;

/// <summary>All figures of a model that names any number of classes; scikit-learn's, to 1e-12, with zero_division=0.</summary>
public sealed class MultiLabelFigures
{
    private const double Epsilon = 2.220446049250313e-16;

    private MultiLabelFigures() { }

    /// <summary>Samples judged.</summary>
    public required int Samples { get; init; }

    /// <summary>By class, at its threshold.</summary>
    public required IReadOnlyList<ClassFigures> Classes { get; init; }

    /// <summary>Plain mean over classes.</summary>
    public required AverageFigures Macro { get; init; }

    /// <summary>Mean over classes weighted by support.</summary>
    public required AverageFigures Weighted { get; init; }

    /// <summary>From the sums over all classes.</summary>
    public required AverageFigures Micro { get; init; }

    /// <summary>Mean average precision (mAP) over the classes that have samples; NaN when none has.</summary>
    public required double MacroAveragePrecision { get; init; }

    /// <summary>Mean AUC over the classes where it is defined.</summary>
    public required double MacroAuc { get; init; }

    /// <summary>AUC over all pairs of sample and class.</summary>
    public required double MicroAuc { get; init; }

    /// <summary>Samples whose classes were all named, and no other.</summary>
    public required int Exact { get; init; }

    /// <summary>Share of them.</summary>
    public double ExactMatch => (double)Exact / Samples;

    /// <summary>Share of wrong decisions among all pairs of sample and class.</summary>
    public required double HammingLoss { get; init; }

    /// <summary>Mean binary cross-entropy over all pairs, in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Mean squared distance over all pairs, 0..1.</summary>
    public required double Brier { get; init; }

    /// <summary>All pairs by probability: how probable on average, and how often true.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Computes everything.</summary>
    /// <param name="table">At least one sample.</param>
    /// <param name="thresholds">[classes]: a class is named at this probability or above.</param>
    /// <exception cref="ArgumentException">No sample, or not one threshold for each class.</exception>
    public static MultiLabelFigures Of(MultiLabelTable table, IReadOnlyList<double> thresholds)
    {
        if (table.Samples == 0)
            throw new ArgumentException("There is no sample to judge.", nameof(table));
        if (thresholds.Count != table.Classes)
            throw new ArgumentException($"{thresholds.Count} thresholds are given for {table.Classes} classes.", nameof(thresholds));
        var counts = DecisionCounts.Of(table, thresholds);
        var ranked = new RankedScores[table.Classes];
        Parallel.For(0, table.Classes, k => ranked[k] = table.Ranked(k));
        ClassFigures[] classes = [.. ranked.Select((r, k) => OfCounts(counts.Hits[k], counts.Support[k], counts.Answered[k], r))];
        (double[] scores, double[] truth) = table.Pairs();
        double total = Math.Max(1, counts.Support.Sum());
        return new MultiLabelFigures
        {
            Samples = table.Samples,
            Classes = classes,
            Macro = Average(classes, _ => 1.0 / classes.Length),
            Weighted = Average(classes, c => c.Support / total),
            Micro = Micros(counts),
            MacroAveragePrecision = Mean(classes.Select(c => c.AveragePrecision)),
            MacroAuc = Mean(classes.Select(c => c.Auc)),
            MicroAuc = table.RankedPairs().Auc,
            Exact = counts.Exact,
            HammingLoss = (double)counts.Wrong / scores.Length,
            LogLoss = scores.Zip(truth, (p, t) => -Math.Log(Math.Clamp(t > 0 ? p : 1 - p, Epsilon, 1 - Epsilon))).Average(),
            Brier = scores.Zip(truth, (p, t) => (p - t) * (p - t)).Average(),
            Reliability = ReliabilityBins.EqualWidth(scores, truth, ProbabilityFigures.Bins),
        };
    }

    /// <summary>95 % intervals of micro F1, macro F1 and exact match, by <see cref="Bootstrap"/>.</summary>
    public static (ConfidenceInterval MicroF1, ConfidenceInterval MacroF1, ConfidenceInterval ExactMatch) Intervals(MultiLabelTable table, IReadOnlyList<double> thresholds, int seed = 1)
    {
        IReadOnlyList<ConfidenceInterval> found = Bootstrap.Intervals(table.Samples, 3, (counts, figures) =>
        {
            var sums = DecisionCounts.Of(table, thresholds, counts);
            double f1 = 0;
            for (int k = 0; k < table.Classes; k++)
                f1 += Share(2L * sums.Hits[k], sums.Support[k] + sums.Answered[k]);
            (figures[0], figures[1], figures[2]) = (Micros(sums).F1, f1 / table.Classes, (double)sums.Exact / table.Samples);
        }, seed, resamples: (int)Math.Clamp(400_000_000L / Math.Max(1, (long)table.Samples * table.Classes), 100, Bootstrap.Resamples));
        return (found[0], found[1], found[2]);
    }

    private static ClassFigures OfCounts(int hits, int support, int answered, RankedScores ranked) => new(
        Share(hits, answered), Share(hits, support), Share(2L * hits, support + answered), support, ranked.Auc, ranked.AveragePrecision);

    private static AverageFigures Micros(DecisionCounts counts)
    {
        long hits = counts.Hits.Sum(h => (long)h), answered = counts.Answered.Sum(a => (long)a), support = counts.Support.Sum(s => (long)s);
        return new AverageFigures(Share(hits, answered), Share(hits, support), Share(2 * hits, answered + support));
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static AverageFigures Average(ClassFigures[] classes, Func<ClassFigures, double> weight) => new(
        classes.Sum(c => weight(c) * c.Precision), classes.Sum(c => weight(c) * c.Recall), classes.Sum(c => weight(c) * c.F1));

    private static double Mean(IEnumerable<double> values)
    {
        double[] defined = [.. values.Where(double.IsFinite)];
        return defined.Length == 0 ? double.NaN : defined.Average();
    }
}

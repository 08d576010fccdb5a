namespace Pictor.Metrics;

/// <summary>95 % intervals of the headline figures, by <see cref="Bootstrap"/>.</summary>
/// <param name="Accuracy">Of the share of right answers.</param>
/// <param name="MacroF1">Of the mean F1 of the classes.</param>
/// <param name="LogLoss">Of the log loss.</param>
/// <param name="Brier">Of the Brier score.</param>
/// <param name="CalibrationError">Of the expected calibration error.</param>
public sealed record ClassificationIntervals(
    ConfidenceInterval Accuracy, ConfidenceInterval MacroF1, ConfidenceInterval LogLoss, ConfidenceInterval Brier, ConfidenceInterval CalibrationError)
{
    /// <summary>Draws and computes.</summary>
    /// <param name="table">At least one sample.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="resamples">2 or more.</param>
    public static ClassificationIntervals Of(PredictionTable table, int seed = 1, int resamples = Bootstrap.Resamples)
    {
        var parts = new Contributions(table);
        IReadOnlyList<ConfidenceInterval> found = Bootstrap.Intervals(table.Samples, 5, parts.Compute, seed, resamples);
        return new ClassificationIntervals(found[0], found[1], found[2], found[3], found[4]);
    }

    /// <summary>What each sample adds to the sums that the figures are made of.</summary>
    private sealed class Contributions
    {
        private readonly int _classes;
        private readonly int[] _truth;
        private readonly int[] _answers;
        private readonly double[] _loss;
        private readonly double[] _brier;
        private readonly double[] _sure;
        private readonly int[] _bin;

        public Contributions(PredictionTable table)
        {
            _classes = table.Classes;
            (_truth, _answers) = (table.Truth.ToArray(), table.Answers.ToArray());
            (_loss, _brier, _sure, _bin) = (new double[table.Samples], new double[table.Samples], new double[table.Samples], new int[table.Samples]);
            var scratch = new double[table.Classes];
            for (int i = 0; i < table.Samples; i++)
            {
                _loss[i] = ProbabilityFigures.LogLossOf(table, i);
                _brier[i] = BrierScore.OfSample(table, i, scratch);
                _sure[i] = ProbabilityFigures.Confidence(table, i);
                _bin[i] = ProbabilityFigures.BinOf(_sure[i]);
            }
        }

        public void Compute(ReadOnlySpan<int> counts, Span<double> figures)
        {
            int[] hits = new int[_classes], ends = new int[_classes];
            Span<double> gaps = stackalloc double[ProbabilityFigures.Bins];
            gaps.Clear();
            double loss = 0, brier = 0;
            int right = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                int count = counts[i];
                if (count == 0)
                    continue;
                loss += count * _loss[i];
                brier += count * _brier[i];
                bool hit = _truth[i] == _answers[i];
                if (hit)
                {
                    right += count;
                    hits[_truth[i]] += count;
                }

                // Support and answers of a class enter F1 = 2 hits / (support + answers) as their sum alone.
                ends[_truth[i]] += count;
                ends[_answers[i]] += count;
                gaps[_bin[i]] += count * (_sure[i] - (hit ? 1 : 0));
            }

            double f1 = 0, gap = 0;
            for (int k = 0; k < _classes; k++)
                f1 += ends[k] == 0 ? 0 : 2.0 * hits[k] / ends[k];
            foreach (double sum in gaps)
                gap += Math.Abs(sum);
            int n = counts.Length;
            (figures[0], figures[1], figures[2], figures[3], figures[4]) = ((double)right / n, f1 / _classes, loss / n, brier / n, gap / n);
        }
    }
}

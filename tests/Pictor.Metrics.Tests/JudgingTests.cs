using CsCheck;

namespace Pictor.Metrics.Tests;

/// <summary>What must hold of any predictions.</summary>
public sealed class JudgingTests
{
    private static readonly Gen<PredictionTable> Tables =
        from classes in Gen.Int[2, 6]
        from samples in Gen.Int[1, 60]
        from truth in Gen.Int[0, classes - 1].Array[samples]
        from scores in Gen.Int[1, 30].Select(v => v / 8.0).Array[samples * classes]
        select new PredictionTable(classes, truth, scores);

    private static readonly double[] Factors = [0.9, 0.999, 1.001, 1.1];

    // Labels drawn by the probabilities themselves.
    private static PredictionTable Calibrated(int samples, double temperature, int classes = 4)
    {
        var random = new Random(7);
        var truth = new int[samples];
        var scores = new double[samples * classes];
        for (int i = 0; i < samples; i++)
        {
            double[] logits = [.. Enumerable.Range(0, classes).Select(_ => 2.5 * (random.NextDouble() + random.NextDouble() - 1))];
            double[] odds = [.. logits.Select(Math.Exp)];
            double draw = random.NextDouble() * odds.Sum();
            for (truth[i] = 0; truth[i] < classes - 1 && draw >= odds[truth[i]]; truth[i]++)
                draw -= odds[truth[i]];
            double[] shown = [.. logits.Select(z => Math.Exp(z / temperature))];
            for (int k = 0; k < classes; k++)
                scores[(i * classes) + k] = shown[k] / shown.Sum();
        }

        return new PredictionTable(classes, truth, scores);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.4)]
    [InlineData(3)]
    public void Temperature_ProbabilitiesScaledByT_IsFoundAgain(double temperature)
    {
        double found = TemperatureScaling.Fit(Calibrated(30_000, temperature));
        Assert.Equal(1 / temperature, found, 0.03 / temperature);
    }

    [Fact]
    public void Temperature_ScaledTable_IsOneAfterwards() => Tables.Sample(table =>
    {
        double found = TemperatureScaling.Fit(table);
        if (found is <= TemperatureScaling.Lowest or >= TemperatureScaling.Highest)
            return true;
        PredictionTable scaled = TemperatureScaling.Apply(table, found);
        return Math.Abs(TemperatureScaling.Fit(scaled) - 1) < 1e-6 && ProbabilityFigures.LogLoss(scaled) <= ProbabilityFigures.LogLoss(table) + 1e-9
            && scaled.Answers.SequenceEqual(table.Answers);
    });

    [Fact]
    public void Temperature_AnyTable_IsNoWorseThanItsNeighbours() => Tables.Sample(table =>
    {
        double[] logits = [.. Enumerable.Range(0, table.Samples).SelectMany(i => table.Scores(i).ToArray())];
        int[] labels = table.Truth.ToArray();
        double found = TemperatureScaling.Fit(logits, table.Classes, labels), loss = TemperatureScaling.LogLoss(logits, table.Classes, labels, found);
        return found == 1 || Factors.All(f =>
            found * f is < TemperatureScaling.Lowest or > TemperatureScaling.Highest || TemperatureScaling.LogLoss(logits, table.Classes, labels, found * f) >= loss - 1e-12);
    });

    [Fact]
    public void Temperature_OddLogits_StayInRange()
    {
        Assert.Equal(1, TemperatureScaling.Fit([5f, 1, 0, 9], 2, [0, 1]));
        Assert.Equal(TemperatureScaling.Highest, TemperatureScaling.Fit([5f, 1, 0, 9], 2, [1, 0]));
        Assert.InRange(TemperatureScaling.Fit([float.NaN, 1, float.PositiveInfinity, 0, 1, 2], 2, [0, 1, 0]), TemperatureScaling.Lowest, TemperatureScaling.Highest);
        Assert.Equal(1, TemperatureScaling.Fit(Array.Empty<double>(), 3, []));
        Assert.Throws<ArgumentException>(() => TemperatureScaling.Fit([1f, 2], 2, [2]));
    }

    [Fact]
    public void Thresholds_FittedTable_ReachThePrecisionAtTheLowestScore()
    {
        Gen.Select(Tables, Gen.Double[0.05, 1], Gen.Bool).Sample((table, wanted, certain) =>
        {
            IReadOnlyList<ClassThreshold?> found = Thresholds.ForPrecision(table, wanted, certain);
            for (int k = 0; k < table.Classes; k++)
            {
                (double Score, bool Hit)[] rows = [.. Enumerable.Range(0, table.Samples).Select(i => (table.Scores(i)[k], table.Truth[i] == k))];
                bool Reaches(double t)
                {
                    int answers = rows.Count(r => r.Score >= t), hits = rows.Count(r => r.Score >= t && r.Hit);
                    return hits > 0 && (certain ? ConfidenceInterval.Wilson(hits, answers, 1.6448536269514722).Low : (double)hits / answers) >= wanted;
                }

                double[] good = [.. rows.Select(r => r.Score).Where(Reaches)];
                if (good.Length == 0 != found[k] is null || (found[k] is { } t && (t.Threshold != good.Min() || t.PrecisionLow > t.Precision)))
                    return false;
            }

            return true;
        });
    }

    [Fact]
    public void Thresholds_ThreeRightPictures_AreNotEnoughForCertainty()
    {
        var table = new PredictionTable(2, [0, 0, 0, 1], [0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.1, 0.9]);
        Assert.Equal(0.9, Thresholds.ForPrecision(table, 0.9)[0]!.Threshold);
        Assert.Equal((0.95, 0), (Thresholds.ForPrecision(table, 0.9, floor: 0.95)[0]!.Threshold, Thresholds.ForPrecision(table, 0.9, floor: 0.95)[0]!.Answers));
        Assert.All(Thresholds.ForPrecision(table, 0.9, certain: true), Assert.Null);
        Assert.Throws<ArgumentOutOfRangeException>(() => Thresholds.ForPrecision(table, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Thresholds.ForPrecision(table, double.NaN));
    }

    [Fact]
    public void Selective_AnyTable_CurveIsWhatEachThresholdGives() => Tables.Sample(table =>
    {
        IReadOnlyList<SelectivePoint> curve = SelectivePrediction.Curve(table, 20);
        return curve.All(p => p == SelectivePrediction.At(table, p.Threshold)) && curve[0].Coverage == 1
            && Enumerable.Range(1, 20).All(i => curve[i].Answered <= curve[i - 1].Answered)
            && SelectivePrediction.AreaUnderRisk(table) is >= 0 and <= 1
            && (SelectivePrediction.ForAccuracy(table, 0.7) is not { } best || (best.Accuracy >= 0.7 && SelectivePrediction.At(table, best.Threshold) == best));
    });

    [Fact]
    public void Intervals_AnyTable_HoldTheFigures() => Tables.Sample(table =>
    {
        var figures = ClassificationFigures.Of(table);
        var intervals = ClassificationIntervals.Of(table, resamples: 50);
        return Holds(intervals.Accuracy, figures.Accuracy) && Holds(intervals.MacroF1, figures.Macro.F1) && Holds(intervals.LogLoss, figures.LogLoss)
            && Holds(intervals.Brier, BrierScore.Of(table)) && Holds(intervals.CalibrationError, figures.CalibrationError);
        static bool Holds(ConfidenceInterval interval, double value) => interval.Low <= value + 1e-12 && value <= interval.High + 1e-12;
    }, iter: 50);

    [Fact]
    public void Intervals_Accuracy_IsNearWilsons()
    {
        PredictionTable table = Calibrated(2000, 1);
        ConfidenceInterval drawn = ClassificationIntervals.Of(table).Accuracy, formula = ClassificationFigures.Of(table).AccuracyInterval;
        Assert.Equal(formula.Low, drawn.Low, 0.004);
        Assert.Equal(formula.High, drawn.High, 0.004);
    }

    [Fact]
    public void Intervals_EqualSeed_AreEqualBitForBit()
    {
        PredictionTable table = Calibrated(300, 1);
        Assert.Equal(ClassificationIntervals.Of(table, seed: 3), ClassificationIntervals.Of(table, seed: 3));
        Assert.NotEqual(ClassificationIntervals.Of(table, seed: 3), ClassificationIntervals.Of(table, seed: 4));
    }

    [Fact]
    public void Bootstrap_EachDraw_CountsEverySampleOnce()
    {
        IReadOnlyList<ConfidenceInterval> found = Bootstrap.Intervals(40, 2, (counts, figures) =>
        {
            int sum = 0;
            foreach (int count in counts)
                sum += count;
            (figures[0], figures[1]) = (sum, double.NaN);
        });
        Assert.Equal(new ConfidenceInterval(40, 40), found[0]);
        Assert.True(double.IsNaN(found[1].Low));
    }

    [Fact]
    public void McNemar_Swapped_IsTheSame() => Gen.Select(Gen.Bool.Array[200], Gen.Bool.Array[200]).Sample((a, b) =>
    {
        McNemar one = McNemar.Of(a, b), other = McNemar.Of(b, a);
        return one.PValue == other.PValue && one.Difference == -other.Difference && one.Samples == 200 && one.PValue is > 0 and <= 1
            && one.DifferenceInterval.Low <= one.Difference && one.Difference <= one.DifferenceInterval.High;
    });

    [Fact]
    public void McNemar_NoDifference_IsCertain() => Assert.Equal((1.0, 0.0), (new McNemar(10, 0, 0, 2).PValue, new McNemar(10, 0, 0, 2).Difference));

    [Fact]
    public void MultiLabel_OneClassEach_AgreesWithTheTableOfOne() => Tables.Sample(table =>
    {
        bool[] truth = [.. Enumerable.Range(0, table.Samples).SelectMany(i => Enumerable.Range(0, table.Classes).Select(k => table.Truth[i] == k))];
        double[] scores = [.. Enumerable.Range(0, table.Samples).SelectMany(i => table.Scores(i).ToArray().Select(s => s / 4))];
        var figures = MultiLabelFigures.Of(new MultiLabelTable(table.Classes, truth, scores), [.. Enumerable.Repeat(0.5, table.Classes)]);
        var single = ClassificationFigures.Of(table);
        return figures.MacroAveragePrecision == single.MacroAveragePrecision && figures.MicroAuc.Equals(single.MicroAuc)
            && figures.Classes.Zip(single.Classes, (a, b) => a.Auc.Equals(b.Auc) && a.Support == b.Support).All(same => same) && figures.ExactMatch <= 1 - figures.HammingLoss + 1e-12;
    });

    [Fact]
    public void Regression_Intervals_HoldTheFigures()
    {
        var random = new Random(3);
        double[] truth = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble() * 10)], predicted = [.. truth.Select(t => t + random.NextDouble() - 0.5)];
        var figures = RegressionFigures.Of(truth, predicted);
        (ConfidenceInterval mae, ConfidenceInterval rmse, ConfidenceInterval r2) = RegressionFigures.Intervals(truth, predicted);
        Assert.InRange(figures.MeanAbsoluteError, mae.Low, mae.High);
        Assert.InRange(figures.RootMeanSquaredError, rmse.Low, rmse.High);
        Assert.InRange(figures.R2, r2.Low, r2.High);
        Assert.True(mae.High - mae.Low < 0.1);
    }
}

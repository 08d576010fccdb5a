using CsCheck;

namespace Pictor.Metrics.Tests;

/// <summary>Against definitions spelled out, slowly.</summary>
public sealed class FigureTests
{
    // Few levels of score, so that ties are the rule; classes may be absent.
    private static readonly Gen<PredictionTable> Tables =
        from classes in Gen.Int[1, 9]
        from samples in Gen.Int[1, 40]
        from levels in Gen.Int[0, 2].Select(i => i == 0 ? 2 : i == 1 ? 5 : 1000)
        from truth in Gen.Int[0, classes - 1].Array[samples]
        from scores in Gen.Int[0, levels - 1].Select(v => v / 8.0).Array[samples * classes]
        select new PredictionTable(classes, truth, scores);

    private static bool Same(double expected, double actual) =>
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= 1e-12;

    [Fact]
    public void Auc_AnyTable_IsTheShareOfPairsInTheRightOrder() => Tables.Sample(table =>
    {
        for (int k = 0; k < table.Classes; k++)
        {
            double right = 0, pairs = 0;
            for (int i = 0; i < table.Samples; i++)
            {
                for (int j = 0; j < table.Samples && table.Truth[i] == k; j++)
                {
                    if (table.Truth[j] == k)
                        continue;
                    pairs++;
                    right += table.Scores(i)[k] > table.Scores(j)[k] ? 1 : table.Scores(i)[k] == table.Scores(j)[k] ? 0.5 : 0;
                }
            }

            if (!Same(right / pairs, RankedScores.OfClass(table, k).Auc))
                return false;
        }

        return true;
    });

    [Fact]
    public void AveragePrecision_AnyTable_IsTheSumOverThresholds() => Tables.Sample(table =>
    {
        for (int k = 0; k < table.Classes; k++)
        {
            (double Score, bool Hit)[] rows = [.. Enumerable.Range(0, table.Samples).Select(i => (table.Scores(i)[k], table.Truth[i] == k))];
            double positives = rows.Count(r => r.Hit), lastRecall = 0, sum = positives == 0 ? double.NaN : 0;
            foreach (double threshold in rows.Select(r => r.Score).Distinct().OrderDescending())
            {
                double hits = rows.Count(r => r.Score >= threshold && r.Hit), answers = rows.Count(r => r.Score >= threshold);
                sum += ((hits / positives) - lastRecall) * hits / answers;
                lastRecall = hits / positives;
            }

            if (!Same(sum, RankedScores.OfClass(table, k).AveragePrecision))
                return false;
        }

        return true;
    });

    [Fact]
    public void Roc_AnyTable_EnclosesTheAuc() => Tables.Sample(table =>
    {
        var ranked = RankedScores.OfAllPairs(table);
        IReadOnlyList<RocPoint> roc = ranked.Roc();
        double area = roc.Count == 0 ? double.NaN : 0;
        for (int i = 1; i < roc.Count; i++)
            area += (roc[i].FalsePositiveRate - roc[i - 1].FalsePositiveRate) * (roc[i].TruePositiveRate + roc[i - 1].TruePositiveRate) / 2;
        return Same(area, ranked.Auc) && (roc.Count == 0 || roc[^1] is { FalsePositiveRate: 1, TruePositiveRate: 1 });
    });

    [Fact]
    public void Of_AnyTable_MicroEqualsAccuracyAndFiguresStayInRange() => Tables.Sample(table =>
    {
        var figures = ClassificationFigures.Of(table);
        double right = 0;
        for (int i = 0; i < table.Samples; i++)
            right += table.Scores(i).IndexOf(table.Scores(i).ToArray().Max()) == table.Truth[i] ? 1 : 0;
        return Same(right / table.Samples, figures.Accuracy) && figures.Micro.F1 == figures.Accuracy && Same(figures.Weighted.Recall, figures.Accuracy)
            && figures.AccuracyInterval.Low <= figures.Accuracy && figures.Accuracy <= figures.AccuracyInterval.High
            && figures.CalibrationError is >= 0 and <= 1 && figures.LogLoss >= 0 && (figures.Top5 is null) == (table.Classes < 6)
            && figures.Reliability.Sum(b => b.Count) == table.Samples;
    });

    [Fact]
    public void Answers_EqualScores_TakeTheLowestIndex()
    {
        var table = new PredictionTable(3, [0, 1], [0.2, 0.4, 0.4, 0, 0, 0]);
        Assert.Equal([1, 0], table.Answers.ToArray());
    }

    [Fact]
    public void TopK_EqualScores_RankTheLowerIndexFirst()
    {
        var table = new PredictionTable(3, [0, 1, 2], [1, 1, 1, 1, 1, 1, 1, 1, 1]);
        Assert.Equal(1.0 / 3, ClassificationFigures.TopK(table, 1));
        Assert.Equal(2.0 / 3, ClassificationFigures.TopK(table, 2));
    }

    [Fact]
    public void LogLoss_Percent_IsJudgedAsSharesOfTheirSum()
    {
        var percent = new PredictionTable(2, [0, 1], [70, 30, 10, 70]);
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.875)) / 2, ProbabilityFigures.LogLoss(percent), 1e-12);
    }

    // R: binom::binom.wilson(x, n), also statsmodels proportion_confint(method="wilson").
    [Theory]
    [InlineData(0, 10, 0, 0.2775327998628892)]
    [InlineData(10, 10, 0.7224672001371107, 1)]
    [InlineData(5, 10, 0.2365930905125640, 0.7634069094874360)]
    [InlineData(9900, 10000, 0.9878530177448853, 0.9917706638518516)]
    public void Wilson_KnownCounts_GiveThePublishedBounds(int successes, int trials, double low, double high)
    {
        var interval = ConfidenceInterval.Wilson(successes, trials);
        Assert.Equal(low, interval.Low, 1e-12);
        Assert.Equal(high, interval.High, 1e-12);
    }

    [Theory]
    [InlineData(0.03125, "0.0312")]
    [InlineData(0.09375, "0.0938")]
    [InlineData(0.00005, "0.0001")]
    [InlineData(0.99995, "1.0000")]
    [InlineData(1.0 / 3, "0.3333")]
    [InlineData(1, "1.0000")]
    public void Number_HalfInTheFifthDecimal_RoundsAsPython(double value, string expected) => Assert.Equal(expected, ClassificationText.Number(value));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(double.PositiveInfinity)]
    public void Table_ScoreThatIsNone_IsRefused(double score) => Assert.Throws<ArgumentException>(() => new PredictionTable(2, [0], [0.5, score]));

    [Fact]
    public void Table_ClassOutOfRange_IsRefused() => Assert.Throws<ArgumentException>(() => new PredictionTable(2, [2], [0.5, 0.5]));
}

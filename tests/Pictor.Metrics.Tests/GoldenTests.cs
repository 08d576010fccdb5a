namespace Pictor.Metrics.Tests;

/// <summary>Equal to scikit-learn to 1e-12.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Cases => ["random", "ties", "all-equal", "imbalanced", "absent", "binary", "one-class-present", "one-class", "certain", "unnormalised", "many-classes"];

    private static void Near(double? expected, double actual, string what) =>
        Assert.True(expected is { } value ? Math.Abs(value - actual) <= 1e-12 : double.IsNaN(actual), $"{what}: {actual:R}, scikit-learn {expected:R}");

    private static void Near(AverageFigures expected, AverageFigures actual, string what)
    {
        Near(expected.Precision, actual.Precision, what + " precision");
        Near(expected.Recall, actual.Recall, what + " recall");
        Near(expected.F1, actual.F1, what + " f1");
    }

    [Theory, MemberData(nameof(Cases))]
    public void Of_GoldenCase_EqualsScikitLearn(string name)
    {
        var golden = GoldenCase.Load(name);
        var figures = ClassificationFigures.Of(golden.Table());
        Near(golden.Accuracy, figures.Accuracy, "accuracy");
        Near(golden.Macro, figures.Macro, "macro");
        Near(golden.Weighted, figures.Weighted, "weighted");
        Near(golden.Micro, figures.Micro, "micro");
        for (int k = 0; k < golden.Names.Length; k++)
        {
            ClassFigures c = figures.Classes[k];
            Near(golden.Precision[k], c.Precision, $"precision of {k}");
            Near(golden.Recall[k], c.Recall, $"recall of {k}");
            Near(golden.F1[k], c.F1, $"f1 of {k}");
            Assert.Equal(golden.Support[k], c.Support);
            Near(golden.Auc[k], c.Auc, $"AUC of {k}");
            Near(golden.AveragePrecision[k], c.AveragePrecision, $"average precision of {k}");
        }

        Near(golden.MacroAuc, figures.MacroAuc, "macro AUC");
        Near(golden.MicroAuc, figures.MicroAuc, "micro AUC");
        Near(golden.MacroAveragePrecision, figures.MacroAveragePrecision, "macro average precision");
        Near(golden.LogLoss, figures.LogLoss, "log loss");
        Near(golden.CalibrationError, figures.CalibrationError, "calibration error");
        if (golden.Confusion is { } confusion)
            Assert.Equal(confusion, Enumerable.Range(0, golden.Names.Length).Select(k => figures.Confusion.Row(k).ToArray()));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Curves_GoldenCase_EqualScikitLearn(string name)
    {
        var golden = GoldenCase.Load(name);
        if (golden.Curves is not { } curves)
            return;
        var ranked = RankedScores.OfClass(golden.Table(), curves.Class);
        IReadOnlyList<RocPoint> roc = ranked.Roc();
        IReadOnlyList<PrecisionRecallPoint> precisionRecall = ranked.PrecisionRecall();
        Assert.Equal(curves.Fpr, roc.Select(p => p.FalsePositiveRate));
        Assert.Equal(curves.Tpr, roc.Select(p => p.TruePositiveRate));
        Assert.Equal(curves.Precision, precisionRecall.Select(p => p.Precision));
        Assert.Equal(curves.Recall, precisionRecall.Select(p => p.Recall));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Table_GoldenCase_IsClassificationReportCharacterForCharacter(string name)
    {
        var golden = GoldenCase.Load(name);
        if (golden.Report is not null)
            Assert.Equal(golden.Report, ClassificationText.Table(ClassificationFigures.Of(golden.Table()), golden.Names));
    }
}

using Pictor.Metrics;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>report.html where each picture has one class.</summary>
internal static class ReportPage
{
    public static string Of(Judgement judgement, IProgress<Progress>? progress)
    {
        var ranked = new RankedScores[judgement.Figures.Classes.Count];
        Parallel.For(0, ranked.Length, k => ranked[k] = RankedScores.OfClass(judgement.Table, k));
        string title = judgement.Model is { } model ? $"{model.Name}@{model.Version}" : Path.GetFileName(judgement.Source);
        string body = string.Join('\n',
        [
            PageSections.Summary(judgement), PageComparison.Html(judgement.Comparison), PageSections.Strips(judgement), PageMistakes.Html(judgement), PageSections.Confusions(judgement),
            PageSlices.Html(SliceReport.Of(judgement.Findings.Slices), "accuracy"), PageSections.ByClass(judgement), PageThresholds.Html(judgement),
            PageSections.Curves(judgement, ranked), PageTrust.Html(judgement), PageSections.Skipped(judgement.Skipped), PageSections.Facts(judgement),
        ]);
        return PageFrame.Html("Evaluation", title, $"<p class=\"lead\">{Lead(judgement)}</p>{PageNotes.Html(judgement)}{Absent(judgement)}", body, PageData.Json(judgement, ranked, progress));
    }

    private static string Lead(Judgement judgement)
    {
        ClassificationFigures f = judgement.Figures;
        string low = Percent(f.AccuracyInterval.Low, 1), high = Percent(f.AccuracyInterval.High, 1);
        string what = judgement.Thumbnail is null ? "predictions" : "pictures";
        return $"{Count(f.Right)} of {Count(f.Samples)} {what} were named rightly: <b>{Percent(f.Accuracy, 2)}</b>. " +
            $"On other pictures of the same kind, expect between {low} and {high} (95 % interval).";
    }

    private static string Absent(Judgement judgement)
    {
        int absent = judgement.Figures.Classes.Count(c => c.Support == 0);
        return absent == 0 ? ""
            : $"<p class=\"note\">{Count(absent)} of {Count(judgement.Names.Count)} classes have no picture here. They count as 0 in the mean precision, recall and F1, and are left out of AUC and average precision.</p>";
    }
}

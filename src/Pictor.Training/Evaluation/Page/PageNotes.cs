using System.Globalization;
using System.Text;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>What one must know before believing the figures: leakage, and what was left out.</summary>
internal static class PageNotes
{
    public static string Html(JudgedPictures judged)
    {
        var notes = new StringBuilder();
        if (judged.Leakage is { } leakage)
            notes.Append(CultureInfo.InvariantCulture, $"<p class=\"note {(leakage.Exact > 0 || leakage.Near is > 0 ? "bad" : "good")}\">{Safe(leakage.Sentence())}</p>");
        if (judged.Model is not null && judged.Leakage?.Known != "package")
            notes.Append("<p class=\"note\">This is not the data that the model was trained on, so whether pictures of the training are among them is not known.</p>");
        if (judged.Skipped.Count > 0)
            notes.Append(CultureInfo.InvariantCulture, $"<p class=\"note bad\">{Count(judged.Skipped.Count)} {(judged.Skipped.Count == 1 ? "file was" : "files were")} left out: <a href=\"#skipped\">which, and why</a>.</p>");
        return notes.ToString();
    }
}

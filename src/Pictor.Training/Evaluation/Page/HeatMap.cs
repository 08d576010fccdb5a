using System.Globalization;
using System.Text;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>The confusion matrix as a table of coloured cells, as long as it can be taken in at a glance.</summary>
internal static class HeatMap
{
    private const int MostClasses = 30;

    public static string Html(Judgement judgement)
    {
        int classes = judgement.Names.Count;
        if (classes > MostClasses)
            return "";
        var html = new StringBuilder("<h3>All at once <span>rows: what it is; columns: the answer; colour: share of the row</span></h3><div class=\"scroll\"><table class=\"heat\"><thead><tr><td></td>");
        foreach (string name in judgement.Names)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"><span>{Safe(name)}</span></th>");
        html.Append("</tr></thead><tbody>");
        for (int truth = 0; truth < classes; truth++)
        {
            int support = judgement.Figures.Confusion.Support(truth);
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Safe(judgement.Names[truth])}</th>");
            for (int answer = 0; answer < classes; answer++)
                Cell(html, judgement, truth, answer, support);
            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static void Cell(StringBuilder html, Judgement judgement, int truth, int answer, int support)
    {
        int count = judgement.Figures.Confusion[truth, answer];
        if (count == 0)
        {
            html.Append("<td></td>");
            return;
        }

        // The root lifts small shares: one wrong in a hundred must be seen.
        double share = Math.Sqrt((double)count / support);
        string kind = truth == answer ? "right" : "wrong";
        html.Append(CultureInfo.InvariantCulture,
            $"<td><button type=\"button\" class=\"{kind}{(share > 0.6 ? " full" : "")}\" style=\"--v:{Math.Round(share, 3).ToString(CultureInfo.InvariantCulture)}\" data-show=\"pair:{truth}:{answer}\" title=\"{Safe(judgement.Names[truth])} answered as {Safe(judgement.Names[answer])}: {count} of {support}\">{count}</button></td>");
    }
}

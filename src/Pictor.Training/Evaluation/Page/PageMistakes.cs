using System.Globalization;
using System.Text;
using Pictor.Metrics;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>The surest mistakes with what their answers rest on.</summary>
internal static class PageMistakes
{
    public static string Html(Judgement judgement)
    {
        if (judgement.Mistakes.Count == 0)
            return "";
        var html = new StringBuilder("<section><h2>What it looked at when it was wrong</h2><p>A grey patch was slid over each picture. Yellow to red: covering this place took most from the wrong answer, so the answer rests on it. Blue: this place spoke against the answer. 'pictor explain' draws a finer map of any picture.</p><div class=\"cards maps\">");
        foreach (ExplainedMistake mistake in judgement.Mistakes)
        {
            string truth = judgement.Names[judgement.Table.Truth[mistake.Position]], answer = judgement.Names[judgement.Table.Answers[mistake.Position]];
            string file = judgement.Files[mistake.Position];
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"card\"><div class=\"pair\">{(judgement.Thumbnail?.Invoke(mistake.Position) is { } plain ? $"<img alt=\"{Safe(truth)}\" src=\"{plain}\">" : "")}<img alt=\"what the answer rests on\" src=\"{mistake.Map}\"></div>")
                .Append(CultureInfo.InvariantCulture, $"<div class=\"is\">{Safe(truth)}</div><div class=\"says wrong\">taken for {Safe(answer)}</div><div>{Percent(ProbabilityFigures.Confidence(judgement.Table, mistake.Position), 0)} sure</div><div class=\"file\" title=\"{Safe(file)}\">{Safe(Path.GetFileName(file))}</div></div>");
        }

        return html.Append("</div></section>").ToString();
    }
}

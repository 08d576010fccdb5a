using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pictor.Metrics;
using Pictor.Training.Drawing;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>
/// report.html: one file that opens anywhere, offline, in light and dark. Its policy forbids every network access and every script but its own, known by its hash,
/// so that names of classes and files can do no harm.
/// </summary>
internal static class ReportPage
{
    public static string Of(Judgement judgement, IProgress<Progress>? progress)
    {
        string script = Resource("report.js"), style = Resource("report.css");
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        ClassificationFigures figures = judgement.Figures;
        var ranked = new RankedScores[figures.Classes.Count];
        Parallel.For(0, ranked.Length, k => ranked[k] = RankedScores.OfClass(judgement.Table, k));
        string data = PageData.Json(judgement, ranked, progress);
        string title = judgement.Model is { } model ? $"{model.Name}@{model.Version}" : Path.GetFileName(judgement.Source);

        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Safe(title)}: evaluation</title>
            <style>:root{"{"}{ChartStyle.Light}{"}"}@media(prefers-color-scheme:dark){"{"}:root{"{"}{ChartStyle.Dark}{"}}"}
            {ChartStyle.Embedded}
            {style}</style>
            </head>
            <body>
            <main>
            <header><p class="kind">Evaluation</p><h1>{Safe(title)}</h1><p class="lead">{Lead(judgement)}</p>{Notes(judgement)}</header>
            {PageSections.Summary(figures)}
            {PageSections.Strips(judgement)}
            {PageSections.Confusions(judgement)}
            {PageSections.ByClass(judgement)}
            {PageSections.Curves(judgement, ranked)}
            {PageSections.Trust(judgement)}
            {PageSections.Skipped(judgement.Skipped)}
            {PageSections.Facts(judgement)}
            </main>
            <dialog id="view"><div class="bar-top"><h2 id="view-title"></h2><button type="button" id="view-close" aria-label="Close">✕</button></div><p id="view-note"></p><div class="cards" id="view-cards"></div><ul class="files" id="view-rest"></ul></dialog>
            <script type="application/json" id="data">{data}</script>
            <script>{script}</script>
            </body>
            </html>

            """;
    }

    private static string Lead(Judgement judgement)
    {
        ClassificationFigures f = judgement.Figures;
        string low = Percent(f.AccuracyInterval.Low, 1), high = Percent(f.AccuracyInterval.High, 1);
        string what = judgement.Thumbnail is null ? "predictions" : "pictures";
        return $"{Count(f.Right)} of {Count(f.Samples)} {what} were named rightly: <b>{Percent(f.Accuracy, 2)}</b>. " +
            $"On other pictures of the same kind, expect between {low} and {high} (95 % interval).";
    }

    private static string Notes(Judgement judgement)
    {
        var notes = new StringBuilder();
        if (judgement.Leaked is { } leaked)
        {
            notes.Append(leaked == 0
                ? "<p class=\"note good\">None of the judged pictures is byte-equal to a training picture.</p>"
                : $"<p class=\"note bad\">{Count(leaked)} of the judged pictures {(leaked == 1 ? "is" : "are")} byte-equal to training pictures. The figures are better than they would be on new pictures.</p>");
        }
        else if (judgement.Model is not null)
        {
            notes.Append("<p class=\"note\">This is not the data that the model was trained on, so whether pictures of the training are among them is not known.</p>");
        }

        if (judgement.Skipped.Count > 0)
            notes.Append(CultureInfo.InvariantCulture, $"<p class=\"note bad\">{Count(judgement.Skipped.Count)} {(judgement.Skipped.Count == 1 ? "file was" : "files were")} left out: <a href=\"#skipped\">which, and why</a>.</p>");
        int absent = judgement.Figures.Classes.Count(c => c.Support == 0);
        if (absent > 0)
            notes.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Count(absent)} of {Count(judgement.Names.Count)} classes have no picture here. They count as 0 in the mean precision, recall and F1, and are left out of AUC and average precision.</p>");
        return notes.ToString();
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}

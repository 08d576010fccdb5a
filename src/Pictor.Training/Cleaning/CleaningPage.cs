using System.Globalization;
using System.Text;
using Pictor.Datasets;
using Pictor.Datasets.Cleaning;
using Pictor.Training.Drawing;
using Pictor.Training.Evaluation;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Cleaning;

/// <summary>report.html of a cleaning: what was found, by kind, the worst first, with pictures. One file without script that opens anywhere, offline, in light and dark.</summary>
internal static class CleaningPage
{
    private const int SinglesShown = 60;
    private const int LabelErrorsShown = 240;
    private const int SetsShown = 40;
    private const int ShownOfSet = 12;

    // About 4 MB of pictures, whatever they are.
    private const long MostPictureCharacters = 5_000_000;

    public static string Of(Dataset data, CleaningReport report, IReadOnlyList<CleaningIssue> issues, IProgress<Progress>? progress)
    {
        Dictionary<int, string?> pictures = Pictures(data, issues, progress);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(data.Path));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Safe(name)}: cleaning</title>
            <style>:root{"{"}{ChartStyle.Light}{"}"}@media(prefers-color-scheme:dark){"{"}:root{"{"}{ChartStyle.Dark}{"}}"}
            {Resource("report.css")}
            {Resource("cleaning.css")}</style>
            </head>
            <body>
            <main>
            <header><p class="kind">Cleaning</p><h1>{Safe(name)}</h1><p class="lead">{Lead(report)}</p>{Notes(report)}</header>
            {Tiles(report)}
            {string.Concat(issues.GroupBy(i => i.Problem).OrderBy(g => g.Key).Select(g => Section(data, g.Key, [.. g], pictures)))}
            {Facts(report)}
            </main>
            </body>
            </html>

            """;
    }

    private static string Lead(CleaningReport report)
    {
        CleanedData c = report.Cleaned;
        if (report.Counts.Count == 0)
            return $"Nothing was found in {Count(report.Samples)} pictures.";
        string relabelled = c.Relabelled == 0 ? "" : $", {Count(c.Relabelled)} of them with another label";
        return $"Of {Count(report.Samples)} pictures <b>{Count(c.Kept)} {(c.Manifest is null ? "would stay" : "stay")}</b>{relabelled}; {Count(c.Dropped)} {(c.Manifest is null ? "would be" : "are")} left out. No file is ever changed or deleted.";
    }

    private static string Notes(CleaningReport report)
    {
        var notes = new StringBuilder();
        if (report.Leakage is { } leakage)
            notes.Append(CultureInfo.InvariantCulture, $"<p class=\"note {(leakage.StartsWith("No ", StringComparison.Ordinal) ? "good" : "bad")}\">{Safe(leakage)}</p>");
        notes.Append(report.LabelErrors is { } source
            ? $"<p class=\"note\">Labels were judged by {Safe(source.Source)}.</p>"
            : "<p class=\"note\">Labels were not judged. Train once, then say --run RUN_DIR; or say --cross-validate.</p>");
        if (report.Cleaned.Manifest is { } manifest)
            notes.Append(CultureInfo.InvariantCulture, $"<p class=\"note good\">The cleaned data set is written: <code>{Safe(manifest)}</code></p>");
        return notes.ToString();
    }

    private static string Tiles(CleaningReport report)
    {
        var html = new StringBuilder("<div class=\"tiles\">");
        foreach (ProblemCount count in report.Counts)
        {
            CleaningProblem problem = ProblemNames.Parse(count.Problem)!.Value;
            html.Append(CultureInfo.InvariantCulture, $"<a class=\"tile\" href=\"#{count.Problem}\"><h3>{ProblemNames.Title(problem)}</h3><p class=\"value\">{Count(count.Files)}</p><p>{(count.Dropped == 0 ? "to look at" : $"{Count(count.Dropped)} left out")}</p></a>");
        }

        return html.Append("</div>").ToString();
    }

    private static string Section(Dataset data, CleaningProblem problem, CleaningIssue[] issues, Dictionary<int, string?> pictures)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section id=\"{ProblemNames.Word(problem)}\"><h2>{ProblemNames.Title(problem)} <span>{Count(issues.Length)}</span></h2><p>{ProblemNames.Meaning(problem)}</p>");
        if (issues[0].Group is not null)
        {
            int[] groups = [.. issues.Select(i => i.Group!.Value).Distinct()];
            ILookup<int, CleaningIssue> byGroup = issues.ToLookup(i => i.Group!.Value);
            html.Append("<div class=\"sets\">");
            foreach (int group in groups.Take(SetsShown))
            {
                CleaningIssue[] members = [.. byGroup[group]];
                html.Append("<div class=\"set\"><div class=\"cards\">");
                foreach (CleaningIssue issue in members.Take(ShownOfSet))
                    html.Append(Card(data, issue, pictures));
                html.Append("</div>").Append(members.Length > ShownOfSet ? $"<p>and {Count(members.Length - ShownOfSet)} more</p>" : "").Append("</div>");
            }

            html.Append("</div>").Append(Rest(groups.Length - SetsShown, "sets"));
        }
        else if (issues.Any(i => pictures.GetValueOrDefault(i.Sample) is not null))
        {
            int shown = problem == CleaningProblem.LabelError ? LabelErrorsShown : SinglesShown;
            html.Append("<div class=\"cards\">").AppendJoin("", issues.Take(shown).Select(i => Card(data, i, pictures))).Append("</div>").Append(Rest(issues.Length - shown, "pictures"));
        }
        else
        {
            html.Append("<ul class=\"files\">").AppendJoin("", issues.Take(SinglesShown).Select(i => $"<li>{Safe(Inside(data, i.File))}<span>{Safe(i.Detail)}</span></li>")).Append("</ul>").Append(Rest(issues.Length - SinglesShown, "files"));
        }

        return html.Append("</section>").ToString();
    }

    private static string Card(Dataset data, CleaningIssue issue, Dictionary<int, string?> pictures)
    {
        string? picture = pictures.GetValueOrDefault(issue.Sample);
        string image = picture is null ? "<div class=\"gone\">not shown</div>" : $"<img{(picture.StartsWith("data:image/png", StringComparison.Ordinal) ? " class=\"tiny\"" : "")} alt=\"\" loading=\"lazy\" src=\"{picture}\">";
        string label = issue.Suggestion.Length > 0
            ? $"<div class=\"is\">{Safe(Named(data, issue.Label))} <span class=\"says wrong\">→ {Safe(Named(data, issue.Suggestion))}</span></div>"
            : $"<div class=\"is\">{Safe(Named(data, issue.Label))}</div>";
        string figure = issue.Problem is CleaningProblem.LabelError or CleaningProblem.NearDuplicate ? issue.Severity.ToString("0.00", CultureInfo.InvariantCulture) + " · " : "";
        string part = issue.Sample >= 0 && data.Samples[issue.Sample].Declared is { } split ? split.ToString().ToLowerInvariant() + " · " : "";
        return $"<div class=\"card {(issue.Action == CleaningAction.Keep ? "keep" : "go")}\" title=\"{Safe(issue.Detail)}\">{image}{label}<div class=\"file\">{Safe(ShortName(issue.File))}</div><div class=\"act\">{figure}{part}{issue.Action.ToString().ToLowerInvariant()}</div></div>";
    }

    private static Dictionary<int, string?> Pictures(Dataset data, IReadOnlyList<CleaningIssue> issues, IProgress<Progress>? progress)
    {
        var wanted = new List<int>();
        foreach (IGrouping<CleaningProblem, CleaningIssue> kind in issues.Where(i => i.Sample >= 0 && i.Problem is not (CleaningProblem.Undecodable or CleaningProblem.Truncated)).GroupBy(i => i.Problem))
        {
            int most = kind.Key == CleaningProblem.LabelError ? LabelErrorsShown : SinglesShown;
            wanted.AddRange(kind.First().Group is null
                ? kind.Take(most).Select(i => i.Sample)
                : kind.GroupBy(i => i.Group).Take(SetsShown).SelectMany(g => g.Take(ShownOfSet)).Select(i => i.Sample));
        }

        int[] samples = [.. wanted.Distinct()];
        var made = new string?[samples.Length];
        int done = 0;
        Parallel.For(0, samples.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            made[i] = Thumbnails.Of(data, data.Samples[samples[i]]);
            progress?.Report(new Progress("Collecting pictures for the report", Interlocked.Increment(ref done), samples.Length));
        });
        var pictures = new Dictionary<int, string?>();
        long characters = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            characters += made[i]?.Length ?? 0;
            pictures[samples[i]] = characters <= MostPictureCharacters ? made[i] : null;
        }

        return pictures;
    }

    private static string Facts(CleaningReport report) =>
        $"<footer><dl><dt>Data</dt><dd>{Safe(report.Path)}</dd><dt>Fingerprint</dt><dd><code>{Safe(report.Fingerprint)}</code></dd><dt>Go on</dt><dd>Every finding is a row of issues.csv. Change its column <b>action</b> (keep, drop, relabel), then say: pictor dataset clean DATA --issues issues.csv --apply clean.manifest.jsonl</dd></dl></footer>";

    private static string Rest(int count, string what) => count <= 0 ? "" : $"<p class=\"rest\">{Count(count)} {what} more in issues.csv.</p>";

    private static string Named(Dataset data, string ids) =>
        string.Join(", ", ids.Split('|').Select(id => data.Labels.FirstOrDefault(l => l.Id == id)?.Name ?? id));

    private static string ShortName(string file) => file[(file.LastIndexOfAny(['/', '\\', '!']) + 1)..];

    private static string Inside(Dataset data, string file) =>
        file.Length > data.Path.Length + 1 && file.StartsWith(data.Path, StringComparison.Ordinal) ? file[(data.Path.Length + 1)..] : file;

    private static string Resource(string name)
    {
        using Stream stream = typeof(CleaningPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}

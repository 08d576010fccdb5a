using System.Globalization;
using System.Text;
using Pictor.Training.Evaluation.Page;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Tuning;

/// <summary><c>tune.html</c>: whether it paid, what mattered, every trial.</summary>
internal static class TunePage
{
    public static string Html(TuneRecord record)
    {
        var body = new StringBuilder();
        Tiles(body, record);
        body.Append("<section><h2>On the way</h2><p>Each run in the order in which it was begun, and the best so far. The dashed line is what the defaults reach; the best trial is orange.")
            .Append(record.Rungs.Count > 1 ? " In halving the first runs are short, so they lie below." : "").Append("</p><div class=\"charts one\">")
            .Append(TuneCharts.Progress(record)).Append("</div></section>");
        Mattered(body, record);
        Table(body, record);
        body.Append("<footer><dl>");
        Fact(body, "Data", Safe(record.Data));
        Fact(body, "Method", Safe(Method(record)));
        Fact(body, "Chosen by", record.By == "valLoss" ? "the loss on the validation part" : "the accuracy on the validation part; equal ones by their loss");
        Fact(body, "Beware", "The best of many trials looks better on validation than it is. The test part was not looked at: judge the package on it once.");
        body.Append("</dl></footer>");
        return PageFrame.Html("Tuning", record.Name, $"<p class=\"lead\">{Safe(TuneText.Verdict(record)).Replace(" %", "\u00A0%", StringComparison.Ordinal)}</p>", body.ToString(), "{\"names\":[],\"samples\":[],\"thumbs\":[]}");
    }

    private static void Tiles(StringBuilder html, TuneRecord record)
    {
        bool loss = record.By == "valLoss";
        string Of(double? accuracy, double? lossValue) => loss ? lossValue is { } l ? l.ToString("0.0000", CultureInfo.InvariantCulture) : "–" : accuracy is { } a ? Percent(a, 2) : "–";
        TrialRun? defaults = record.Trials.FirstOrDefault(t => t.Trial == 0);
        html.Append("<section class=\"tiles\">");
        PageTiles.Tile(html, "Defaults", Of(defaults?.ValAccuracy, defaults?.ValLoss), loss ? "validation loss" : "right on validation");
        PageTiles.Tile(html, "Best", Of(record.Best?.ValAccuracy, record.Best?.ValLoss), record.Best is { } best ? best.Trial == 0 ? "the defaults" : $"trial {best.Trial}, {best.Epochs} epochs" : "none yet");
        int ended = record.Trials.Count(t => t.HasEnded), failed = record.Trials.Count(t => t.State == TrialRun.Failed);
        PageTiles.Tile(html, "Runs", Count(ended), failed > 0 ? $"{Count(failed)} of them failed" : "none failed");
        PageTiles.Tile(html, "Time", Time(record.Seconds), record.State == TrialRun.Finished ? "all trials are done" : record.State == TrialRun.Stopped ? "stopped before all were done" : "still running");
        html.Append("</section>");
    }

    private static void Mattered(StringBuilder html, TuneRecord record)
    {
        int used = record.Importance.Select(i => i.Trials).DefaultIfEmpty(0).Max();
        if (used == 0)
            return;
        html.Append("<section><h2>What mattered</h2><p>One picture a parameter, the most important first; a dot is a trial")
            .Append(record.Rungs.Count > 1 ? $" after {(record.Rungs[0] == 1 ? "1 epoch" : $"{record.Rungs[0]} epochs")}, the first rung" : "")
            .Append(". The percentage is the share of the trials’ ranks that this parameter explains by itself, on trials left out one at a time: 0 is no more than chance.</p>");
        if (record.Importance.All(i => i.Share is null))
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Count(used)} {(used == 1 ? "trial is" : "trials are")} too few to tell what mattered.</p>");
        html.Append("<div class=\"charts\">");
        foreach (Importance importance in record.Importance)
            html.Append(TuneCharts.Scatter(record, importance));
        html.Append("</div><div class=\"scroll\" style=\"margin-top:16px\"><table class=\"plain\"><thead><tr><th scope=\"col\">field</th><th scope=\"col\">explains</th><th scope=\"col\">more is better</th><th scope=\"col\">best third</th></tr></thead><tbody>");
        foreach (Importance i in record.Importance)
        {
            string direction = i.Correlation is { } c ? c.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture) : "–";
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><code>{Safe(i.Field)}</code></th><td>{(i.Share is { } share ? Percent(share, 0) : "–")}</td><td>{direction}</td><td>{Safe(i.Best)}</td></tr>");
        }

        html.Append("</tbody></table></div></section>");
    }

    private static void Table(StringBuilder html, TuneRecord record)
    {
        string[] fields = [.. record.Importance.Select(i => i.Field)];
        html.Append("<section><h2>All runs</h2><p>The best first.</p><div class=\"scroll\"><table class=\"plain\"><thead><tr>");
        foreach (string head in (string[])["trial", "epochs", "accuracy", "loss", "time", .. fields.Select(TuneText.Short)])
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Safe(head)}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (TrialRun run in TuneText.Sorted(record))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{(run.Trial == 0 ? "<b>defaults</b>" : Count(run.Trial))}</th><td>{Count(run.Epochs)}</td>");
            if (run.State == TrialRun.Finished)
                html.Append(CultureInfo.InvariantCulture, $"<td>{(run.ValAccuracy is { } a ? Percent(a, 2) : "–")}</td><td>{(run.ValLoss is { } l ? l.ToString("0.0000", CultureInfo.InvariantCulture) : "–")}</td><td>{Time(run.Seconds)}</td>");
            else
                html.Append(CultureInfo.InvariantCulture, $"<td colspan=\"3\" style=\"white-space:normal;min-width:16em\">{Safe(run.State)}{(run.Reason is { } why ? ": " + Safe(why) : "")}</td>");
            foreach (string field in fields)
                html.Append(CultureInfo.InvariantCulture, $"<td>{(run.Settings.ContainsKey(field) ? Safe(Importance.Word(run.Settings[field])) : "")}</td>");
            html.Append("</tr>");
        }

        html.Append("</tbody></table></div></section>");
    }

    private static string Method(TuneRecord record) => record.Method == TuningMethod.Random
        ? "random search, every trial at full length"
        : $"successive halving (Jamieson and Talwalkar 2016), the best third goes on; epochs of the rungs: {string.Join(", ", record.Rungs)}; each rung trains anew, for schedules end at zero";

    private static void Fact(StringBuilder html, string name, string value) => html.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{value}</dd>");

    private static string Time(double seconds) => seconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60:00} s");
}

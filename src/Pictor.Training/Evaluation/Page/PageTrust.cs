using System.Globalization;
using static Pictor.Training.Evaluation.Page.PageText;

namespace Pictor.Training.Evaluation.Page;

/// <summary>Whether confidence means what it says.</summary>
internal static class PageTrust
{
    public static string Html(Judgement judgement)
    {
        Findings more = judgement.Findings;
        string verdict = more.Temperature switch
        {
            > 1.1 => "The model is too sure of itself",
            < 0.9 => "The model is surer than it says",
            _ => "The model is about as sure as it should be",
        };
        string temperature = string.Create(CultureInfo.InvariantCulture,
            $"{verdict}: the temperature that suits these pictures best is <b>{more.Temperature:0.00}</b>; with it the calibration error would be {Percent(more.ScaledCalibrationError, 1)} instead of {Percent(judgement.Figures.CalibrationError, 1)}.");
        string baked = judgement.Calibration is { } c
            ? string.Create(CultureInfo.InvariantCulture, $" The package was calibrated already, with temperature {c.Temperature:0.###} fitted on {Count(c.Samples)} pictures (error {Percent(c.ErrorBefore, 1)} before, {Percent(c.ErrorAfter, 1)} after).")
            : judgement.Model is null ? "" : " The package was not calibrated; 'pictor models calibrate' does it.";
        return "<section><h2>Confidence</h2><p>Bars on the dashed line mean that answers given with 80 % confidence are right 80 % of the time; bars below it, that the model is too sure of itself. Choose a bar to see pictures.</p>"
            + $"<p>{temperature}{baked}</p><div class=\"charts\">{PageCharts.Reliability(judgement.Figures.Reliability)}{PageCharts.Histogram(judgement.Table)}</div></section>";
    }
}

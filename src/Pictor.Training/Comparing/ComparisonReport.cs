using System.Globalization;
using System.Text;
using Pictor.Metrics;

namespace Pictor.Training.Comparing;

/// <summary>A comparison as JSON and text.</summary>
internal sealed record ComparisonReport(
    string First, string Second, int Samples, double FirstAccuracy, double SecondAccuracy, double Difference, ConfidenceInterval DifferenceInterval,
    int BothRight, int OnlyFirst, int OnlySecond, int BothWrong, double PValue, string Test, int LeftOut, string? Note,
    IReadOnlyList<Verdict> OnlyFirstRight, IReadOnlyList<Verdict> OnlySecondRight)
{
    private const int Shown = 5;

    public static ComparisonReport Of(ModelComparison c) => new(
        c.First, c.Second, c.Test.Samples, c.FirstAccuracy, c.SecondAccuracy, c.Test.Difference, c.Test.DifferenceInterval,
        c.Test.BothRight, c.Test.OnlyFirst, c.Test.OnlySecond, c.Test.BothWrong, c.Test.PValue, c.Test.IsExact ? "exact binomial" : "chi-square with continuity correction",
        c.LeftOut, c.Note, c.OnlyFirst, c.OnlySecond);

    public static string Text(ModelComparison c)
    {
        var text = new StringBuilder();
        McNemar t = c.Test;
        text.Append(CultureInfo.InvariantCulture, $"against {c.Second}, on {t.Samples} pictures\n");
        text.Append(CultureInfo.InvariantCulture, $"  {Percent(c.FirstAccuracy),10}  {c.First}\n  {Percent(c.SecondAccuracy),10}  {c.Second}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {t.Difference * 100,8:+0.00;-0.00;0.00} %  difference, 95 % interval {t.DifferenceInterval.Low * 100:+0.00;-0.00;0.00} to {t.DifferenceInterval.High * 100:+0.00;-0.00;0.00} %\n");
        text.Append(CultureInfo.InvariantCulture, $"  both right {t.BothRight}, only {c.First} {t.OnlyFirst}, only {c.Second} {t.OnlySecond}, both wrong {t.BothWrong}\n");
        text.Append(CultureInfo.InvariantCulture, $"  McNemar ({(t.IsExact ? "exact binomial" : "chi-square, continuity corrected")}): {c.Sentence()}\n");
        if (c.LeftOut > 0)
            text.Append(CultureInfo.InvariantCulture, $"  left out: {c.LeftOut} pictures that {c.Second} has no answer for\n");
        if (c.Note is not null)
            text.Append(CultureInfo.InvariantCulture, $"  note: {c.Note}\n");
        Few(text, $"only {c.First} is right", c.OnlyFirst, v => $"{v.Truth}, {c.Second} says {v.Second}");
        Few(text, $"only {c.Second} is right", c.OnlySecond, v => $"{v.Truth}, {c.First} says {v.First}");
        return text.ToString();
    }

    private static void Few(StringBuilder text, string title, IReadOnlyList<Verdict> verdicts, Func<Verdict, string> say)
    {
        if (verdicts.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"  {title}:\n");
        foreach (Verdict v in verdicts.Take(Shown))
            text.Append(CultureInfo.InvariantCulture, $"    {v.File}: {say(v)}\n");
        if (verdicts.Count > Shown)
            text.Append(CultureInfo.InvariantCulture, $"    and {verdicts.Count - Shown} more; the JSON lists all\n");
    }

    private static string Percent(double value) => (value * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}

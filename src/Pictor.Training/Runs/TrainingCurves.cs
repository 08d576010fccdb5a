using System.Globalization;
using Pictor.Training.Drawing;

namespace Pictor.Training.Runs;

/// <summary><c>curves.svg</c>: loss and accuracy over the epochs, side by side; a file of its own that reads well in light and dark.</summary>
internal static class TrainingCurves
{
    private const double Width = 920, Height = 340;

    public static string Draw(IReadOnlyList<EpochMetrics> metrics, int plannedEpochs)
    {
        Scale epochs = Scale.Counts(1, Math.Max(plannedEpochs, metrics.Count == 0 ? 1 : metrics[^1].Epoch));
        EpochMetrics? best = metrics.Where(m => m.ValAccuracy is not null).MaxBy(m => m.ValAccuracy);
        var svg = new Svg();
        svg.Raw($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Svg.N(Width)} {Svg.N(Height)}\" role=\"img\"><title>{Svg.Escape(Describe(metrics, best))}</title><style>{ChartStyle.Standalone}</style>");
        svg.Rect(0, 0, Width, Height, "paper");
        Loss(metrics, epochs).Draw(svg, 8, 8, (Width / 2) - 12, Height - 16);
        Accuracy(metrics, epochs, best).Draw(svg, (Width / 2) + 4, 8, (Width / 2) - 12, Height - 16);
        return svg.Raw("</svg>\n").ToString();
    }

    private static Plot Loss(IReadOnlyList<EpochMetrics> metrics, Scale epochs)
    {
        var curves = new List<Curve> { new("training", "s1", [.. metrics.Select(m => ((double)m.Epoch, m.TrainLoss))], Marked: true) };
        if (metrics.Any(m => m.ValLoss is not null))
            curves.Add(new Curve("validation", "s2", Of(metrics, m => m.ValLoss), Marked: true));
        return new Plot("Loss", "epoch", epochs, Scale.Around(curves.SelectMany(c => c.Points).Select(p => p.Y), floor: 0), curves);
    }

    private static Plot Accuracy(IReadOnlyList<EpochMetrics> metrics, Scale epochs, EpochMetrics? best)
    {
        List<(double X, double Y)> points = Of(metrics, m => m.ValAccuracy);
        Scale scale = Scale.Around(points.Select(p => p.Y), ceiling: 1);
        return new Plot(best is null ? "Validation accuracy (no validation part)" : "Validation accuracy", "epoch", epochs, scale, [new Curve(best is null ? "" : Best(best), "s2", points, Marked: true)])
        {
            YText = tick => Percent(tick, scale.Max - scale.Min),
            Overlay = best is null ? null : (svg, x, y) => svg.Circle(x(best.Epoch), y(best.ValAccuracy!.Value), 5, "dot s2", Best(best)),
        };
    }

    private static string Best(EpochMetrics best) =>
        string.Create(CultureInfo.InvariantCulture, $"best {best.ValAccuracy!.Value * 100:0.0#} %, epoch {best.Epoch}");

    private static List<(double X, double Y)> Of(IReadOnlyList<EpochMetrics> metrics, Func<EpochMetrics, double?> value) =>
        [.. metrics.Where(m => value(m) is not null).Select(m => ((double)m.Epoch, value(m)!.Value))];

    private static string Percent(double value, double range) =>
        (value * 100).ToString(range < 0.005 ? "0.00" : range < 0.05 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    private static string Describe(IReadOnlyList<EpochMetrics> metrics, EpochMetrics? best) => best is null
        ? string.Create(CultureInfo.InvariantCulture, $"Loss over {metrics.Count} epochs")
        : string.Create(CultureInfo.InvariantCulture, $"Loss and validation accuracy over {metrics.Count} epochs; best {best.ValAccuracy!.Value * 100:0.0#} % at epoch {best.Epoch}");
}

using System.Globalization;
using Pictor.Training.Tuning;

namespace Pictor.Training.LabelBudget;

/// <summary>What more labelled pictures are worth.</summary>
/// <param name="Examples">So many more of each class.</param>
/// <param name="Gain">By how much the accuracy would rise, 0..1.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record MoreLabels(int Examples, double Gain, double Low, double High);

/// <summary>The fitted curve and what follows from it.</summary>
/// <param name="Fit">The curve.</param>
/// <param name="IsFlat">The points do not differ by more than their noise, so the curve says nothing.</param>
/// <param name="More">50 more of each class.</param>
/// <param name="Twice">As many again.</param>
/// <param name="Method">Where the intervals come from.</param>
public sealed record LabelWorth(PowerLaw Fit, bool IsFlat, MoreLabels More, MoreLabels Twice, string Method)
{
    private const int Draws = 1000, MoreOfEach = 50;

    // Chi-squared of two unknowns at 95 %: what a curve must win over a flat line.
    private const double Clear = 5.99;

    /// <summary>Fits and judges; null with fewer than three finished points.</summary>
    /// <param name="points">Of the curve.</param>
    /// <param name="validated">Validation pictures that each point was judged on.</param>
    /// <param name="draws">Fits that a point with a spread is the mean of.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static LabelWorth? Of(IReadOnlyList<LabelPoint> points, int validated, int draws = 1, int seed = 1)
    {
        LabelPoint[] finished = [.. points.Where(p => p.IsFinished).OrderBy(p => p.Mean)];
        if (finished.Length < 3 || validated == 0)
            return null;
        double[] n = [.. finished.Select(p => p.Mean)], errors = [.. finished.Select(p => 1 - p.ValAccuracy!.Value)];
        double[] sampling = [.. finished.Select((p, i) => Sampling(errors[i], validated) + (p.Spread is { } s ? s * s / Math.Max(1, draws) : 0))];
        var first = PowerLaw.Fit(n, errors, [.. sampling.Select(Math.Sqrt)]);
        // What the points scatter about the curve beyond that: which pictures were drawn, how the weights began.
        double scatter = Math.Max(0, (errors.Select((e, i) => Math.Pow(e - first.At(n[i]), 2)).Sum() / Math.Max(1, n.Length - 3)) - sampling.Average());
        double[] deviations = [.. sampling.Select(v => Math.Sqrt(v + scatter))];
        var fit = PowerLaw.Fit(n, errors, deviations);
        double level = errors.Select((e, i) => e / (deviations[i] * deviations[i])).Sum() / deviations.Sum(d => 1 / (d * d));
        bool flat = new PowerLaw(0, 1, level).Misfit(n, errors, deviations) - fit.Misfit(n, errors, deviations) < Clear;

        double now = n[^1];
        var more = new double[Draws];
        var twice = new double[Draws];
        Parallel.For(0, Draws, draw =>
        {
            double[] drawn = [.. errors.Select((e, i) => Math.Clamp(e + (deviations[i] * new TrialRandom(seed, draw, i, "labels").Normal()), 0, 1))];
            var law = PowerLaw.Fit(n, drawn, deviations);
            (more[draw], twice[draw]) = (law.At(now) - law.At(now + MoreOfEach), law.At(now) - law.At(2 * now));
        });
        string method = string.Create(CultureInfo.InvariantCulture,
            $"95 % intervals by {Draws:N0} draws of the points within their noise, each fitted anew: sampling error of {validated:N0} validation pictures{(finished[0].Spread is null ? "" : ", spread over the draws")} and scatter about the curve.");
        return new LabelWorth(fit, flat, Worth(MoreOfEach, now + MoreOfEach, more), Worth((int)Math.Round(now), 2 * now, twice), method);

        MoreLabels Worth(int examples, double then, double[] gains)
        {
            Array.Sort(gains);
            return new MoreLabels(examples, fit.At(now) - fit.At(then), gains[(int)(0.025 * Draws)], gains[(int)(0.975 * Draws)]);
        }
    }

    /// <summary>In words.</summary>
    public string Sentence()
    {
        if (IsFlat)
            return "50 more pictures of each class would bring no more than noise: the curve is flat within what the validation pictures can tell.";
        if (More.High < 0.001)
            return $"50 more pictures of each class would bring next to nothing (less than 0.1 points). {Again()}";
        string doubt = More.Low < 0.0005 ? ", perhaps nothing" : "";
        return $"50 more pictures of each class would bring about {Points(More)}{doubt}. {Again()}";
    }

    private string Again() => $"Twice as many in all: about {Points(Twice)}.";

    private static string Points(MoreLabels more) => string.Create(CultureInfo.InvariantCulture, $"{more.Gain * 100:0.0} points ({more.Low * 100:0.0} to {more.High * 100:0.0})");

    // Variance of a share of pictures; with none wrong it is still not zero.
    private static double Sampling(double error, int validated)
    {
        double p = Math.Clamp(error, 0.5 / validated, 1 - (0.5 / validated));
        return p * (1 - p) / validated;
    }
}

using Pictor.Models.Composing;

namespace Pictor.Training.Heads;

/// <summary>How a head is fitted.</summary>
internal sealed record HeadSettings
{
    /// <summary>Factor of |W|^2 / 2 on features of mean squared length 1; null: chosen.</summary>
    public double? Penalty { get; init; }

    /// <summary>Every class weighs the same, however many pictures it has.</summary>
    public bool Balanced { get; init; }
}

/// <summary>A fitted layer on scaled features, and how it came to be.</summary>
/// <param name="Layer">The layer, temperature included.</param>
/// <param name="Penalty">The one it was fitted with.</param>
/// <param name="TrainLoss">Mean loss on what it was fitted on, without the penalty.</param>
/// <param name="Calibration">What the temperature was fitted on; null when there was nothing.</param>
/// <param name="Choice">How the penalty was chosen, as a sentence.</param>
internal sealed record FittedHead(HeadLayer Layer, double Penalty, double TrainLoss, HeadScores? Calibration, string Choice);

/// <summary>
/// Fits a linear layer by L-BFGS and chooses its penalty: from strong to weak, each fit starting where the last one ended, judged on
/// pictures it has not seen by the loss at its best temperature. Under a strong penalty the weights of a class point to the mean of its
/// pictures: with one or two examples a class this is the nearest-prototype classifier, and the temperature gives it back its certainty.
/// </summary>
internal static class HeadFit
{
    private const double Fallback = 1e-2;

    // Which penalty is best shows long before the last digit does.
    private static readonly Lbfgs s_quick = new() { ValueTolerance = 1e-4 };
    private static readonly double[] s_penalties = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    /// <summary>Fits, chooses and calibrates.</summary>
    /// <param name="data">What to fit on, and what to choose by.</param>
    /// <param name="settings">How.</param>
    /// <param name="advanced">Told before each fit how it is going.</param>
    /// <param name="cancellationToken">Stops within a pass over the rows.</param>
    public static FittedHead Run(HeadData data, HeadSettings settings, Action<string>? advanced, CancellationToken cancellationToken)
    {
        int folds = data.ValIsEnough ? 0 : data.Folds();
        (double penalty, double[]? start, string choice) = settings.Penalty is { } given ? (given, null, Plain($"penalty {given:0.0e+0} as asked"))
            : data.ValIsEnough ? ChooseByVal(data, settings, advanced, cancellationToken)
            : folds >= 2 ? ChooseByFolds(data, folds, settings, advanced, cancellationToken)
            : (Fallback, null, Plain($"penalty {Fallback:0.0e+0}: there are too few pictures to choose by"));
        HeadLayer layer = Fit(data.Train, data.TrainTargets, settings.Balanced, penalty, ref start, cancellationToken);
        HeadScores? calibration = data.Val.Count > 0 ? HeadScores.Of(layer, data.Val, data.ValTargets) : null;
        if (folds >= 2)
        {
            HeadScores outside = OutOfFold(data, folds, settings, [penalty], cancellationToken)[0];
            calibration = calibration is null ? outside : HeadScores.Join(calibration, outside);
        }

        layer = layer with { Temperature = calibration?.BestTemperature() ?? 1 };
        return new FittedHead(layer, penalty, HeadScores.Of(layer, data.Train, data.TrainTargets).Loss(), calibration, choice);
    }

    /// <summary>One fit; <paramref name="point"/> is where it starts and ends, null for zero.</summary>
    public static HeadLayer Fit(FeatureRows rows, HeadTargets targets, bool balanced, double penalty, ref double[]? point, CancellationToken cancellationToken, Lbfgs? method = null)
    {
        var objective = new HeadObjective(rows, targets, balanced) { Penalty = penalty };
        point = point is null ? new double[objective.Size] : [.. point];
        (method ?? new Lbfgs { ValueTolerance = 1e-6 }).Minimise((at, gradient) => objective.Evaluate(at, gradient, cancellationToken), point);
        int weights = targets.Outputs * rows.Length;
        return new HeadLayer(targets.Kind, targets.Outputs, [.. point[..weights].Select(v => (float)v)], [.. point[weights..].Select(v => (float)v)]);
    }

    private static (double Penalty, double[]? Start, string Choice) ChooseByVal(HeadData data, HeadSettings settings, Action<string>? advanced, CancellationToken cancellationToken)
    {
        double[]? point = null;
        var tried = new List<(double Penalty, double Loss, double[] Point)>();
        foreach (double penalty in s_penalties)
        {
            Try(penalty, point);
            point = tried[^1].Point;
            if (tried.Count >= 3 && tried[^1].Loss > tried[^2].Loss && tried[^2].Loss > tried[^3].Loss)
                break;
        }

        // Then half a decade to either side of the best, from its solution.
        (double best, _, double[] from) = tried.MinBy(t => t.Loss);
        Try(best * Math.Sqrt(10), from);
        Try(best / Math.Sqrt(10), from);
        (best, double loss, from) = tried.MinBy(t => t.Loss);
        return (best, from, Plain($"penalty {best:0.0e+0}, the best of {tried.Count} on {data.Val.Count} validation pictures (loss {loss:0.0000})"));

        void Try(double penalty, double[]? start)
        {
            advanced?.Invoke(Plain($"penalty {penalty:0.0e+0}"));
            HeadLayer layer = Fit(data.Train, data.TrainTargets, settings.Balanced, penalty, ref start, cancellationToken, s_quick);
            var scores = HeadScores.Of(layer, data.Val, data.ValTargets);
            tried.Add((penalty, scores.Loss(scores.BestTemperature()), start!));
        }
    }

    private static (double Penalty, double[]? Start, string Choice) ChooseByFolds(HeadData data, int folds, HeadSettings settings, Action<string>? advanced, CancellationToken cancellationToken)
    {
        advanced?.Invoke(Plain($"choosing by {folds} folds"));
        double[] losses = [.. OutOfFold(data, folds, settings, s_penalties, cancellationToken).Select(scores => scores.Loss(scores.BestTemperature()))];
        int best = Array.IndexOf(losses, losses.Min());
        return (s_penalties[best], null, Plain($"penalty {s_penalties[best]:0.0e+0}, the best of {losses.Length} by {folds} folds of {data.Pictures} training pictures (loss {losses[best]:0.0000})"));
    }

    /// <summary>For each penalty, what layers say of the training pictures that they were not fitted on.</summary>
    private static HeadScores[] OutOfFold(HeadData data, int folds, HeadSettings settings, double[] penalties, CancellationToken cancellationToken)
    {
        var all = new HeadScores?[penalties.Length];
        for (int fold = 0; fold < folds; fold++)
        {
            (int[] inside, int[] outside) = data.Fold(fold, folds);
            FeatureRows rows = data.Train.Take(inside), held = data.Train.Take(outside);
            HeadTargets targets = data.TrainTargets.Take(inside), heldTargets = data.TrainTargets.Take(outside);
            double[]? point = null;
            for (int p = 0; p < penalties.Length; p++)
            {
                HeadLayer layer = Fit(rows, targets, settings.Balanced, penalties[p], ref point, cancellationToken);
                var scores = HeadScores.Of(layer, held, heldTargets);
                all[p] = all[p] is { } before ? HeadScores.Join(before, scores) : scores;
            }
        }

        return all!;
    }

    private static string Plain(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

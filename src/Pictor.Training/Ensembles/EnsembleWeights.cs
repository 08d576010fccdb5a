using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;
using Pictor.Models.Labels;
using Pictor.Models.Packages;
using Pictor.Training.Heads;

namespace Pictor.Training.Ensembles;

/// <summary>Shares of an ensemble's members, fitted on validation pictures.</summary>
/// <param name="Weights">A share for each member; they sum to 1.</param>
/// <param name="ValLoss">Mean log loss of the weighted mean on the validation part (of each yes and no for several classes).</param>
/// <param name="EqualLoss">Likewise with equal shares.</param>
/// <param name="MemberLosses">Likewise of each member alone.</param>
/// <param name="Pictures">Pictures that it was fitted on.</param>
/// <param name="Skipped">Pictures that could not be read.</param>
public sealed record EnsembleWeights(
    IReadOnlyList<double> Weights, double ValLoss, double EqualLoss, IReadOnlyList<double> MemberLosses, int Pictures, IReadOnlyList<SkippedFile> Skipped)
{
    private const int Iterations = 500;
    private const double Smallest = 1e-30;

    /// <summary>Runs the members over the validation part and finds the shares with the least log loss; the loss is convex in them.</summary>
    /// <exception cref="InputException">ensemble.not-alike; the data has no validation part, or none of the members' classes.</exception>
    public static async Task<EnsembleWeights> FitAsync(IReadOnlyList<Annotator> members, Dataset data, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        int[][] orders = EnsemblePackage.Match([.. members.Select(m => m.Package)]);
        ModelPackage first = members[0].Package;
        if (first.Manifest.Task == "regressor" || data.Task == DatasetTask.Numeric || first.Manifest.MultiLabel != (data.Task == DatasetTask.MultiLabel))
            throw new InputException(data.Path, "its pictures are labelled in another way than the members answer, or with numbers", "Give data of the members' kind, or say the weights.") { Code = "ensemble.other-task" };
        int[] match = LabelMatcher.Match(data.Labels, first.Labels);
        int[] samples = [.. Val(members, data).Where(i => data.Samples[i].Classes.All(c => match[c] >= 0) && (data.Task == DatasetTask.MultiLabel || data.Samples[i].Class >= 0))];
        if (samples.Length == 0)
            throw new InputException(data.Path, "no validation picture has a class of the members", "Give data with a validation part and their classes, or say the weights.") { Code = "labels.no-match" };

        // What the first member could read is what the others are asked about.
        PackageOutputs outputs = await AskAsync(0, samples).ConfigureAwait(false);
        (IReadOnlyList<int> read, IReadOnlyList<SkippedFile> skipped) = (outputs.Samples, outputs.Skipped);
        var right = new List<float[]> { Right(outputs, first.Manifest.Classes, orders[0], match, data) };
        for (int m = 1; m < members.Count; m++)
            right.Add(Right(await AskAsync(m, read).ConfigureAwait(false), members[m].Package.Manifest.Classes, orders[m], match, data));
        if (right[0].Length == 0)
            throw new InputException(data.Path, "none of its validation pictures can be read", "Check the files with 'pictor dataset info'.");
        double[] weights = Mix(right), equal = [.. members.Select(_ => 1.0 / members.Count)];
        return new EnsembleWeights(
            weights, Loss(right, weights), Loss(right, equal), [.. members.Select((_, m) => Loss(right, [.. members.Select((_, i) => i == m ? 1.0 : 0)]))], read.Count, skipped);

        Task<PackageOutputs> AskAsync(int member, IReadOnlyList<int> about) =>
            PackageOutputs.PredictAsync(members[member], data, about, $"Asking {members[member].Package.Reference}", progress, cancellationToken);
    }

    // The members' own cut where they were trained on this very data, so that none of them has seen it.
    private static IReadOnlyList<int> Val(IReadOnlyList<Annotator> members, Dataset data)
    {
        int[] seeds = [.. members.Select(m => m.Package.Manifest.Provenance).Where(p => string.Equals(p?.DataFingerprint, data.Fingerprint, StringComparison.OrdinalIgnoreCase)).Select(p => p!.Seed).Distinct()];
        IReadOnlyList<int>[] parts = [.. seeds.DefaultIfEmpty(1).Select(seed => SplitPlan.For(data, seed).Val)];

        // A set with a validation part of its own is cut the same by any seed.
        if (parts.Any(part => !part.Order().SequenceEqual(parts[0].Order())))
            throw new InputException(data.Path, $"the members were trained on it with different cuts (seeds {string.Join(", ", seeds)}), so no picture is new to all of them", "Say the weights, or leave them equal.") { Code = "ensemble.other-cut" };
        return parts[0];
    }

    /// <summary>The probability that a member gives to what holds: of the true class, or of each yes and no.</summary>
    private static float[] Right(PackageOutputs outputs, int classes, int[] order, int[] match, Dataset data)
    {
        if (data.Task == DatasetTask.SingleLabel)
            return [.. outputs.Samples.Select((sample, row) => outputs.Probabilities[(row * classes) + order[match[data.Samples[sample].Class]]])];
        var right = new List<float>();
        for (int row = 0; row < outputs.Samples.Count; row++)
        {
            var holds = data.Samples[outputs.Samples[row]].Classes.ToHashSet();
            for (int c = 0; c < match.Length; c++)
            {
                if (match[c] < 0)
                    continue;
                float yes = outputs.Probabilities[(row * classes) + order[match[c]]];
                right.Add(holds.Contains(c) ? yes : 1 - yes);
            }
        }

        return [.. right];
    }

    /// <summary>
    /// Weights of a mixture by expectation maximisation (Dempster, Laird and Rubin 1977): a member's new share is the mean of its part in
    /// what was said rightly. The loss falls in every step, there is no step size, and the shares never leave the simplex.
    /// </summary>
    internal static double[] Mix(IReadOnlyList<float[]> right)
    {
        double[] weights = [.. right.Select(_ => 1.0 / right.Count)];
        var next = new double[weights.Length];
        for (int i = 0; i < Iterations; i++)
        {
            Array.Clear(next);
            for (int n = 0; n < right[0].Length; n++)
            {
                double sum = Smallest;
                for (int m = 0; m < weights.Length; m++)
                    sum += weights[m] * right[m][n];
                for (int m = 0; m < weights.Length; m++)
                    next[m] += weights[m] * right[m][n] / sum;
            }

            double total = next.Sum(), moved = 0;
            if (!(total > 0))
                break;
            for (int m = 0; m < weights.Length; m++)
            {
                moved = Math.Max(moved, Math.Abs((next[m] / total) - weights[m]));
                weights[m] = next[m] / total;
            }

            if (moved < 1e-6)
                break;
        }

        return weights;
    }

    internal static double Loss(IReadOnlyList<float[]> right, IReadOnlyList<double> weights)
    {
        double loss = 0;
        for (int n = 0; n < right[0].Length; n++)
        {
            double sum = 0;
            for (int m = 0; m < weights.Count; m++)
                sum += weights[m] * right[m][n];
            loss -= Math.Log(Math.Max(sum, Smallest));
        }

        return loss / right[0].Length;
    }
}

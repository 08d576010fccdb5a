namespace Pictor.Training.Heads;

/// <summary>Accuracy of heads over the number of labelled examples a class.</summary>
/// <param name="Examples">Examples of each class; classes with fewer give all they have.</param>
/// <param name="Accuracy">Mean over the draws, 0..1.</param>
/// <param name="Spread">Standard deviation over the draws; 0 for one.</param>
/// <param name="Pictures">Pictures that the largest draw was fitted on.</param>
public sealed record HeadCurvePoint(int Examples, double Accuracy, double Spread, int Pictures);

/// <summary>
/// The learning curve of a head: heads on nested subsets of the training embeddings, each draw a shuffle of every class, judged on
/// pictures that none of them saw. What 50 more examples are worth is read off before anybody labels them.
/// </summary>
public static class HeadCurve
{
    private const int Stream = 0x4EAD;

    // Beyond so many pictures one draw is like another, and folds cost much and decide little.
    private const int Many = 5000;

    /// <summary>Fits and judges; depends on its arguments alone.</summary>
    /// <param name="train">[pictures, length], as a package gives them.</param>
    /// <param name="trainClasses">[pictures], 0..classes - 1.</param>
    /// <param name="judged">[pictures, length].</param>
    /// <param name="judgedClasses">[pictures].</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="examples">Examples a class, ascending. Such as 5, 20, 50.</param>
    /// <param name="draws">Shuffles that the accuracy is averaged over.</param>
    /// <param name="seed">Of the shuffles.</param>
    /// <param name="progress">Told after each fit.</param>
    /// <param name="cancellationToken">Stops within a fit.</param>
    /// <exception cref="ArgumentException">Lengths that do not match, a class out of range.</exception>
    public static IReadOnlyList<HeadCurvePoint> Of(
        ReadOnlyMemory<float> train, IReadOnlyList<int> trainClasses, ReadOnlyMemory<float> judged, IReadOnlyList<int> judgedClasses, int classes,
        IReadOnlyList<int> examples, int draws = 3, int seed = 1, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        FeatureRows rows = Rows(train, trainClasses, classes, nameof(train)), held = Rows(judged, judgedClasses, classes, nameof(judged));
        var heldTargets = new HeadTargets(Models.Composing.HeadKind.Softmax, classes, [.. judgedClasses.Select(c => (float)c)]);
        var accuracies = examples.Select(_ => new List<double>()).ToList();
        int done = 0;
        var counts = new int[examples.Count];
        for (int draw = 0; draw < draws; draw++)
        {
            int[][] order = Shuffle(trainClasses, classes, seed, draw);
            for (int e = 0; e < examples.Count; e++)
            {
                int[] subset = [.. order.SelectMany(of => of.Take(examples[e])).Order()];
                counts[e] = Math.Max(counts[e], subset.Length);
                if (draw > 0 && (subset.Length > Many || subset.Length == rows.Count))
                {
                    done++;
                    continue;
                }

                accuracies[e].Add(Accuracy(rows.Take(subset), [.. subset.Select(i => (float)trainClasses[i])], held, heldTargets, classes, cancellationToken));
                progress?.Report(new Progress("Drawing the learning curve", ++done, draws * examples.Count));
            }
        }

        return [.. examples.Select((n, e) => new HeadCurvePoint(n, accuracies[e].Average(), Deviation(accuracies[e]), counts[e]))];
    }

    private static double Accuracy(FeatureRows rows, float[] labels, FeatureRows held, HeadTargets heldTargets, int classes, CancellationToken cancellationToken)
    {
        // The penalty is chosen by folds of the subset, for whoever has few examples has no others to choose by; of many, as a head of all pictures chooses it.
        var scaling = FeatureScaling.Of(rows);
        var targets = new HeadTargets(Models.Composing.HeadKind.Softmax, classes, labels);
        bool many = rows.Count > Many;
        var data = new HeadData(scaling.Apply(rows), targets, many ? scaling.Apply(held) : new FeatureRows([], 0, rows.Length), many ? heldTargets : targets with { Values = [] }, rows.Count);
        FittedHead fitted = HeadFit.Run(data, new HeadSettings(), advanced: null, cancellationToken);
        return HeadScores.Of(scaling.Undo(fitted.Layer), held, heldTargets).Accuracy() ?? 0;
    }

    private static int[][] Shuffle(IReadOnlyList<int> classOf, int classes, int seed, int draw)
    {
        var of = Enumerable.Range(0, classes).Select(_ => new List<int>()).ToArray();
        for (int i = 0; i < classOf.Count; i++)
            of[classOf[i]].Add(i);
        return [.. of.Select((members, c) =>
        {
            // Fisher and Yates; a generator of its own for each class, so that other classes do not change the draw.
            int[] order = [.. members];
            var random = new Random(HashCode(seed, draw, c));
            random.Shuffle(order);
            return order;
        })];
    }

    private static int HashCode(int seed, int draw, int c) => unchecked((((seed * 31) + draw) * 1_000_003) + (c * 7919) + Stream);

    private static double Deviation(List<double> values)
    {
        double mean = values.Average();
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }

    private static FeatureRows Rows(ReadOnlyMemory<float> values, IReadOnlyList<int> classOf, int classes, string name)
    {
        if (classOf.Count == 0 || values.Length % classOf.Count != 0 || classOf.Any(c => c < 0 || c >= classes))
            throw new ArgumentException($"{values.Length} values for {classOf.Count} pictures of {classes} classes do not fit each other.", name);
        return new FeatureRows(values.ToArray(), classOf.Count, values.Length / classOf.Count);
    }
}

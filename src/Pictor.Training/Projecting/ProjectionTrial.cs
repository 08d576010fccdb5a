using Pictor.Metrics;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Projecting;

/// <summary>What a way of fitting gave on classes that it was not fitted on.</summary>
/// <param name="Shrinkage">Of <see cref="DiscriminantProjection.Fit"/>.</param>
/// <param name="Emphasis">Of it too.</param>
/// <param name="Plain">mAP@10 of the embedding as it is, the mean over folds.</param>
/// <param name="Projected">And of the projected one.</param>
internal sealed record ProjectionTrial(double Shrinkage, double Emphasis, double Plain, double Projected)
{
    /// <summary>Tries all ways on folds of classes and gives the one that retrieves best.</summary>
    /// <param name="embeddings">[count, embedding].</param>
    /// <param name="length">Of an embedding.</param>
    /// <param name="classes">[count].</param>
    /// <param name="kept">Length of the projected embedding.</param>
    /// <param name="shrinkages">To try.</param>
    /// <param name="emphases">To try.</param>
    /// <param name="folds">Classes are dealt into so many.</param>
    /// <param name="most">Pictures of a fold that are compared with each other.</param>
    /// <param name="progress">Told after each trial.</param>
    /// <param name="cancellationToken">Stops between trials.</param>
    public static ProjectionTrial Best(
        float[] embeddings, int length, int[] classes, int kept, double[] shrinkages, double[] emphases, int folds, int most, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        int[] known = [.. classes.Distinct().Order()];
        Dictionary<int, int> foldOf = known.Select((c, i) => (c, i % folds)).ToDictionary();
        double[,] sums = new double[shrinkages.Length, emphases.Length];
        double plain = 0;
        int done = 0, all = folds * shrinkages.Length * emphases.Length;
        for (int fold = 0; fold < folds; fold++)
        {
            int[] inside = [.. Enumerable.Range(0, classes.Length).Where(i => foldOf[classes[i]] != fold)];
            IReadOnlyList<int> outside = SplitChoice.Evenly([.. Enumerable.Range(0, classes.Length).Where(i => foldOf[classes[i]] == fold)], most);
            float[] unseen = Rows(embeddings, length, outside);
            int[] truth = [.. outside.Select(i => classes[i])];
            plain += RetrievalFigures.Of(unseen, length, truth).MeanAveragePrecision / folds;
            var scatter = ClassScatter.Of(Rows(embeddings, length, inside), length, [.. inside.Select(i => classes[i])]);
            for (int s = 0; s < shrinkages.Length; s++)
            {
                for (int e = 0; e < emphases.Length; e++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    float[] projected = DiscriminantProjection.Fit(scatter, kept, shrinkages[s], emphases[e]).Apply(unseen);
                    sums[s, e] += RetrievalFigures.Of(projected, kept, truth).MeanAveragePrecision / folds;
                    progress?.Report(new Progress("Trying projections", ++done, all));
                }
            }
        }

        (int shrink, int emphasis) = (from s in Enumerable.Range(0, shrinkages.Length) from e in Enumerable.Range(0, emphases.Length) select (s, e)).MaxBy(p => sums[p.s, p.e]);
        return new ProjectionTrial(shrinkages[shrink], emphases[emphasis], plain, sums[shrink, emphasis]);
    }

    private static float[] Rows(float[] values, int length, IReadOnlyList<int> rows)
    {
        float[] picked = new float[rows.Count * length];
        for (int i = 0; i < rows.Count; i++)
            values.AsSpan(rows[i] * length, length).CopyTo(picked.AsSpan(i * length));
        return picked;
    }
}

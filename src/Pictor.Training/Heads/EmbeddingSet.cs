using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Composing;

namespace Pictor.Training.Heads;

/// <summary>Embeddings of a part of a data set, for whatever is computed from them.</summary>
/// <param name="Samples">Indices into <see cref="Dataset.Samples"/> of what could be read.</param>
/// <param name="Values">[samples, length], unit length each.</param>
/// <param name="Length">Of one.</param>
/// <param name="Skipped">What could not be read.</param>
public sealed record EmbeddingSet(IReadOnlyList<int> Samples, float[] Values, int Length, IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Embeds samples on all cores with the package's own preprocessing.</summary>
    /// <exception cref="InputException">package.no-embedding.</exception>
    public static async Task<EmbeddingSet> OfAsync(Annotator annotator, Dataset data, IReadOnlyList<int> samples, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        int length = HeadGraph.RequireEmbedding(annotator.Package);
        PackageOutputs outputs = await PackageOutputs.EmbedAsync(annotator, data, samples, mirror: false, "Embedding pictures", progress, cancellationToken).ConfigureAwait(false);
        return new EmbeddingSet(outputs.Samples, outputs.Embeddings.Values, length, outputs.Skipped);
    }
}

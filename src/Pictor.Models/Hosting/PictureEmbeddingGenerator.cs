using Microsoft.Extensions.AI;
using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;

namespace Pictor.Models.Hosting;

/// <summary>
/// A package as .NET's common interface for embeddings: pictures in (any format that Pictor reads, as bytes), vectors of unit length out, so
/// that the inner product of two is their cosine similarity. It belongs to whoever made the annotator and does not dispose it.
/// </summary>
public sealed class PictureEmbeddingGenerator : IEmbeddingGenerator<DataContent, Embedding<float>>
{
    private const int Batch = 16;

    private readonly Annotator _annotator;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Embeds with a package.</summary>
    /// <exception cref="InputException">package.no-embedding.</exception>
    public PictureEmbeddingGenerator(Annotator annotator)
    {
        ArgumentNullException.ThrowIfNull(annotator);
        Composing.HeadGraph.RequireEmbedding(annotator.Package);
        _annotator = annotator;
        _metadata = new EmbeddingGeneratorMetadata("pictor", providerUri: null, annotator.Package.Reference, annotator.Package.Manifest.EmbeddingLength);
    }

    /// <summary>Embeds pictures, some at a time on all cores, and answers in their order.</summary>
    /// <param name="values">Each with the bytes of a picture file; nothing is ever fetched from an address.</param>
    /// <param name="options">A model id or a number of dimensions, if given, must be the package's.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="PictureException">A picture cannot be read; its subject says which.</exception>
    /// <exception cref="InputException">embedding.other-model: the options ask for another model or length.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<DataContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        Check(options);
        DataContent[] pictures = [.. values];
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(pictures.Length);
        for (int first = 0; first < pictures.Length; first += Batch)
        {
            int at = first;
            float[] vectors = await Task.Run(() => Embed(pictures, at, Math.Min(Batch, pictures.Length - at), cancellationToken), cancellationToken).ConfigureAwait(false);
            int length = _annotator.Package.Manifest.EmbeddingLength;
            for (int i = 0; i < vectors.Length / length; i++)
                embeddings.Add(new Embedding<float>(vectors.AsMemory(i * length, length)) { ModelId = _annotator.Package.Reference, CreatedAt = TimeProvider.System.GetUtcNow() });
        }

        return embeddings;
    }

    /// <summary>The metadata, the annotator or its package, when asked for by type.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(Annotator) ? _annotator
            : serviceType == typeof(ModelPackage) ? _annotator.Package
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Nothing: the annotator is not its own.</summary>
    public void Dispose()
    {
    }

    private float[] Embed(DataContent[] pictures, int first, int count, CancellationToken cancellationToken)
    {
        PackageManifest manifest = _annotator.Package.Manifest;
        int picture = manifest.Input.Shape.Length;
        var planes = new byte[count * picture];
        var faults = new InputException?[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            DataContent content = pictures[first + i];
            try
            {
                Pixels pixels = PictureReader.Decode(content.Data, content.Name ?? $"picture {first + i + 1}", manifest.Input.DecodeOptions());
                manifest.Input.ToPlanes(pixels, planes.AsSpan(i * picture, picture));
            }
            catch (InputException e)
            {
                faults[i] = e;
            }
        });
        if (Array.Find(faults, fault => fault is not null) is { } problem)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(problem);
        var vectors = new float[count * manifest.EmbeddingLength];
        _annotator.Run(planes, count, new float[count * manifest.Classes], vectors);
        return vectors;
    }

    private void Check(EmbeddingGenerationOptions? options)
    {
        ModelPackage package = _annotator.Package;
        if (options?.ModelId is { } id && id != package.Reference && id != package.Manifest.Name)
            throw new InputException("ModelId", $"it is '{id}', and this generator embeds with {package.Reference}", "Leave it out, or ask the generator of that package.") { Code = "embedding.other-model" };
        if (options?.Dimensions is { } dimensions && dimensions != package.Manifest.EmbeddingLength)
            throw new InputException("Dimensions", $"{dimensions} are asked for, and {package.Reference} gives {package.Manifest.EmbeddingLength}", "Leave it out.") { Code = "embedding.other-model" };
    }
}

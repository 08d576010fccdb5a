using Pictor.Imaging;
using Pictor.Models.Packages;

namespace Pictor.Models.Annotators;

/// <summary>One class with its probability.</summary>
/// <param name="Label">The class's name for people.</param>
/// <param name="LabelId">Its id.</param>
/// <param name="Probability">0..1.</param>
public sealed record ClassPrediction(string Label, string LabelId, double Probability);

/// <summary>What a package says of one picture.</summary>
/// <param name="Probabilities">[classes], sums to 1.</param>
/// <param name="Embedding">[embedding length], unit length; empty without one.</param>
public sealed record PictureReading(float[] Probabilities, float[] Embedding);

/// <summary>How the session is set up.</summary>
public sealed record AnnotatorOptions
{
    /// <summary>Threads inside one inference. <value>1: throughput comes from running several.</value></summary>
    public int Threads { get; init; } = 1;
}

/// <summary>A package ready to annotate, on ONNX Runtime. Safe from several threads.</summary>
public sealed class Annotator : IDisposable
{
    internal Annotator() { }

    /// <summary>The package.</summary>
    public ModelPackage Package => throw new NotImplementedException();

    /// <summary>Loads a package file.</summary>
    public static Annotator Load(string path, AnnotatorOptions? options = null) => throw new NotImplementedException();

    /// <summary>Readies an opened package.</summary>
    public static Annotator Load(ModelPackage package, AnnotatorOptions? options = null) => throw new NotImplementedException();

    /// <summary>The tags of a file at or above the package's threshold.</summary>
    public Task<IReadOnlyList<Annotation>> AnnotateAsync(string file, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Runs one decoded picture.</summary>
    public PictureReading Read(Pixels picture) => throw new NotImplementedException();

    /// <summary>Runs a batch of stored planes.</summary>
    /// <param name="planes">[count, channels, height, width].</param>
    /// <param name="count">Pictures in it.</param>
    /// <param name="probabilities">[count, classes].</param>
    /// <param name="embeddings">[count, embedding length], or empty when not wanted.</param>
    public void Run(ReadOnlySpan<byte> planes, int count, Span<float> probabilities, Span<float> embeddings) => throw new NotImplementedException();

    /// <summary>The likeliest classes, whatever their probability.</summary>
    public IReadOnlyList<ClassPrediction> Top(ReadOnlySpan<float> probabilities, int count) => throw new NotImplementedException();

    /// <summary>The classes at or above the threshold, as annotations of this package.</summary>
    public IReadOnlyList<Annotation> TagsOf(ReadOnlySpan<float> probabilities) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() { }
}

using Pictor.Imaging;
using Pictor.Models.Packages;

namespace Pictor.Models.Annotators;

/// <summary>A package ready to annotate, on ONNX Runtime. Safe from several threads; disposing waits for nothing and breaks nothing: calls in flight end first.</summary>
public sealed class Annotator : IDisposable
{
    private readonly ModelSession _session;
    private readonly AnnotationSource _source;
    private readonly double[] _thresholds;

    internal Annotator(ModelPackage package, AnnotatorOptions options)
    {
        Package = package;
        _session = new ModelSession(package, options);
        _source = AnnotationSource.Package(package.Manifest.Name, package.Manifest.Version);
        _thresholds = [.. package.Labels.Select(label => package.Manifest.Thresholds?.TryGetValue(label.Id, out double own) == true ? own : package.Manifest.TagThreshold)];
    }

    /// <summary>The package.</summary>
    public ModelPackage Package { get; }

    /// <summary>Loads a package file.</summary>
    /// <exception cref="InputException">As <see cref="ModelPackage.Open"/>, or package.not-runnable: ONNX Runtime refuses the model.</exception>
    public static Annotator Load(string path, AnnotatorOptions? options = null)
    {
        ModelPackage package = ModelPackage.Open(path);
        int bytes = package.Onnx.Length;
        Annotator annotator = Load(package, options);

        // The session has its own copy; a server should not hold the file's bytes too.
        package.ReleaseOnnx();
        SpareMemory.GiveBack(bytes);
        return annotator;
    }

    /// <summary>Readies an opened package.</summary>
    /// <exception cref="InputException">package.not-runnable: ONNX Runtime refuses the model.</exception>
    public static Annotator Load(ModelPackage package, AnnotatorOptions? options = null) => new(package, options ?? new AnnotatorOptions());

    /// <summary>The tags of a file at or above the package's thresholds, likeliest first; a regressor gives none.</summary>
    /// <exception cref="InputException">The file cannot be read, or is no picture (<see cref="PictureException"/>).</exception>
    public async Task<IReadOnlyList<Annotation>> AnnotateAsync(string file, CancellationToken cancellationToken = default)
    {
        byte[] bytes = await PictureFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => TagsOf(Read(bytes, file).Probabilities), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decodes a picture file, shrinking it while reading as far as the input allows, and runs it.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The name that errors carry.</param>
    /// <exception cref="PictureException">Not a picture, damaged, or beyond the limits.</exception>
    public PictureReading Read(ReadOnlyMemory<byte> file, string name) =>
        Read(PictureReader.Decode(file, name, Package.Manifest.Input.DecodeOptions()));

    /// <summary>Runs one decoded picture.</summary>
    /// <exception cref="ObjectDisposedException">The annotator was disposed before.</exception>
    public PictureReading Read(Pixels picture)
    {
        var answer = new float[Package.Manifest.Classes];
        var embedding = new float[Package.Manifest.EmbeddingLength];
        _session.Run(picture, answer, embedding);
        return Package.Manifest.IsRegressor ? new PictureReading([], embedding) { Value = answer[0] } : new PictureReading(answer, embedding);
    }

    /// <summary>Runs a batch of stored planes, of any size; inside it goes in pieces that bound the memory.</summary>
    /// <param name="planes">[count, channels, height, width].</param>
    /// <param name="count">Pictures in it.</param>
    /// <param name="probabilities">[count, classes]; a regressor's values, [count, 1].</param>
    /// <param name="embeddings">[count, embedding length], or empty when not wanted.</param>
    /// <exception cref="ObjectDisposedException">The annotator was disposed before.</exception>
    public void Run(ReadOnlySpan<byte> planes, int count, Span<float> probabilities, Span<float> embeddings)
    {
        PackageManifest manifest = Package.Manifest;
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Length, (long)count * manifest.Input.Shape.Length, nameof(planes));
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, (long)count * manifest.Classes, nameof(probabilities));
        if (!embeddings.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(embeddings.Length, (long)count * manifest.EmbeddingLength, nameof(embeddings));
        _session.Run(planes, count, probabilities, embeddings);
    }

    /// <summary>The likeliest classes, whatever their probability; equal ones in the order of the classes. A regressor has none.</summary>
    /// <param name="probabilities">[classes].</param>
    /// <param name="count">How many; more than there are gives all.</param>
    public IReadOnlyList<ClassPrediction> Top(ReadOnlySpan<float> probabilities, int count)
    {
        if (Package.Manifest.IsRegressor)
            return [];
        int[] order = Order(probabilities);
        var top = new ClassPrediction[Math.Clamp(count, 0, order.Length)];
        for (int i = 0; i < top.Length; i++)
        {
            Label label = Package.Labels[order[i]];
            top[i] = new ClassPrediction(label.Name, label.Id, probabilities[order[i]]);
        }

        return top;
    }

    /// <summary>The classes at or above their thresholds (each its own, else the package's), as annotations of this package, likeliest first. A regressor has none.</summary>
    /// <param name="probabilities">[classes].</param>
    public IReadOnlyList<Annotation> TagsOf(ReadOnlySpan<float> probabilities)
    {
        if (Package.Manifest.IsRegressor)
            return [];
        var tags = new List<Annotation>();
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, Package.Manifest.Classes, nameof(probabilities));
        var sure = new List<(float Negative, int Index)>();
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] >= _thresholds[i])
                sure.Add((-probabilities[i], i));
        }

        sure.Sort();
        foreach ((_, int i) in sure)
        {
            Label label = Package.Labels[i];
            tags.Add(new Annotation(AnnotationKind.Tag, label.Name, label.Id, Math.Min(1.0, probabilities[i]), _source));
        }

        return tags;
    }

    /// <summary>No call can begin after this; the session is freed when the last one in flight has ended.</summary>
    public void Dispose() => _session.Dispose();

    private int[] Order(ReadOnlySpan<float> probabilities)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, Package.Manifest.Classes, nameof(probabilities));
        var order = new int[probabilities.Length];
        var keys = new (float Negative, int Index)[order.Length];
        for (int i = 0; i < order.Length; i++)
            (order[i], keys[i]) = (i, (-probabilities[i], i));
        Array.Sort(keys, order);
        return order;
    }
}

using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Labelled pictures in one of the formats that Pictor reads, opened by content. Reading is safe from several threads.</summary>
public sealed class Dataset : IDisposable
{
    private readonly ISampleReader _reader;

    internal Dataset(string path, string format, IReadOnlyList<Label> labels, IReadOnlyList<Sample> samples, IReadOnlyList<SkippedFile> skipped, string fingerprint, ISampleReader reader)
    {
        Path = path;
        Format = format;
        Labels = labels;
        Samples = samples;
        Skipped = skipped;
        Fingerprint = fingerprint;
        _reader = reader;
    }

    /// <summary>The path that was opened, absolute.</summary>
    public string Path { get; }

    /// <summary>idx, folder, zip, tar, csv, coco, voc, yolo, cifar or manifest.</summary>
    public string Format { get; }

    /// <summary>What it asks of a network.</summary>
    public DatasetTask Task { get; internal init; } = DatasetTask.SingleLabel;

    /// <summary>The classes, sorted by id (numerically where all ids are numbers); empty for <see cref="DatasetTask.Numeric"/>.</summary>
    public IReadOnlyList<Label> Labels { get; }

    /// <summary>The samples in a stable order, independent of the file system's.</summary>
    public IReadOnlyList<Sample> Samples { get; }

    /// <summary>Files that are no pictures by their first bytes; found while opening. Damage inside a picture is found when it is decoded.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; }

    /// <summary>What was put right or left out while opening, in sentences: boxes cut off at the edge, categories without a picture.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>Where the picture files are: the path that was opened, or for a manifest that of its base data set.</summary>
    internal string BasePath { get => field ?? Path; init; }

    /// <summary>Hex SHA-256 over relative names, classes, declared splits and contents: equal exactly for equal data, wherever it lies and however it is packed.</summary>
    public string Fingerprint { get; }

    /// <summary>Opens a folder, an archive, a table, an annotation file or a manifest.</summary>
    /// <exception cref="InputException">Nothing there, or nothing that is a data set: names what was found and what would be understood.</exception>
    public static Task<Dataset> OpenAsync(string path, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        System.Threading.Tasks.Task.Run(() => DatasetOpener.Open(path, progress, cancellationToken), cancellationToken);

    /// <summary>Decodes one sample, upright.</summary>
    /// <exception cref="InputException">The file is damaged or gone.</exception>
    public Pixels Read(Sample sample, DecodeOptions? options = null) => _reader.Read(sample, options);

    /// <summary>Size and colour of one sample by its header; no pixel is decoded.</summary>
    /// <exception cref="InputException">The file is damaged or gone.</exception>
    public PictureHeader ReadHeader(Sample sample) => _reader.ReadHeader(sample);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    /// <summary>The picture file as it is stored; null where the sample is a record of raw pixels.</summary>
    internal ReadOnlyMemory<byte>? FileOf(Sample sample) => _reader.FileOf(sample);

    internal (PictureHeader Header, Pixels Pixels) Examine(Sample sample, DecodeOptions options) => _reader.Examine(sample, options);

    internal ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape) => _reader.RawPlanes(sample, shape);
}

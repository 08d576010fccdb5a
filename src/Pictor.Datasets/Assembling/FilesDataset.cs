using Pictor.Datasets.Files;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>A data set over picture files on disk that somebody else keeps the labels of, such as a library.</summary>
public static class FilesDataset
{
    /// <summary>Puts it together; no file is read before it is asked for.</summary>
    /// <param name="path">Where it comes from, for messages: absolute.</param>
    /// <param name="format">What that is.</param>
    /// <param name="task">What it asks of a network.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="samples">Absolute files with their SHA-256; classes are positions in <paramref name="labels"/>, indices their places in this list.</param>
    public static Dataset Create(string path, string format, DatasetTask task, IReadOnlyList<Label> labels, IReadOnlyList<Sample> samples)
    {
        string fingerprint = Assembling.ContentFingerprint.Of(task, labels, samples, i => Path.GetFileName(samples[i].File));
        return new Dataset(path, format, labels, samples, [], fingerprint, new Reader()) { Task = task };
    }

    private sealed class Reader : ISampleReader
    {
        public Pixels Read(Sample sample, DecodeOptions? options) => PictureReader.Decode(DiskFile.Read(sample.File), sample.File, options);

        public ReadOnlyMemory<byte>? FileOf(Sample sample) => DiskFile.Read(sample.File);

        public PictureHeader ReadHeader(Sample sample) => PictureReader.ReadHeader(DiskFile.Read(sample.File), sample.File);

        public (PictureHeader Header, Pixels Pixels) Examine(Sample sample, DecodeOptions? options)
        {
            byte[] file = DiskFile.Read(sample.File);
            return (PictureReader.ReadHeader(file, sample.File), PictureReader.Decode(file, sample.File, options));
        }

        public ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape) => [];

        public void Dispose()
        {
        }
    }
}

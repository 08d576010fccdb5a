using Pictor.Datasets.Files;
using Pictor.Imaging;

namespace Pictor.Datasets.Folders;

/// <summary>Samples that are picture files.</summary>
internal sealed class FileReader(IFileSet files, int[] fileOf) : ISampleReader
{
    public Pixels Read(Sample sample, DecodeOptions? options) => PictureReader.Decode(files.Read(fileOf[sample.Index]), sample.File, options);

    public ReadOnlyMemory<byte>? FileOf(Sample sample) => files.Read(fileOf[sample.Index]);

    public PictureHeader ReadHeader(Sample sample) => PictureReader.ReadHeader(files.Read(fileOf[sample.Index]), sample.File);

    public (PictureHeader Header, Pixels Pixels) Examine(Sample sample, DecodeOptions? options)
    {
        ReadOnlyMemory<byte> file = files.Read(fileOf[sample.Index]);
        return (PictureReader.ReadHeader(file, sample.File), PictureReader.Decode(file, sample.File, options));
    }

    public ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape) => [];

    public void Dispose() => files.Dispose();
}

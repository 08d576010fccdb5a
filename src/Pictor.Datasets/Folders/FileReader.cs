using Pictor.Datasets.Files;
using Pictor.Imaging;

namespace Pictor.Datasets.Folders;

/// <summary>Samples that are picture files.</summary>
internal sealed class FileReader(IFileSet files, int[] fileOf) : ISampleReader
{
    public Pixels Read(Sample sample, DecodeOptions? options) => PictureReader.Decode(files.Read(fileOf[sample.Index]), sample.File, options);

    public PictureHeader ReadHeader(Sample sample) => PictureReader.ReadHeader(files.Read(fileOf[sample.Index]), sample.File);

    public ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape) => [];

    public void Dispose() => files.Dispose();
}

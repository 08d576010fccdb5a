using Pictor.Datasets.Files;
using Pictor.Imaging;

namespace Pictor.Datasets.Idx;

/// <summary>Samples that are records of IDX files.</summary>
internal sealed class IdxReader(IFileSet files, IdxFile[] parts) : ISampleReader
{
    private readonly int _height = parts[0].Dimensions[1];
    private readonly int _width = parts[0].Dimensions[2];

    public Pixels Read(Sample sample, DecodeOptions? options) => new(_width, _height, 1, RecordOf(sample.Index).ToArray());

    public ReadOnlyMemory<byte>? FileOf(Sample sample) => null;

    public PictureHeader ReadHeader(Sample sample) => new(PictureFormat.Unknown, _width, _height, Orientation: 1, Grey: true);

    public (PictureHeader Header, Pixels Pixels) Examine(Sample sample, DecodeOptions? options) => (ReadHeader(sample), Read(sample, options));

    public ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape) =>
        shape == new PictureShape(1, _height, _width) ? RecordOf(sample) : [];

    public void Dispose() => files.Dispose();

    private ReadOnlySpan<byte> RecordOf(int sample)
    {
        foreach (IdxFile part in parts)
        {
            if (sample < part.Count)
                return part.Data.AsSpan(sample * _height * _width, _height * _width);
            sample -= part.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(sample));
    }
}

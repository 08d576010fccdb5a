using Pictor.Imaging;

namespace Pictor.Datasets.Manifests;

/// <summary>Samples that are chosen ones of another data set.</summary>
internal sealed class MappedReader(Dataset basis, int[] baseOf) : ISampleReader
{
    public Pixels Read(Sample sample, DecodeOptions? options) => basis.Read(In(sample), options);

    public ReadOnlyMemory<byte>? FileOf(Sample sample) => basis.FileOf(In(sample));

    public PictureHeader ReadHeader(Sample sample) => basis.ReadHeader(In(sample));

    public (PictureHeader Header, Pixels Pixels) Examine(Sample sample, DecodeOptions? options) => basis.Examine(In(sample), options ?? DecodeOptions.Default);

    public ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape) => basis.RawPlanes(baseOf[sample], shape);

    public void Dispose() => basis.Dispose();

    private Sample In(Sample sample) => basis.Samples[baseOf[sample.Index]];
}

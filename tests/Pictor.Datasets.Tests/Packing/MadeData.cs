using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

/// <summary>Data sets of noise, of any task, without files.</summary>
internal static class MadeData
{
    public static Preprocessing Plain(PictureShape shape) => new(shape, ResizePolicy.Stretch, new float[shape.Channels], [.. Enumerable.Repeat(1f, shape.Channels)]);

    public static Task<PackedStore> StoreAsync(PictureShape shape, DatasetTask task, int classes, IReadOnlyList<Sample> samples, long budget = PackedStore.DefaultMemoryBudget)
    {
        Label[] labels = [.. Enumerable.Range(0, classes).Select(i => new Label($"{i}", $"{i}"))];
        var data = new Dataset("made", "made", labels, samples, [], "made", new Reader(shape)) { Task = task };
        return PackedStore.BuildAsync(data, [.. Enumerable.Range(0, samples.Count)], Plain(shape), budget);
    }

    /// <summary>Samples of single classes, so many of each.</summary>
    public static Sample[] Single(params int[] perClass) =>
        [.. perClass.SelectMany((n, c) => Enumerable.Repeat(c, n)).Select((c, i) => new Sample(i, $"{i}", c, null, $"{i}"))];

    public static Sample Multi(int index, params int[] classes) => new(index, $"{index}", classes.Length == 0 ? -1 : classes[0], null, $"{index}") { Classes = classes };

    private sealed class Reader(PictureShape shape) : ISampleReader
    {
        public Pixels Read(Sample sample, DecodeOptions? options) => new(shape.Width, shape.Height, shape.Channels, Noise.Picture(sample.Index, shape));

        public ReadOnlyMemory<byte>? FileOf(Sample sample) => null;

        public PictureHeader ReadHeader(Sample sample) => throw new NotSupportedException();

        public (PictureHeader Header, Pixels Pixels) Examine(Sample sample, DecodeOptions? options) => throw new NotSupportedException();

        public ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape) => [];

        public void Dispose()
        {
        }
    }
}

using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>A sheet that shows what an augmentation does: one row a picture, the original first; below them rows of mixed pairs, where pictures are mixed.</summary>
public static class AugmentationPreview
{
    private const int LongestSide = 96;
    private const int Gap = 4;
    private const int GapAfterOriginal = 14;
    private const byte Paper = 250;
    private const int MixedRows = 2;

    /// <summary>Draws the sheet as pixels.</summary>
    /// <param name="data">The pictures; the rows go through the classes in order, each with a picture that the seed picks.</param>
    /// <param name="augmentation">What to show.</param>
    /// <param name="rows">Pictures, 1..100; fewer where the data set has fewer.</param>
    /// <param name="columns">The original and so many less one variants, 2..100.</param>
    /// <param name="seed">Of the choice and of the changes.</param>
    /// <exception cref="InputException">The augmentation is out of range, or no picture could be decoded.</exception>
    public static Pixels Draw(Dataset data, Augmentation augmentation, int rows = 8, int columns = 9, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 100);

        List<(Sample Sample, Pixels Pixels)> chosen = Choose(data, rows, seed);
        PictureShape shape = ShapeFor(chosen.ConvertAll(c => c.Pixels));
        var preprocessing = new Preprocessing(shape, ResizePolicy.CentreCrop, new float[shape.Channels], [.. Enumerable.Repeat(1f, shape.Channels)]);
        var augmenter = new Augmenter(augmentation, shape, seed);
        int zoom = Math.Max(1, LongestSide / Math.Max(shape.Width, shape.Height));
        int tileWidth = shape.Width * zoom, tileHeight = shape.Height * zoom;
        int mixedRows = augmentation.IsMixing ? Math.Min(MixedRows, chosen.Count) : 0;
        var sheet = new Canvas(Gap + (columns * (tileWidth + Gap)) + GapAfterOriginal - Gap, Gap + ((chosen.Count + mixedRows) * (tileHeight + Gap)), shape.Channels);
        byte[][] originals = [.. chosen.Select(_ => new byte[shape.Length])];
        var changed = new byte[shape.Length];
        for (int row = 0; row < chosen.Count + mixedRows; row++)
        {
            int picture = row % chosen.Count, y = Gap + (row * (tileHeight + Gap));
            preprocessing.ToPlanes(chosen[picture].Pixels, originals[picture]);
            sheet.Draw(originals[picture], shape, Gap, y, zoom);
            for (int column = 1; column < columns; column++)
            {
                augmenter.Apply(originals[picture], changed, epoch: column, chosen[picture].Sample.Index);
                if (row >= chosen.Count)
                    MixInto(changed, augmenter, shape, originals, chosen.ConvertAll(c => c.Sample.Index), picture, column, seed);
                sheet.Draw(changed, shape, Gap + tileWidth + GapAfterOriginal + ((column - 1) * (tileWidth + Gap)), y, zoom);
            }
        }

        return sheet.Pixels;
    }

    /// <summary>As a batch would, but always, and with another picture of the sheet, the next one each time.</summary>
    private static void MixInto(byte[] own, Augmenter augmenter, PictureShape shape, byte[][] originals, List<int> samples, int picture, int epoch, int seed)
    {
        int others = originals.Length - 1, partner = others == 0 ? picture : (picture + 1 + ((epoch - 1) % others)) % originals.Length;
        var other = new byte[shape.Length];
        augmenter.Apply(originals[partner], other, epoch, samples[partner]);
        PictureMixer.Apply(own, other, shape, Mix.Of(augmenter.Augmentation with { MixProbability = 1 }, shape, originals.Length, seed, epoch, samples[picture]));
    }

    private static List<(Sample Sample, Pixels Pixels)> Choose(Dataset data, int rows, int seed)
    {
        var chosen = new List<(Sample, Pixels)>();
        Sample[][] classes = [.. data.Samples.GroupBy(s => s.Class).OrderBy(g => g.Key).Select(g => g.OrderBy(s => new CounterRandom(seed, s.Index).Next()).ToArray())];
        InputException? last = null;
        for (int round = 0; chosen.Count < rows && Array.Exists(classes, c => c.Length > round); round++)
        {
            foreach (Sample[] samples in classes.Where(c => c.Length > round))
            {
                if (chosen.Count == rows)
                    break;
                try
                {
                    chosen.Add((samples[round], data.Read(samples[round], new DecodeOptions { ShortSideAtLeast = LongestSide })));
                }
                catch (InputException e)
                {
                    last = e;
                }
            }
        }

        return chosen.Count > 0 ? chosen : throw last ?? new InputException(data.Path, "There is no picture", DatasetOpener.Understood);
    }

    /// <summary>Small pictures of one size are shown as they are; everything else as squares.</summary>
    private static PictureShape ShapeFor(List<Pixels> pictures)
    {
        int channels = pictures.Exists(p => p.Channels == 3) ? 3 : 1;
        (int width, int height) = (pictures[0].Width, pictures[0].Height);
        return pictures.TrueForAll(p => p.Width == width && p.Height == height) && Math.Max(width, height) <= LongestSide
            ? new PictureShape(channels, height, width)
            : new PictureShape(channels, LongestSide, LongestSide);
    }

    private sealed class Canvas
    {
        public Canvas(int width, int height, int channels)
        {
            Pixels = new Pixels(width, height, channels, new byte[width * height * channels]);
            Pixels.Data.AsSpan().Fill(Paper);
        }

        public Pixels Pixels { get; }

        public void Draw(ReadOnlySpan<byte> planes, PictureShape shape, int left, int top, int zoom)
        {
            for (int y = 0; y < shape.Height * zoom; y++)
            {
                for (int x = 0; x < shape.Width * zoom; x++)
                {
                    int to = ((((top + y) * Pixels.Width) + left + x) * Pixels.Channels), from = (y / zoom * shape.Width) + (x / zoom);
                    for (int c = 0; c < shape.Channels; c++)
                        Pixels.Data[to + c] = planes[(c * shape.Height * shape.Width) + from];
                }
            }
        }
    }
}

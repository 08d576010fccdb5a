using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>What one thread has counted: histograms of grey pictures and of colour pictures.</summary>
internal sealed class ValueCounts
{
    public long[] Grey { get; } = new long[256];

    public long[] Colour { get; } = new long[3 * 256];

    public int GreyPictures { get; set; }

    public int ColourPictures { get; set; }

    /// <summary>Counts the picture, and its pixels where it belongs to the part that the statistics are of.</summary>
    public void Add(Pixels pixels, bool withPixels)
    {
        if (pixels.Channels == 1)
            GreyPictures++;
        else
            ColourPictures++;
        if (!withPixels)
            return;
        if (pixels.Channels == 1)
        {
            foreach (byte v in pixels.Data)
                Grey[v]++;
            return;
        }

        long[] colour = Colour;
        byte[] data = pixels.Data;
        for (int i = 0; i + 2 < data.Length; i += 3)
        {
            colour[data[i]]++;
            colour[256 + data[i + 1]]++;
            colour[512 + data[i + 2]]++;
        }
    }
}

/// <summary>What is known after all pictures were looked at.</summary>
internal sealed class Survey(int samples)
{
    private readonly ValueCounts _total = new();
    private readonly Lock _gate = new();

    /// <summary>Size by sample; zero where it could not be decoded.</summary>
    public (int Width, int Height)[] Sizes { get; } = new (int, int)[samples];

    /// <summary>Failure by sample.</summary>
    public SkippedFile?[] Failures { get; } = new SkippedFile?[samples];

    public int GreyPictures => _total.GreyPictures;

    /// <summary>1 when every picture is grey, else 3.</summary>
    public int Channels => _total.ColourPictures > 0 ? 3 : 1;

    public void Merge(ValueCounts counts)
    {
        lock (_gate)
        {
            for (int i = 0; i < _total.Grey.Length; i++)
                _total.Grey[i] += counts.Grey[i];
            for (int i = 0; i < _total.Colour.Length; i++)
                _total.Colour[i] += counts.Colour[i];
            _total.GreyPictures += counts.GreyPictures;
            _total.ColourPictures += counts.ColourPictures;
        }
    }

    /// <summary>Mean and deviation; among colour pictures a grey one counts in all three channels, as networks get it.</summary>
    public (float[] Mean, float[] Std) Statistics()
    {
        if (Channels == 1)
            return PlaneStatistics.From(_total.Grey, 1);
        long[] all = [.. _total.Colour];
        for (int i = 0; i < all.Length; i++)
            all[i] += _total.Grey[i % 256];
        return PlaneStatistics.From(all, 3);
    }
}

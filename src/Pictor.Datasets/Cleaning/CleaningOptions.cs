using Pictor.Imaging;

namespace Pictor.Datasets.Cleaning;

/// <summary>
/// What counts as odd. A picture is called dark, bright, blurry, small or long only when it is beyond an absolute bound AND far from what is usual in its own set:
/// digits on black are dark by nature, icons are small by nature, and neither is a fault when all of them are.
/// </summary>
public sealed record CleaningOptions
{
    /// <summary>Robust deviations (1.4826 x median absolute deviation) from the set's median that make an outlier. <value>4.</value></summary>
    public double Deviations { get; init; } = 4;

    /// <summary>Dark: the luma that 98 % of the pixels stay below, 0..255. <value>70.</value></summary>
    public double DarkBelow { get; init; } = 70;

    /// <summary>Bright: the luma that 98 % of the pixels stay above, 0..255. <value>185.</value></summary>
    public double BrightAbove { get; init; } = 185;

    /// <summary>Blurry: the decimal logarithm of sharpness (see <see cref="PictureFacts.Sharpness"/>). <value>-1.6.</value></summary>
    public double BlurryBelow { get; init; } = -1.6;

    /// <summary>Nearly uniform: standard deviation of luma, 0..255. <value>5.</value></summary>
    public double FlatBelow { get; init; } = 5;

    /// <summary>Nearly uniform as well: bits of information in the histogram of luma (64 bins), 0..6. <value>0.25.</value></summary>
    public double EntropyBelow { get; init; } = 0.25;

    /// <summary>Small: the shorter side in pixels. <value>100.</value></summary>
    public int SmallBelow { get; init; } = 100;

    /// <summary>Small as well needs: this share of the set's median shorter side. <value>0.34.</value></summary>
    public double SmallShare { get; init; } = 0.34;

    /// <summary>Long: the longer side over the shorter. <value>3.</value></summary>
    public double LongAbove { get; init; } = 3;

    /// <summary>Long as well needs: so many times the set's median ratio of width and height, or a fraction of it. <value>2.</value></summary>
    public double LongTimes { get; init; } = 2;

    /// <summary>How duplicates are told.</summary>
    public DuplicateOptions Duplicates { get; init; } = new();
}

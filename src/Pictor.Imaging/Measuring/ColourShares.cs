namespace Pictor.Imaging;

/// <summary>
/// Which share of a picture has which named colour. Each pixel goes to OKLab (Ottosson 2020), where equal distances look about equally large, and is named there by lightness, chroma
/// and hue: brown is dark orange, pink is light red, and what is too pale has no name. The borders between the names were set by the named colours of CSS and by looking.
/// </summary>
public sealed class ColourShares
{
    private const int WorkingSide = 128;
    private const int Names = (int)NamedColour.Purple + 1;

    // JPEG leaves a little chroma in pictures without any.
    private const float Colourless = 0.02f;

    private static readonly float[] s_linear = [.. Enumerable.Range(0, 256).Select(v => (float)(v <= 10 ? v / 255.0 / 12.92 : Math.Pow(((v / 255.0) + 0.055) / 1.055, 2.4)))];

    // Pixels at a time: their values stay in the nearest cache.
    private const int Block = 256;

    // The borders between hues, in degrees.
    private static readonly float s_20 = OklabColours.Turn(20), s_40 = OklabColours.Turn(40), s_80 = OklabColours.Turn(80), s_100 = OklabColours.Turn(100), s_118 = OklabColours.Turn(118),
        s_190 = OklabColours.Turn(190), s_285 = OklabColours.Turn(285), s_320 = OklabColours.Turn(320), s_345 = OklabColours.Turn(345);

    private readonly double[] _shares = new double[Names];

    private ColourShares()
    {
    }

    /// <summary>The share of pixels that have this colour, 0..1.</summary>
    public double this[NamedColour colour] => _shares[(int)colour];

    /// <summary>The share of pixels that show no colour at all; 1 for a black-and-white picture.</summary>
    public double WithoutColour { get; private init; }

    /// <summary>Measures.</summary>
    /// <param name="pixels">Decoded, perhaps shrunk while reading.</param>
    public static ColourShares Of(Pixels pixels)
    {
        Pixels small = Resizer.Fit(pixels, WorkingSide);
        int count = small.Width * small.Height, colourless = 0, step = small.Channels == 1 ? 0 : 1;
        Span<int> counts = stackalloc int[Names];
        counts.Clear();
        Span<float> a = stackalloc float[Block], b = stackalloc float[Block], c = stackalloc float[Block];
        for (int start = 0; start < count; start += Block)
        {
            int n = Math.Min(Block, count - start);
            for (int i = 0; i < n; i++)
            {
                int at = (start + i) * small.Channels;
                (a[i], b[i], c[i]) = (s_linear[small.Data[at]], s_linear[small.Data[at + step]], s_linear[small.Data[at + (2 * step)]]);
            }

            OklabColours.FromLinear(a, b, c);
            for (int i = 0; i < n; i++)
            {
                float chroma = (b[i] * b[i]) + (c[i] * c[i]);
                counts[(int)NameOf(a[i], b[i], c[i], chroma)]++;
                colourless += chroma < Colourless * Colourless ? 1 : 0;
            }
        }

        var shares = new ColourShares { WithoutColour = (double)colourless / count };
        for (int k = 0; k < Names; k++)
            shares._shares[k] = (double)counts[k] / count;
        return shares;
    }

    /// <summary>The name of one sRGB colour.</summary>
    public static NamedColour NameOf(byte red, byte green, byte blue)
    {
        Span<float> a = [s_linear[red]], b = [s_linear[green]], c = [s_linear[blue]];
        OklabColours.FromLinear(a, b, c);
        return NameOf(a[0], b[0], c[0], (b[0] * b[0]) + (c[0] * c[0]));
    }

    // Chroma squared, and a turn in place of the hue: neither a root nor an arc tangent for a pixel.
    private static NamedColour NameOf(float lightness, float x, float y, float chroma)
    {
        if (lightness < 0.24f && chroma < 0.05f * 0.05f)
            return NamedColour.Black;
        if (chroma < 0.035f * 0.035f)
            return lightness > 0.92f ? NamedColour.White : NamedColour.Grey;
        if (chroma < 0.06f * 0.06f)
            return NamedColour.None;
        float turn = OklabColours.Turn(x, y);
        if (turn < s_20)
            return lightness >= 0.65f ? NamedColour.Pink : NamedColour.Red;
        if (turn < s_40)
            return lightness >= 0.72f ? NamedColour.Pink : chroma >= 0.1f * 0.1f ? NamedColour.Red : NamedColour.Brown;
        if (turn < s_80)
            return lightness < 0.62f || (lightness < 0.7f && chroma < 0.12f * 0.12f) ? NamedColour.Brown : chroma >= 0.12f * 0.12f ? NamedColour.Orange : NamedColour.None;
        if (turn < s_118)
            return lightness >= 0.75f ? chroma >= 0.08f * 0.08f ? NamedColour.Yellow : NamedColour.None : turn < s_100 ? NamedColour.Brown : NamedColour.Green;
        if (turn < s_190)
            return NamedColour.Green;
        if (turn < s_285)
            return NamedColour.Blue;
        if (turn < s_345)
            return lightness >= 0.75f && turn >= s_320 ? NamedColour.Pink : NamedColour.Purple;
        return lightness >= 0.5f ? NamedColour.Pink : NamedColour.Purple;
    }
}

namespace Pictor.Imaging;

/// <summary>
/// Which share of a picture has which named colour. Each pixel goes to OKLab (Ottosson 2020), where equal distances look about equally large, and is named there by lightness, chroma
/// and hue: brown is dark orange, pink is light red, and what is too pale has no name. The borders between the names were set by the named colours of CSS and by looking.
/// </summary>
public sealed class ColourShares
{
    private const int WorkingSide = 128;

    // JPEG leaves a little chroma in pictures without any.
    private const float Colourless = 0.02f;

    private static readonly float[] s_linear = [.. Enumerable.Range(0, 256).Select(v => (float)(v <= 10 ? v / 255.0 / 12.92 : Math.Pow(((v / 255.0) + 0.055) / 1.055, 2.4)))];

    private readonly double[] _shares = new double[Enum.GetValues<NamedColour>().Length];

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
        int count = small.Width * small.Height, colourless = 0;
        var counts = new int[Enum.GetValues<NamedColour>().Length];
        for (int i = 0; i < count; i++)
        {
            int at = i * small.Channels, step = small.Channels == 1 ? 0 : 1;
            (float lightness, float chroma, float hue) = OklchOf(small.Data[at], small.Data[at + step], small.Data[at + (2 * step)]);
            counts[(int)NameOf(lightness, chroma, hue)]++;
            colourless += chroma < Colourless ? 1 : 0;
        }

        var shares = new ColourShares { WithoutColour = (double)colourless / count };
        for (int c = 0; c < counts.Length; c++)
            shares._shares[c] = (double)counts[c] / count;
        return shares;
    }

    /// <summary>The name of one sRGB colour.</summary>
    public static NamedColour NameOf(byte red, byte green, byte blue)
    {
        (float lightness, float chroma, float hue) = OklchOf(red, green, blue);
        return NameOf(lightness, chroma, hue);
    }

    private static (float Lightness, float Chroma, float Hue) OklchOf(byte red, byte green, byte blue)
    {
        float r = s_linear[red], g = s_linear[green], b = s_linear[blue];
        float l = MathF.Cbrt((0.4122214708f * r) + (0.5363325363f * g) + (0.0514459929f * b));
        float m = MathF.Cbrt((0.2119034982f * r) + (0.6806995451f * g) + (0.1073969566f * b));
        float s = MathF.Cbrt((0.0883024619f * r) + (0.2817188376f * g) + (0.6299787005f * b));
        float lightness = (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s);
        float x = (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s);
        float y = (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s);
        float hue = MathF.Atan2(y, x) * (180 / MathF.PI);
        return (lightness, MathF.Sqrt((x * x) + (y * y)), hue < 0 ? hue + 360 : hue);
    }

    private static NamedColour NameOf(float lightness, float chroma, float hue)
    {
        if (lightness < 0.24f && chroma < 0.05f)
            return NamedColour.Black;
        if (chroma < 0.035f)
            return lightness > 0.92f ? NamedColour.White : NamedColour.Grey;
        if (chroma < 0.06f)
            return NamedColour.None;
        return hue switch
        {
            < 20 => lightness >= 0.65f ? NamedColour.Pink : NamedColour.Red,
            < 40 => lightness >= 0.72f ? NamedColour.Pink : chroma >= 0.1f ? NamedColour.Red : NamedColour.Brown,
            < 80 => lightness < 0.62f || (lightness < 0.7f && chroma < 0.12f) ? NamedColour.Brown : chroma >= 0.12f ? NamedColour.Orange : NamedColour.None,
            < 118 => lightness >= 0.75f ? chroma >= 0.08f ? NamedColour.Yellow : NamedColour.None : hue < 100 ? NamedColour.Brown : NamedColour.Green,
            < 190 => NamedColour.Green,
            < 285 => NamedColour.Blue,
            < 345 => lightness >= 0.75f && hue >= 320 ? NamedColour.Pink : NamedColour.Purple,
            _ => lightness >= 0.5f ? NamedColour.Pink : NamedColour.Purple,
        };
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

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

    // Beside its name, a pixel has no colour at all.
    private const int Plain = 16;

    // The borders between hues, in degrees.
    private static readonly float s_20 = OklabColours.TurnOf(20), s_40 = OklabColours.TurnOf(40), s_80 = OklabColours.TurnOf(80), s_100 = OklabColours.TurnOf(100), s_118 = OklabColours.TurnOf(118),
        s_190 = OklabColours.TurnOf(190), s_285 = OklabColours.TurnOf(285), s_320 = OklabColours.TurnOf(320), s_345 = OklabColours.TurnOf(345);

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
        Span<int> counts = stackalloc int[Names], names = stackalloc int[Block];
        counts.Clear();
        ReadOnlySpan<byte> data = small.Data;
        ReadOnlySpan<float> linear = s_linear;
        Span<float> red = stackalloc float[Block], green = stackalloc float[Block], blue = stackalloc float[Block];
        for (int start = 0; start < count; start += Block)
        {
            int n = Math.Min(Block, count - start);
            for (int i = 0, at = start * small.Channels; i < n; i++, at += small.Channels)
            {
                red[i] = linear[data[at]];
                green[i] = linear[data[at + step]];
                blue[i] = linear[data[at + (2 * step)]];
            }

            // Behind the last pixel stands what was there before; it is not counted.
            for (int i = 0; i < n; i += Vector<float>.Count)
            {
                OklabColours colours = OklabColours.From(new Vector<float>(red[i..]), new Vector<float>(green[i..]), new Vector<float>(blue[i..]));
                Vector<int> named = NamesOf(colours);
                Vector<int> plain = Vector.LessThan(colours.SquaredChroma, new Vector<float>(Colourless * Colourless)) & new Vector<int>(Plain);
                (named | plain).CopyTo(names[i..]);
            }

            foreach (int name in names[..n])
            {
                counts[name & ~Plain]++;
                colourless += name / Plain;
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
        var colour = OklabColours.From(new Vector<float>(s_linear[red]), new Vector<float>(s_linear[green]), new Vector<float>(s_linear[blue]));
        return (NamedColour)NamesOf(colour)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> NamesOf(OklabColours colours)
    {
        Vector<float> lightness = colours.Lightness, chroma = colours.SquaredChroma, turn = colours.Turn;
        Vector<int> name = Either(Vector.GreaterThanOrEqual(lightness, new(0.5f)), NamedColour.Pink, NamedColour.Purple);
        name = Where(turn, s_345, Either(Light(0.75f) & Vector.GreaterThanOrEqual(turn, new(s_320)), NamedColour.Pink, NamedColour.Purple), name);
        name = Where(turn, s_285, Every(NamedColour.Blue), name);
        name = Where(turn, s_190, Every(NamedColour.Green), name);
        Vector<int> pale = Either(Strong(0.08f), NamedColour.Yellow, NamedColour.None), deep = Either(Vector.LessThan(turn, new(s_100)), NamedColour.Brown, NamedColour.Green);
        name = Where(turn, s_118, Vector.ConditionalSelect(Light(0.75f), pale, deep), name);
        Vector<int> isBrown = Vector.OnesComplement(Light(0.62f)) | Vector.AndNot(Vector.OnesComplement(Light(0.7f)), Strong(0.12f));
        name = Where(turn, s_80, Vector.ConditionalSelect(isBrown, Every(NamedColour.Brown), Either(Strong(0.12f), NamedColour.Orange, NamedColour.None)), name);
        name = Where(turn, s_40, Vector.ConditionalSelect(Light(0.72f), Every(NamedColour.Pink), Either(Strong(0.1f), NamedColour.Red, NamedColour.Brown)), name);
        name = Where(turn, s_20, Either(Light(0.65f), NamedColour.Pink, NamedColour.Red), name);

        name = Vector.ConditionalSelect(Strong(0.06f), name, Every(NamedColour.None));
        name = Vector.ConditionalSelect(Strong(0.035f), name, Either(Vector.GreaterThan(lightness, new(0.92f)), NamedColour.White, NamedColour.Grey));
        return Vector.ConditionalSelect(Light(0.24f) | Strong(0.05f), name, Every(NamedColour.Black));

        Vector<int> Light(float least) => Vector.GreaterThanOrEqual(lightness, new Vector<float>(least));
        Vector<int> Strong(float least) => Vector.GreaterThanOrEqual(chroma, new Vector<float>(least * least));
    }

    private static Vector<int> Every(NamedColour name) => new((int)name);

    private static Vector<int> Either(Vector<int> condition, NamedColour yes, NamedColour no) => Vector.ConditionalSelect(condition, Every(yes), Every(no));

    private static Vector<int> Where(Vector<float> turn, float border, Vector<int> before, Vector<int> behind) => Vector.ConditionalSelect(Vector.LessThan(turn, new Vector<float>(border)), before, behind);
}

using System.Globalization;
using System.Numerics;

namespace Pictor.Datasets.Rendering;

/// <summary>A written sign as strokes of a pen, on a field 100 high and as wide as it is. Drawn for this project: no font is read.</summary>
/// <param name="Lines">Each a chain of points.</param>
/// <param name="Width">In hundredths of the height.</param>
internal sealed record Glyph(IReadOnlyList<Vector2[]> Lines, float Width)
{
    /// <summary>Reads the notation of <see cref="Strokes"/>.</summary>
    public static Glyph Parse(string text, float? width = null)
    {
        var lines = new List<Vector2[]>();
        foreach (string line in text.Split(';'))
        {
            bool smooth = line.StartsWith('~');
            Vector2[] points = [.. line.TrimStart('~').Split(' ').Select(Point)];
            lines.Add(smooth ? Outlines.Smooth(points) : points);
        }

        return new Glyph(lines, width ?? lines.Max(l => l.Max(p => p.X)));
    }

    private static Vector2 Point(string text)
    {
        string[] parts = text.Split(',');
        return new Vector2(float.Parse(parts[0], CultureInfo.InvariantCulture), float.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}

/// <summary>
/// Digits, capital letters and some Chinese characters as pen strokes: points "x,y" of a stroke with blanks between, strokes divided by semicolons,
/// a tilde before a stroke that bends smoothly through its points.
/// </summary>
internal static class Strokes
{
    private static readonly Dictionary<char, Glyph> s_glyphs = new()
    {
        ['0'] = Glyph.Parse("~30,0 51,15 60,50 51,85 30,100 9,85 0,50 9,15 30,0"),
        ['1'] = Glyph.Parse("6,22 32,0 32,100", 50),
        ['2'] = Glyph.Parse("~2,24 10,8 30,0 52,8 57,26 48,46 26,72 0,100;0,100 60,100"),
        ['3'] = Glyph.Parse("~3,13 28,0 52,10 56,26 46,42 24,47;~24,47 50,53 60,72 52,92 28,100 0,87"),
        ['4'] = Glyph.Parse("46,100 46,0 0,68 64,68"),
        ['5'] = Glyph.Parse("54,0 10,0 6,46;~6,46 28,37 52,46 60,68 50,92 26,100 0,89"),
        ['6'] = Glyph.Parse("~50,2 26,17 7,45 0,70 8,92 30,100 52,92 60,70 52,50 30,42 10,50 1,66"),
        ['7'] = Glyph.Parse("0,0 58,0 20,100"),
        ['8'] = Glyph.Parse("~30,0 50,8 54,24 46,40 30,46 14,40 6,24 10,8 30,0;~30,46 52,54 60,73 52,92 30,100 8,92 0,73 8,54 30,46"),
        ['9'] = Glyph.Parse("~10,98 34,83 53,55 60,30 52,8 30,0 8,8 0,30 8,50 30,58 50,50 59,34"),
        ['A'] = Glyph.Parse("0,100 35,0 70,100;13,64 57,64"),
        ['B'] = Glyph.Parse("0,0 0,100;0,0 30,0;~30,0 50,7 56,24 50,41 30,48;0,48 34,48;~34,48 56,56 62,74 56,92 34,100;0,100 34,100"),
        ['C'] = Glyph.Parse("~66,16 40,0 12,14 0,50 12,86 40,100 66,84"),
        ['D'] = Glyph.Parse("0,0 0,100;0,0 26,0;~26,0 56,14 68,50 56,86 26,100;0,100 26,100"),
        ['E'] = Glyph.Parse("56,0 0,0 0,100 56,100;0,48 48,48"),
        ['F'] = Glyph.Parse("56,0 0,0 0,100;0,48 48,48"),
        ['G'] = Glyph.Parse("~66,16 40,0 12,14 0,50 12,86 40,100 68,88;68,88 68,54 42,54"),
        ['H'] = Glyph.Parse("0,0 0,100;64,0 64,100;0,48 64,48"),
        ['I'] = Glyph.Parse("6,0 6,100", 12),
        ['L'] = Glyph.Parse("0,0 0,100 52,100"),
        ['M'] = Glyph.Parse("0,100 0,0 40,66 80,0 80,100"),
        ['N'] = Glyph.Parse("0,100 0,0 64,100 64,0"),
        ['O'] = Glyph.Parse("~38,0 65,15 76,50 65,85 38,100 11,85 0,50 11,15 38,0"),
        ['P'] = Glyph.Parse("0,0 0,100;0,0 32,0;~32,0 54,8 61,27 54,46 32,54;0,54 32,54"),
        ['R'] = Glyph.Parse("0,0 0,100;0,0 32,0;~32,0 54,8 61,27 54,46 32,54;0,54 32,54;30,54 64,100"),
        ['S'] = Glyph.Parse("~58,14 34,0 8,8 4,28 16,43 44,55 60,72 52,92 28,100 0,86"),
        ['T'] = Glyph.Parse("0,0 68,0;34,0 34,100"),
        ['U'] = Glyph.Parse("0,0 0,64;~0,64 8,90 32,100 56,90 64,64;64,64 64,0"),
        ['W'] = Glyph.Parse("0,0 22,100 46,20 70,100 92,0"),
        ['人'] = Glyph.Parse("~52,6 46,46 32,72 6,96;~49,42 64,72 94,96", 100),
        ['你'] = Glyph.Parse("~28,4 20,28 4,54;18,36 18,98;~48,6 42,22 30,40;43,22 92,22 84,38;64,38 64,94 54,86;~48,52 44,66 32,82;~78,50 86,64 95,80", 100),
        ['口'] = Glyph.Parse("18,18 18,92;18,18 82,18 82,92;18,82 82,82", 100),
        ['大'] = Glyph.Parse("8,34 92,34;~52,4 48,40 36,70 6,96;~50,38 62,68 94,96", 100),
        ['好'] = Glyph.Parse("~26,6 20,32 9,62;~9,62 30,74 46,94;~43,32 36,60 22,80 3,95;2,34 48,34;56,14 92,14 74,36;74,36 74,94 62,88;52,54 98,54", 100),
        ['小'] = Glyph.Parse("50,4 50,94 38,86;~28,32 22,54 6,74;~72,32 82,50 94,72", 100),
        ['山'] = Glyph.Parse("50,8 50,88;16,40 16,88 84,88;84,40 84,92", 100),
        ['日'] = Glyph.Parse("24,8 24,96;24,8 76,8 76,96;24,50 76,50;24,90 76,90", 100),
        ['月'] = Glyph.Parse("~30,6 30,48 26,74 12,96;30,6 78,6 78,94 66,88;30,34 78,34;30,62 78,62", 100),
        ['木'] = Glyph.Parse("8,32 92,32;50,4 50,98;~50,32 34,62 6,82;~50,32 66,62 94,82", 100),
        ['水'] = Glyph.Parse("50,4 50,95 38,87;10,34 40,34;~40,34 30,62 6,84;84,20 60,44;~55,40 70,66 95,86", 100),
        ['火'] = Glyph.Parse("~24,28 24,42 14,58;~82,24 76,38 64,50;~50,6 48,46 36,74 8,96;~50,50 62,76 94,96", 100),
        ['猫'] = Glyph.Parse("~28,4 20,16 4,30;~10,10 26,34 30,68 24,94;24,94 14,88;~27,46 18,60 4,70;38,20 98,20;54,6 54,34;82,6 82,34;42,46 42,98;42,46 94,46 94,98;42,69 94,69;68,46 68,92;42,92 94,92", 100),
        ['田'] = Glyph.Parse("16,12 16,96;16,12 84,12 84,96;16,51 84,51;50,12 50,90;16,90 84,90", 100),
        ['鱼'] = Glyph.Parse("~34,3 26,20 8,40;30,14 64,14 52,32;20,34 20,76;20,34 82,34 82,76;20,54 82,54;51,34 51,74;20,74 82,74;6,95 94,95", 100),
    };

    public static Glyph Of(char sign) => s_glyphs[sign];

    /// <summary>How wide a line of signs is, in hundredths of its height, with gaps between them.</summary>
    public static float WidthOf(string text, float gap) => text.Sum(c => s_glyphs[c].Width) + ((text.Length - 1) * gap);

    /// <summary>Writes a line of signs from its top left corner.</summary>
    public static void Write(Canvas canvas, string text, Vector2 corner, float height, float gap, float slant, float pen, Paint paint, float opacity = 1)
    {
        float x = 0;
        foreach (char sign in text)
        {
            Glyph glyph = s_glyphs[sign];
            float from = x;
            foreach (Vector2[] line in glyph.Lines)
                canvas.Stroke(Array.ConvertAll(line, p => corner + (new Vector2(from + p.X + (slant * (100 - p.Y)), p.Y) * (height / 100))), pen, paint, opacity);
            x += glyph.Width + gap;
        }
    }
}

using System.Globalization;
using Pictor.Imaging.Enhancing;

namespace Pictor.Imaging;

/// <summary>What to do to a picture on request; the file itself is never touched. Order: crop, white balance, levels, sharpen.</summary>
public sealed record Enhancement
{
    private static readonly string[] s_words = ["auto", "levels", "whitebalance", "sharpen"];

    /// <summary>Stretch brightness over the whole range. <value>false.</value></summary>
    public bool Levels { get; init; }

    /// <summary>Take the colour of the light away. <value>false.</value></summary>
    public bool WhiteBalance { get; init; }

    /// <summary>Make edges clearer. <value>false.</value></summary>
    public bool Sharpen { get; init; }

    /// <summary>Keep only this part, as fractions of the upright picture; null: all of it.</summary>
    public BoundingBox? Crop { get; init; }

    /// <summary>Nothing would change but the encoding.</summary>
    public bool IsNothing => this is { Levels: false, WhiteBalance: false, Sharpen: false, Crop: null };

    /// <summary>One text for equal enhancements, for caches.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{(WhiteBalance ? "w" : "")}{(Levels ? "l" : "")}{(Sharpen ? "s" : "")}{(Crop is { } c ? $"c{c.X:R},{c.Y:R},{c.Width:R},{c.Height:R}" : "")}");

    /// <summary>Reads <c>auto</c> (all three), or some of <c>levels,whitebalance,sharpen</c>; and a crop <c>x,y,width,height</c>.</summary>
    /// <exception cref="InputException">A word that is none of these, or a crop that does not lie inside the picture (<c>enhance.invalid</c>).</exception>
    public static Enhancement Parse(string? enhance, string? crop)
    {
        string[] words = [.. (enhance ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(w => w.ToLowerInvariant())];
        if (Array.Find(words, w => !s_words.Contains(w, StringComparer.Ordinal)) is { } unknown)
        {
            string? near = NearestWord.Of(unknown, s_words);
            throw new InputException("enhance", $"'{unknown}' is no enhancement", (near is null ? "" : $"Did you mean '{near}'? ") + "Give auto, or some of levels, whitebalance and sharpen, with commas between.") { Code = "enhance.invalid" };
        }

        bool all = words.Contains("auto", StringComparer.Ordinal);
        return new Enhancement
        {
            Levels = all || words.Contains("levels", StringComparer.Ordinal),
            WhiteBalance = all || words.Contains("whitebalance", StringComparer.Ordinal),
            Sharpen = all || words.Contains("sharpen", StringComparer.Ordinal),
            Crop = string.IsNullOrWhiteSpace(crop) ? null : ParseCrop(crop),
        };
    }

    /// <summary>A new picture; the given one stays as it is.</summary>
    public Pixels Apply(Pixels pixels)
    {
        Pixels result = Crop is { } crop ? Cut(pixels, crop) : pixels;
        if (WhiteBalance)
            result = Enhancing.WhiteBalance.Apply(result);
        if (Levels)
            result = Enhancing.Levels.Apply(result);
        return Sharpen ? Sharpening.Apply(result) : result;
    }

    /// <summary>Decodes a file upright, and encodes what comes of it as JPEG.</summary>
    /// <exception cref="InputException">The file is no picture, or damaged.</exception>
    public byte[] ApplyToFile(ReadOnlyMemory<byte> file, string name) => PictureWriter.Jpeg(Apply(PictureReader.Decode(file, name)), quality: 92);

    private static BoundingBox ParseCrop(string text)
    {
        string[] parts = text.Split(',');
        double[] numbers = [.. parts.Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        if (numbers.Length == 4 && new BoundingBox(numbers[0], numbers[1], numbers[2], numbers[3]) is { IsValid: true, Width: > 0, Height: > 0 } box)
            return box;
        throw new InputException("crop", $"'{text}' is no part of a picture", "Give x,y,width,height as fractions 0..1 of the upright picture, such as 0.1,0.1,0.5,0.5.") { Code = "enhance.invalid" };
    }

    /// <summary>At least one pixel, whatever rounding says.</summary>
    private static Pixels Cut(Pixels pixels, BoundingBox crop)
    {
        int left = Math.Clamp((int)Math.Round(crop.X * pixels.Width), 0, pixels.Width - 1), top = Math.Clamp((int)Math.Round(crop.Y * pixels.Height), 0, pixels.Height - 1);
        int right = Math.Clamp((int)Math.Round((crop.X + crop.Width) * pixels.Width), left + 1, pixels.Width), bottom = Math.Clamp((int)Math.Round((crop.Y + crop.Height) * pixels.Height), top + 1, pixels.Height);
        int row = (right - left) * pixels.Channels;
        var data = new byte[row * (bottom - top)];
        for (int y = top; y < bottom; y++)
            pixels.Data.AsSpan(((y * pixels.Width) + left) * pixels.Channels, row).CopyTo(data.AsSpan((y - top) * row));
        return new Pixels(right - left, bottom - top, pixels.Channels, data);
    }
}

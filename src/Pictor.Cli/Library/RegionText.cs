using System.Globalization;

namespace Pictor.Cli.Library;

/// <summary>A box as people write it: X,Y,WIDTH,HEIGHT.</summary>
internal static class RegionText
{
    public static BoundingBox Parse(string text)
    {
        double[] numbers = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers is [var x, var y, var width, var height] && new BoundingBox(x, y, width, height) is { IsValid: true } box
            ? box
            : throw new InputException("--region", $"'{text}' is no part of a picture", "Write left edge, top edge, width and height as fractions of the picture: --region 0.1,0.2,0.5,0.5.");
    }
}

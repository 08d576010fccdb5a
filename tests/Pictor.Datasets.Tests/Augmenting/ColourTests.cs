using System.Text.Json;
using CsCheck;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

/// <summary>Against Pillow and Python's colorsys (Golden/make_colours.py).</summary>
public sealed class ColourTests
{
    private static readonly JsonElement s_golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "colours.json"))).RootElement;
    private static readonly PictureShape s_shape = new(3, s_golden.GetProperty("height").GetInt32(), s_golden.GetProperty("width").GetInt32());

    [Fact]
    public void Operations_OnNoise_AreThoseOfPillowAndColorsys()
    {
        Assert.All(s_golden.GetProperty("cases").EnumerateArray(), golden =>
        {
            byte[] planes = s_golden.GetProperty("planes").GetBytesFromBase64();
            string operation = golden.GetProperty("operation").GetString()!;
            double amount = golden.GetProperty("amount").GetDouble();
            Carry(operation, planes, amount);
            byte[] expected = golden.GetProperty("planes").GetBytesFromBase64();

            // Pillow rounds the grey or smoothed picture before it blends, and blends by truncation.
            int tolerance = operation is "saturation" ? 2 : operation is "sharpness" or "hue" ? 1 : 0;
            for (int i = 0; i < planes.Length; i++)
                Assert.True(Math.Abs(planes[i] - expected[i]) <= tolerance, $"{operation} {amount}: {planes[i]} at {i}, expected {expected[i]}");
        });
    }

    [Fact]
    public void Apply_OfAnyColour_KeepsGreyGreyAndWholeTurnsStill() =>
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, Gen.Float[0, 2], Gen.Float[-0.5f, 0.5f]).Sample((r, g, b, saturation, hue) =>
        {
            byte[] grey = [r, r, r], colour = [r, g, b], twice = [r, g, b];
            var one = new PictureShape(3, 1, 1);
            ColourShift.Apply(grey, one, saturation, hue);
            ColourShift.Apply(colour, one, 1, 1);
            ColourShift.Apply(twice, one, 1, hue);
            return grey.All(v => Math.Abs(v - r) <= 1) && Enumerable.SequenceEqual<byte>(colour, [r, g, b]) && twice.Max() == Math.Max(r, Math.Max(g, b)) && twice.Min() == Math.Min(r, Math.Min(g, b));
        });

    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(3)]
    public void Blur_OfNoise_IsAGaussianMean(double sigma)
    {
        var shape = new PictureShape(2, 23, 41);
        byte[] planes = Noise.Picture(1, shape), blurred = [.. planes];
        Softening.Blur(blurred, shape, sigma);
        int radius = (int)Math.Ceiling(2.5 * sigma);
        double[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(k => Math.Exp(-0.5 * k * k / (sigma * sigma)))];
        for (int i = 0; i < planes.Length; i++)
        {
            int c = i / (23 * 41), y = i / 41 % 23, x = i % 41;
            double sum = 0;
            for (int dy = -radius; dy <= radius; dy++)
            {
                for (int dx = -radius; dx <= radius; dx++)
                    sum += weights[dy + radius] * weights[dx + radius] * planes[(((c * 23) + Math.Clamp(y + dy, 0, 22)) * 41) + Math.Clamp(x + dx, 0, 40)];
            }

            Assert.InRange(blurred[i] - (sum / Math.Pow(weights.Sum(), 2)), -4, 4);
        }
    }

    [Fact]
    public void Blur_OfOneTone_LeavesIt()
    {
        var shape = new PictureShape(1, 5, 40);
        byte[] planes = [.. Enumerable.Repeat((byte)255, shape.Length)];
        Softening.Blur(planes, shape, 2);
        Assert.All(planes, v => Assert.Equal(255, v));
    }

    private static void Carry(string operation, byte[] planes, double amount)
    {
        switch (operation)
        {
            case "saturation":
                ColourShift.Apply(planes, s_shape, (float)amount, 0);
                break;
            case "hue":
                ColourShift.Apply(planes, s_shape, 1, (float)amount);
                break;
            case "sharpness":
                Softening.Sharpen(planes, s_shape, amount);
                break;
            case "posterize":
                ToneTable.Posterize(planes, (int)amount);
                break;
            case "solarize":
                ToneTable.Solarize(planes, (int)amount);
                break;
            case "autocontrast":
                ToneTable.AutoContrast(planes, s_shape);
                break;
            default:
                ToneTable.Equalize(planes, s_shape);
                break;
        }
    }
}

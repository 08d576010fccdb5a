using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;

namespace Pictor.Imaging.Tests.Resizing;

public sealed class ResizerTests
{
    public static TheoryData<int, int, int, uint, int, int, ResizeFilter, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int, uint, int, int, ResizeFilter, string>();
            using var golden = JsonDocument.Parse(File.ReadAllBytes(Sample.Golden("resize.json")));
            foreach (JsonElement c in golden.RootElement.GetProperty("cases").EnumerateArray())
            {
                cases.Add(
                    c.GetProperty("width").GetInt32(),
                    c.GetProperty("height").GetInt32(),
                    c.GetProperty("channels").GetInt32(),
                    c.GetProperty("seed").GetUInt32(),
                    c.GetProperty("toWidth").GetInt32(),
                    c.GetProperty("toHeight").GetInt32(),
                    Enum.Parse<ResizeFilter>(c.GetProperty("filter").GetString()!),
                    c.GetProperty("sha256").GetString()!);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Resize_Noise_EqualsPillowBitForBit(int width, int height, int channels, uint seed, int toWidth, int toHeight, ResizeFilter filter, string sha256)
    {
        Pixels resized = Resizer.Resize(Sample.Noise(width, height, channels, seed), toWidth, toHeight, filter);

        Assert.Equal((toWidth, toHeight, channels), (resized.Width, resized.Height, resized.Channels));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(resized.Data)));
    }

    [Fact]
    public void Resize_AnySizes_StaysWithinOneStepOfThePlainReference() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Bool.Select(colour => colour ? 3 : 1), Gen.Int[1, 80], Gen.Int[1, 80], Gen.Enum<ResizeFilter>(), Gen.UInt)
            .Sample(
                (width, height, channels, toWidth, toHeight, filter, seed) =>
                {
                    Pixels source = Sample.Noise(width, height, channels, seed);
                    Pixels resized = Resizer.Resize(source, toWidth, toHeight, filter);
                    double[] reference = PlainResampling.Resize(source, toWidth, toHeight, filter);

                    // Two roundings to 8 bits (after either pass) and, for the cubic, a clamp between the passes that the reference does too.
                    return reference.Zip(resized.Data).All(pair => Math.Abs(pair.First - pair.Second) <= 1.3);
                },
                iter: 400);

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    public void Resize_OneColour_StaysThatColour(ResizeFilter filter)
    {
        var source = new Pixels(31, 17, 3, [.. Enumerable.Repeat((byte)201, 31 * 17 * 3)]);

        Assert.All(Resizer.Resize(source, 13, 40, filter).Data, value => Assert.Equal(201, value));
    }

    [Fact]
    public void ColourByVector_AnyRow_EqualsScalar() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.UInt).Sample((width, toWidth, seed) =>
        {
            // One row more than is looked at: the vector form reads a byte behind its row.
            byte[] rows = Sample.Noise(width, 2, 3, seed).Data;
            using Weights weights = Weights.For(width, toWidth, 0, toWidth, ResizeFilter.Bicubic);
            byte[] scalar = new byte[toWidth * 3], vector = new byte[toWidth * 3];
            HorizontalPass.Colour(rows.AsSpan(0, width * 3), weights, scalar);
            HorizontalPass.ColourByVector(rows.AsSpan(0, width * 3), weights, vector);
            return scalar.AsSpan().SequenceEqual(vector);
        });

    [Fact]
    public void VerticalRow_AnyLength_EqualsColumnByColumn() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 9], Gen.UInt, Gen.Int[-2_000_000, 4_000_000].Array[9]).Sample((length, taps, seed, weights) =>
        {
            byte[] source = Sample.Noise(length, taps, 1, seed).Data;
            byte[] row = new byte[length];
            int[] few = [.. weights.Take(taps).Select(weight => weight / taps)];
            VerticalPass.Row(source, length, few, row);
            return Enumerable.Range(0, length).All(i => row[i] == VerticalPass.Column(source.AsSpan(i), length, few));
        });

    [Fact]
    public void Fit_LargeAndSmall_ShrinksToTheLongSideAndNeverEnlarges()
    {
        Pixels large = Sample.Gradient(400, 100, 3);

        Pixels fitted = Resizer.Fit(large, 256);

        Assert.Equal((256, 64), (fitted.Width, fitted.Height));
        Assert.Same(large, Resizer.Fit(large, 400));
        Assert.Equal((1, 7), (Resizer.Fit(Sample.Gradient(1, 4000, 1), 7).Width, Resizer.Fit(Sample.Gradient(1, 4000, 1), 7).Height));
    }

    [Fact]
    public void Crop_Inside_CopiesThePart()
    {
        Pixels source = Sample.Noise(9, 7, 3, 1);

        Pixels part = Resizer.Crop(source, 2, 3, 4, 2);

        for (int y = 0; y < 2; y++)
            Assert.Equal(source.Data.AsSpan((((y + 3) * 9) + 2) * 3, 12), part.Data.AsSpan(y * 12, 12));
    }

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, 0, 10, 2)]
    [InlineData(0, 6, 2, 2)]
    [InlineData(0, 0, 0, 2)]
    [InlineData(int.MaxValue, 0, int.MaxValue, 2)]
    public void Crop_Outside_IsRefused(int x, int y, int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Resizer.Crop(Sample.Noise(9, 7, 3, 1), x, y, width, height));
}

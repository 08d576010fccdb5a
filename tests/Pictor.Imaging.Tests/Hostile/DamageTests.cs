using CsCheck;

namespace Pictor.Imaging.Tests.Hostile;

/// <summary>Damage done to good files: either every pixel is there, or a PictureException says what is wrong.</summary>
public sealed class DamageTests
{
    private static readonly string[] Good = [.. Directory.EnumerateFiles(Sample.Golden("files")).Order(StringComparer.Ordinal)];

    [Fact]
    public void Decode_FileCutOffAnywhere_IsRefusedOrWhole()
    {
        foreach (string path in Good)
        {
            byte[] file = File.ReadAllBytes(path);
            Pixels whole = PictureReader.Decode(file, path);
            for (int length = 0; length < file.Length; length += 64)
            {
                if (Attempt(file.AsMemory(0, length)) is { } pixels)
                    Assert.True(pixels.Data.AsSpan().SequenceEqual(whole.Data), $"{Path.GetFileName(path)} cut to {length} of {file.Length} bytes gave other pixels.");
            }
        }
    }

    [Fact]
    public void Decode_RandomBytesChanged_NeverFailsOtherwise() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Select(Gen.UInt, Gen.Byte).Array[1, 6], Gen.Bool).Sample(
            (which, changes, headerOnly) =>
            {
                byte[] file = File.ReadAllBytes(Good[which]);
                foreach ((uint at, byte value) in changes)
                    file[(int)(at % (uint)(headerOnly ? Math.Min(200, file.Length) : file.Length))] ^= value;
                if (Attempt(file) is { } pixels)
                    Assert.Equal(pixels.Width * pixels.Height * pixels.Channels, pixels.Data.Length);
            },
            iter: 4000,
            threads: 1);

    [Fact]
    public void Decode_RandomBytesBehindAnySignature_NeverFailsOtherwise() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[4, 40], Gen.Byte.Array[0, 300]).Sample(
            (which, kept, tail) => _ = Attempt((byte[])[.. File.ReadAllBytes(Good[which]).Take(kept), .. tail]),
            iter: 3000,
            threads: 1);

    [Theory]
    [InlineData("", "picture.unknown-format", "the file is empty")]
    [InlineData("<html><body>hello</body></html>", "picture.unknown-format", "HTML")]
    [InlineData("GIF89", "picture.unknown-format", "4749463839")]
    [InlineData("BMW is a maker of cars", "picture.unknown-format", "424D5720")]
    public void Decode_NoPicture_SaysWhatWasFound(string text, string code, string says)
    {
        var refusal = Assert.Throws<PictureException>(() => PictureReader.Decode(System.Text.Encoding.ASCII.GetBytes(text), "upload.jpg"));

        Assert.Equal(code, refusal.Code);
        Assert.Contains("upload.jpg", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_BeyondEachLimit_NamesTheLimit()
    {
        byte[] file = PictureWriter.Png(Sample.Gradient(100, 50, 3));

        Assert.Equal("picture.too-large", Code(new DecodeOptions { MaxBytes = file.Length - 1 }));
        Assert.Equal("picture.too-many-pixels", Code(new DecodeOptions { MaxPixels = 4999 }));
        Assert.Equal("picture.too-many-pixels", Code(new DecodeOptions { MaxMemory = 10_000 }));
        Assert.Equal(100, PictureReader.Decode(file, "a.png", new DecodeOptions { MaxBytes = file.Length, MaxPixels = 5000 }).Width);

        string Code(DecodeOptions options) => Assert.Throws<PictureException>(() => PictureReader.ReadHeader(file, "a.png", options)).Code;
    }

    private static Pixels? Attempt(ReadOnlyMemory<byte> file)
    {
        try
        {
            return PictureReader.Decode(file, "damaged", new DecodeOptions { MaxPixels = 4_000_000 });
        }
        catch (PictureException)
        {
            return null;
        }
    }
}

using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Pictor.Imaging.Tests.Reading;

public sealed class ExifTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReadHeader_JpegWithExif_TellsTimeCameraAndTheUprightSize(bool little)
    {
        byte[] file = WithExif(PictureWriter.Jpeg(Sample.Gradient(40, 30, 3)), Block(6, "2021:03:04 05:06:07", "Canon", "Canon EOS 5D", little));

        PictureHeader header = PictureReader.ReadHeader(file, "a.jpg");

        Assert.Equal(new PictureHeader(PictureFormat.Jpeg, 30, 40, 6, false, new DateTime(2021, 3, 4, 5, 6, 7), "Canon EOS 5D"), header);
    }

    [Theory]
    [InlineData(48u, 1u, true)]
    [InlineData(0u, 1u, false)]
    [InlineData(0u, 0u, false)]
    public void ReadHeader_Position_IsToldWhereThereIsOne(uint degrees, uint unit, bool expected)
    {
        // II: directory at 8 with one entry (GPS at 26); there latitude and longitude, three fractions each, both at 56.
        byte[] block = new byte[80];
        Encoding.ASCII.GetBytes("II*", block);
        Put(4, 8);
        Put16(8, 1);
        Entry(10, 0x8825, 4, 1, 26);
        Put16(26, 2);
        Entry(28, 2, 5, 3, 56);
        Entry(40, 4, 5, 3, 56);
        for (int i = 0; i < 3; i++)
            (block[56 + (8 * i)], block[60 + (8 * i)]) = ((byte)(i == 0 ? degrees : 0), (byte)unit);

        PictureHeader header = PictureReader.ReadHeader(WithExif(PictureWriter.Jpeg(Sample.Gradient(8, 8, 1)), block), "a.jpg");

        Assert.Equal(expected, header.Geotagged);

        void Put(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(at), value);

        void Put16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(at), value);

        void Entry(int at, ushort tag, ushort type, uint count, uint value)
        {
            Put16(at, tag);
            Put16(at + 2, type);
            Put(at + 4, count);
            Put(at + 8, value);
        }
    }

    [Fact]
    public void ReadHeader_MakerNotInTheModel_IsPutBeforeIt()
    {
        byte[] file = WithExif(PictureWriter.Jpeg(Sample.Gradient(8, 8, 1)), Block(1, "not a date", "Apple", "iPhone 12", little: true));

        PictureHeader header = PictureReader.ReadHeader(file, "a.jpg");

        Assert.Equal(("Apple iPhone 12", (DateTime?)null, true), (header.Camera, header.TakenAt, header.Grey));
    }

    [Theory]
    [InlineData(1, "abcdef", 3)]
    [InlineData(2, "cbafed", 3)]
    [InlineData(3, "fedcba", 3)]
    [InlineData(4, "defabc", 3)]
    [InlineData(5, "adbecf", 2)]
    [InlineData(6, "daebfc", 2)]
    [InlineData(7, "fcebda", 2)]
    [InlineData(8, "cfbead", 2)]
    public void Upright_EachOrientation_PutsEveryPixelInItsPlace(int orientation, string expected, int width)
    {
        // Stored as two rows of three: abc, def.
        Pixels grey = Turning.Upright(new Pixels(3, 2, 1, Encoding.ASCII.GetBytes("abcdef")), orientation);
        Pixels colour = Turning.Upright(new Pixels(3, 2, 3, Encoding.ASCII.GetBytes("aAzbBzcCzdDzeEzfFz")), orientation);

        Assert.Equal((expected, width, 6 / width), (Encoding.ASCII.GetString(grey.Data), grey.Width, grey.Height));
        Assert.Equal(string.Concat(expected.Select(c => $"{c}{char.ToUpperInvariant(c)}z")), Encoding.ASCII.GetString(colour.Data));
    }

    [Fact]
    public void Decode_JpegOfOrientation6_IsTurnedAndShrunk()
    {
        Pixels stored = Sample.Gradient(160, 120, 3);
        byte[] file = WithExif(PictureWriter.Jpeg(stored, 95), Block(6, "", "", "", little: false));

        Pixels upright = PictureReader.Decode(file, "a.jpg", new DecodeOptions { ShortSideAtLeast = 60 });

        Assert.InRange(Sample.MeanDifference(Turning.Upright(Resizer.Resize(stored, 80, 60), 6), upright), 0, 2);
    }

    [Fact]
    public void Read_AnyBytes_NeverFails() =>
        Gen.Select(Gen.Select(Gen.UInt, Gen.Byte).Array[0, 12], Gen.Int[0, 200], Gen.Bool).Sample((changes, length, little) =>
        {
            byte[] block = Block(6, "2021:03:04 05:06:07", "Maker", "Model", little);
            foreach ((uint at, byte value) in changes)
                block[(int)(at % (uint)block.Length)] = value;
            return ExifFacts.Read(block.AsSpan(0, Math.Min(length, block.Length))).Orientation is >= 1 and <= 8;
        });

    internal static byte[] WithExif(byte[] jpeg, byte[] block)
    {
        byte[] segment = [0xFF, 0xE1, 0, 0, .. "Exif\0\0"u8, .. block];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    /// <summary>First directory: make, model, orientation, pointer to the EXIF directory, which holds the time.</summary>
    private static byte[] Block(ushort orientation, string time, string make, string model, bool little)
    {
        byte[] block = new byte[200];
        Encoding.ASCII.GetBytes(little ? "II" : "MM", block);
        Number(2, 42, 2);
        Number(4, 8, 4);
        Number(8, 4, 2);
        Entry(10, 0x010F, 2, Text(100, make), 100);
        Entry(22, 0x0110, 2, Text(130, model), 130);
        Entry(34, 0x0112, 3, 1, orientation);
        Entry(46, 0x8769, 4, 1, 64);
        Number(64, 1, 2);
        Entry(66, 0x9003, 2, Text(170, time), 170);
        return block;

        uint Text(int at, string text) => (uint)Math.Max(5, Encoding.ASCII.GetBytes(text, block.AsSpan(at)) + 1);

        void Entry(int at, uint tag, uint type, uint count, uint value)
        {
            Number(at, tag, 2);
            Number(at + 2, type, 2);
            Number(at + 4, count, 4);
            Number(at + 8, value, type == 3 ? 2 : 4);
        }

        void Number(int at, uint value, int bytes)
        {
            for (int i = 0; i < bytes; i++)
                block[at + i] = (byte)(value >> (8 * (little ? i : bytes - 1 - i)));
        }
    }
}

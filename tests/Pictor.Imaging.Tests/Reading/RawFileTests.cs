using System.Buffers.Binary;
using System.Text;

namespace Pictor.Imaging.Tests.Reading;

public sealed class RawFileTests
{
    public static TheoryData<string, byte[], string> Files => new()
    {
        { "a.cr3", [0, 0, 0, 24, .. "ftypcrx "u8, .. new byte[40]], "Canon CR3" },
        { "a.cr2", [.. "II*\0"u8, 16, 0, 0, 0, .. "CR"u8, 2, 0, .. new byte[40]], "Canon CR2" },
        { "a.raf", [.. "FUJIFILMCCD-RAW 0201"u8, .. new byte[40]], "Fujifilm RAF" },
        { "a.orf", [.. "IIRO"u8, .. new byte[40]], "Olympus ORF" },
        { "a.rw2", [.. "IIU\0"u8, .. new byte[40]], "Panasonic RW2" },
        { "a.x3f", [.. "FOVb"u8, .. new byte[40]], "Sigma X3F" },
        { "a.nef", Tiff("NIKON CORPORATION", (0xFE, 1), (0x100, 160), (0x101, 120), (0x14A, 8)), "Nikon NEF" },
        { "a.arw", Tiff("SONY", (0xFE, 1), (0x14A, 8)), "Sony ARW" },
        { "a.dng", Tiff("Leica", (0xFE, 1), (0xC612, 1)), "DNG" },
        { "a.3fr", Tiff("Hasselblad", (0x106, 32803)), "of Hasselblad" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_RawFile_IsNamedWithTheWayOut(string name, byte[] file, string kind)
    {
        PictureException refusal = Assert.Throws<PictureException>(() => PictureReader.ReadHeader(file, name));

        Assert.Equal("picture.unsupported", refusal.Code);
        Assert.Contains(kind, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Export it as JPEG or TIFF", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadHeader_TiffWithSmallerCopies_IsAPicture()
    {
        // A pyramid: the first directory is the full picture, the inner ones are smaller.
        byte[] file = Tiff("SONY", (0xFE, 0), (0x100, 4), (0x101, 4), (0x102, 8), (0x106, 1), (0x111, 8), (0x117, 16), (0x14A, 8));

        Assert.Equal((4, 4), (PictureReader.ReadHeader(file, "a.tif").Width, PictureReader.ReadHeader(file, "a.tif").Height));
    }

    private static byte[] Tiff(string make, params (ushort Tag, uint Value)[] numbers)
    {
        (ushort Tag, uint Value)[] entries = [.. numbers.Append(((ushort)0x10F, 0u)).OrderBy(e => e.Item1)];
        byte[] file = new byte[8 + 2 + (12 * entries.Length) + 4 + 64];
        "II*\0"u8.CopyTo(file);
        file[4] = 8;
        file[8] = (byte)entries.Length;
        int text = file.Length - 64;
        Encoding.ASCII.GetBytes(make, file.AsSpan(text));
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> entry = file.AsSpan(10 + (12 * i));
            bool isText = entries[i].Tag == 0x10F;
            BinaryPrimitives.WriteUInt16LittleEndian(entry, entries[i].Tag);
            entry[2] = (byte)(isText ? 2 : 4);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], isText ? (uint)Math.Max(5, make.Length + 1) : 1);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], isText ? (uint)text : entries[i].Value);
        }

        return file;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Pictor.Imaging.Tests.Hostile;

/// <summary>Small files that promise, or unfold to, far more than they hold.</summary>
internal static class Bombs
{
    private const int Unfolded = 400 << 20;

    /// <summary>What Pictor says of each.</summary>
    internal static readonly Dictionary<string, string> Outcomes = new(StringComparer.Ordinal)
    {
        ["bmp-empty.bmp"] = "picture.damaged",
        ["gif-canvas.gif"] = "picture.too-many-pixels",
        ["gif-frame.gif"] = "picture.too-many-pixels",
        ["gif-many-frames.gif"] = "ok",
        ["jpeg-large.jpg"] = "picture.too-many-pixels",
        ["png-empty.png"] = "picture.damaged",
        ["png-iccp.png"] = "ok",
        ["png-large.png"] = "picture.too-many-pixels",
        ["png-many-texts.png"] = "ok",
        ["png-ztxt.png"] = "ok",
        ["tiff-large.tif"] = "picture.too-many-pixels",
        ["tiff-outside.tif"] = "picture.damaged",
        ["tiff-tile.tif"] = "picture.unsupported",
        ["webp-large.webp"] = "picture.too-many-pixels",
    };

    internal static IEnumerable<(string Name, byte[] File)> All()
    {
        byte[] png = PictureWriter.Png(Sample.Gradient(40, 30, 3));
        byte[] zeros = Deflated(new byte[Unfolded]);
        yield return ("bmp-empty.bmp", Bitmap(9999, 9999));
        yield return ("gif-canvas.gif", Gif(screen: 65535, frame: 1));
        yield return ("gif-frame.gif", Gif(screen: 1, frame: 65535));
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0];
        yield return ("gif-many-frames.gif", [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. Enumerable.Repeat(frame, 200_000).SelectMany(f => f), 0x3B]);
        yield return ("jpeg-large.jpg", JpegOfSize(65535, 65535));
        yield return ("png-empty.png", PngOfSize(png, 9000, 9000));
        yield return ("png-large.png", PngOfSize(png, 1 << 30, 1 << 30));
        yield return ("png-iccp.png", WithChunk(png, "iCCP", [.. "p\0\0"u8, .. zeros]));
        yield return ("png-ztxt.png", WithChunk(png, "zTXt", [.. "Comment\0\0"u8, .. zeros]));
        byte[] many = png;
        foreach (int _ in Enumerable.Range(0, 200))
            many = WithChunk(many, "zTXt", [.. "Comment\0\0"u8, .. zeros.AsSpan(0, 4000)]);
        yield return ("png-many-texts.png", many);
        yield return ("tiff-large.tif", Tiff((256, 60000), (257, 60000), (258, 8), (262, 1), (273, 8), (279, 4)));
        yield return ("tiff-outside.tif", Tiff((256, 60), (257, 60), (258, 8), (262, 1), (273, 8), (279, 4), (0x10000 + 320, 1 << 30)));
        yield return ("tiff-tile.tif", Tiff((256, 60), (257, 60), (258, 8), (262, 1), (322, 1 << 20), (323, 1 << 20), (324, 8), (325, 4)));
        yield return ("webp-large.webp", [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0x3F, 0, 0xFE, 0x3F, 0, 0, 0]);
    }

    internal static byte[] WithChunk(byte[] png, string kind, byte[] body)
    {
        byte[] chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        Encoding.ASCII.GetBytes(kind, chunk.AsSpan(4));
        body.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32(chunk.AsSpan(4, body.Length + 4)));
        return [.. png[..33], .. chunk, .. png[33..]];
    }

    private static byte[] PngOfSize(byte[] png, uint width, uint height)
    {
        byte[] lie = [.. png];
        BinaryPrimitives.WriteUInt32BigEndian(lie.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(lie.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(lie.AsSpan(29), Crc32(lie.AsSpan(12, 17)));
        return lie;
    }

    private static byte[] JpegOfSize(ushort width, ushort height)
    {
        byte[] file = PictureWriter.Jpeg(Sample.Gradient(40, 30, 3));
        int frame = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), width);
        return file;
    }

    private static byte[] Gif(ushort screen, ushort frame)
    {
        byte[] file = [.. "GIF89a"u8, 0, 0, 0, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x4C, 1, 0, 0x3B];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), screen);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), screen);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(18), frame);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(20), frame);
        return file;
    }

    private static byte[] Bitmap(int width, int height)
    {
        byte[] file = new byte[54 + 64];
        "BM"u8.CopyTo(file);
        file[10] = 54;
        file[14] = 40;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = 24;
        return file;
    }

    /// <summary>A directory of 32-bit numbers; a tag above 16 bits stands for a value whose count is given.</summary>
    private static byte[] Tiff(params (int Tag, uint Value)[] entries)
    {
        byte[] file = new byte[10 + (12 * entries.Length) + 4 + 64];
        "II*\0"u8.CopyTo(file);
        file[4] = 8;
        file[8] = (byte)entries.Length;
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> entry = file.AsSpan(10 + (12 * i));
            (int tag, uint value) = entries[i];
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)tag);
            entry[2] = 4;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], tag > 0xFFFF ? value : 1);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], value);
        }

        return file;
    }

    private static byte[] Deflated(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(data);
        return packed.ToArray();
    }

    // PNG's checksum (W3C PNG, annex D), bit by bit.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}

using System.Buffers.Binary;
using Pictor.Bench.Annotate;
using Pictor.Imaging;

namespace Pictor.Bench.Ingest;

/// <summary>Files to take in, no two alike. A photo is smooth shapes under noise, encoded at quality 90: 4000 x 3000 give about 4 MB.</summary>
internal static class IngestPictures
{
    public static string[] Write(string folder, bool photos, int count)
    {
        (int width, int height) = photos ? (4000, 3000) : (64, 64);
        Pixels pixels = AnnotateBench.Photo(width, height);
        var files = new string[count];
        for (int i = 0; i < count; i++)
        {
            // Another phase of the noise for each: as costly to decode, and another file.
            int shift = 3 * (1 + (i * 7919 % (width * height / 2)));
            byte[] data = [.. pixels.Data.AsSpan(shift), .. pixels.Data.AsSpan(0, shift)];
            string path = files[i] = Path.Combine(folder, $"{i / 1000:D3}", $"{i:D6}.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Numbered(PictureWriter.Jpeg(new Pixels(width, height, 3, data), 90), i));
        }

        return files;
    }

    // The phases of a small picture come round again after some thousands; a comment behind the first segment tells the files apart.
    private static byte[] Numbered(byte[] jpeg, int number)
    {
        int at = 4 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(4));
        Span<byte> comment = [0xFF, 0xFE, 0, 6, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(comment[4..], number);
        return [.. jpeg.AsSpan(0, at), .. comment, .. jpeg.AsSpan(at)];
    }
}

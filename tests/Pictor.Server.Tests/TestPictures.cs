using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Server.Tests;

/// <summary>Pictures and models made on the spot.</summary>
internal static class TestPictures
{
    private static readonly string[] Names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    private static readonly string[] Chinese = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    /// <summary>A landscape of its own for each seed: a sky, a sun, hills.</summary>
    public static Pixels Scene(int seed, int width = 480, int height = 320)
    {
        var random = new Random(seed);
        double hue = random.NextDouble() * 6.28, sunX = random.NextDouble() * width, sunY = random.NextDouble() * height * 0.5, sun = height * (0.05 + random.NextDouble() * 0.1);
        double[] phase = [random.NextDouble() * 6.28, random.NextDouble() * 6.28, random.NextDouble() * 6.28];
        byte[] data = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double r = 140 + 70 * Math.Sin(hue) + y * 50.0 / height, g = 150 + 50 * Math.Sin(hue + 2) + y * 40.0 / height, b = 190 + 40 * Math.Sin(hue + 4);
                if ((x - sunX) * (x - sunX) + (y - sunY) * (y - sunY) < sun * sun)
                    (r, g, b) = (255, 236, 180);
                for (int hill = 0; hill < 3; hill++)
                {
                    double edge = height * (0.5 + 0.15 * hill) + height * 0.1 * Math.Sin(x * (3 + hill) / (double)width + phase[hill]);
                    if (y > edge)
                        (r, g, b) = (60 + 40 * Math.Sin(hue + hill), 100 - 20 * hill + 30 * Math.Cos(hue + hill), 70 + 20 * Math.Sin(hue * 2 + hill));
                }

                int at = (y * width + x) * 3;
                data[at] = (byte)Math.Clamp(r, 0, 255);
                data[at + 1] = (byte)Math.Clamp(g, 0, 255);
                data[at + 2] = (byte)Math.Clamp(b, 0, 255);
            }
        }

        return new(width, height, 3, data);
    }

    /// <summary>A grey 28 x 28 ring or bar, a little different for each seed.</summary>
    public static Pixels Digit(int seed)
    {
        var random = new Random(seed);
        double cx = 12 + random.NextDouble() * 4, cy = 12 + random.NextDouble() * 4, radius = 5 + random.NextDouble() * 4;
        bool ring = seed % 2 == 0;
        byte[] data = new byte[28 * 28];
        for (int y = 0; y < 28; y++)
        {
            for (int x = 0; x < 28; x++)
            {
                double distance = ring ? Math.Abs(Math.Sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius) : Math.Abs(x - cx) + Math.Max(0, Math.Abs(y - cy) - radius);
                data[y * 28 + x] = (byte)Math.Clamp(255 - distance * 110, 0, 255);
            }
        }

        return new(28, 28, 1, data);
    }

    public static byte[] Png(int seed) => PictureWriter.Png(Digit(seed));

    public static byte[] Jpeg(int seed, int width = 480, int height = 320) => PictureWriter.Jpeg(Scene(seed, width, height));

    /// <summary>The same with a time in its EXIF, 2023:05:19 09:18:00, and a place 48.5 north, 2.25 east.</summary>
    public static byte[] Photo(int seed, string taken)
    {
        using var block = new MemoryStream();
        using var writer = new BinaryWriter(block);
        void Entry(ushort tag, ushort type, uint count, uint value) { writer.Write(tag); writer.Write(type); writer.Write(count); writer.Write(value); }
        writer.Write("II*\0"u8);
        writer.Write(8u);
        writer.Write((ushort)2); // 8: time, and where the place is
        Entry(0x0132, 2, 20, 38);
        Entry(0x8825, 4, 1, 58);
        writer.Write(0u);
        writer.Write(System.Text.Encoding.ASCII.GetBytes(taken + "\0")); // 38
        writer.Write((ushort)4); // 58: north, latitude, east, longitude
        Entry(1, 2, 2, 'N');
        Entry(2, 5, 3, 112);
        Entry(3, 2, 2, 'E');
        Entry(4, 5, 3, 136);
        writer.Write(0u);
        foreach (uint number in new uint[] { 48, 1, 30, 1, 0, 1, 2, 1, 15, 1, 0, 1 }) // 112
            writer.Write(number);
        byte[] exif = [.. "Exif\0\0"u8, .. block.ToArray()], jpeg = Jpeg(seed);
        int length = exif.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg[2..]];
    }

    /// <summary>A package with random weights; every picture gets some tags, for the threshold is low.</summary>
    public static string WritePackage(string path, string name = "digits", string version = "1.0.0", int seed = 1)
    {
        var shape = new PictureShape(1, 28, 28);
        Network network = NetworkCatalog.Create("softmax", shape, 10);
        var manifest = new PackageManifest
        {
            Name = name,
            Version = version,
            Classes = 10,
            EmbeddingLength = network.EmbeddingLength,
            Outputs = OnnxWriter.Outputs,
            TagThreshold = 0.05,
            Input = new Preprocessing(shape, ResizePolicy.Stretch, [0.4f], [0.3f]),
        };
        Label[] labels = [.. Names.Select((label, i) => new Label($"d{i}", label, Chinese[i]))];
        ModelPackage.Write(path, manifest, labels, OnnxWriter.Write(network, NetworkWeights.Random(network, seed)), "# Random digits\n");
        return path;
    }
}

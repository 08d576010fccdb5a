using System.Buffers.Binary;
using Pictor.Imaging;

namespace Pictor.Trainer.Tests;

/// <summary>Small data that any network can learn: each class is a bright patch in a place of its own, on noise.</summary>
internal sealed class SelfMadeDigits : IDisposable
{
    private SelfMadeDigits(string path) => Path = path;

    public string Path { get; }

    /// <summary>Grey pictures in the four files of MNIST.</summary>
    public static SelfMadeDigits Idx(int train = 320, int test = 20, int side = 12, int classes = 4, int seed = 1, bool randomLabels = false)
    {
        string folder = Directory.CreateTempSubdirectory("pictor-digits-").FullName;
        var random = new Random(seed);
        Write(folder, "train", train, side, classes, random, randomLabels);
        Write(folder, "t10k", test, side, classes, random, randomLabels);
        return new SelfMadeDigits(folder);
    }

    /// <summary>Colour pictures in one folder a class.</summary>
    public static SelfMadeDigits Folders(int perClass, int classes, Func<int, (int Width, int Height)> size, bool colour = true)
    {
        string folder = Directory.CreateTempSubdirectory("pictor-folders-").FullName;
        var random = new Random(1);
        for (int c = 0; c < classes; c++)
        {
            string at = System.IO.Path.Combine(folder, $"class{c}");
            Directory.CreateDirectory(at);
            for (int i = 0; i < perClass; i++)
            {
                (int width, int height) = size(i);
                int channels = colour ? 3 : 1;
                var data = new byte[width * height * channels];
                for (int p = 0; p < data.Length; p++)
                    data[p] = (byte)(random.Next(100) + (p % channels == c % channels ? 100 : 0));
                File.WriteAllBytes(System.IO.Path.Combine(at, $"{i:000}.png"), PictureWriter.Png(new Pixels(width, height, channels, data)));
            }
        }

        return new SelfMadeDigits(folder);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void Write(string folder, string name, int count, int side, int classes, Random random, bool randomLabels)
    {
        var images = new byte[16 + (count * side * side)];
        BinaryPrimitives.WriteInt32BigEndian(images, 0x803);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(8), side);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(12), side);
        var labels = new byte[8 + count];
        BinaryPrimitives.WriteInt32BigEndian(labels, 0x801);
        BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), count);
        int across = (int)Math.Ceiling(Math.Sqrt(classes));
        int patch = side / across;
        for (int i = 0; i < count; i++)
        {
            int label = i % classes;
            labels[8 + i] = (byte)(randomLabels ? random.Next(classes) : label);
            for (int y = 0; y < side; y++)
            {
                for (int x = 0; x < side; x++)
                {
                    bool bright = y / patch == label / across && x / patch == label % across;
                    images[16 + (((i * side) + y) * side) + x] = (byte)(random.Next(120) + (bright ? 100 : 0));
                }
            }
        }

        File.WriteAllBytes(System.IO.Path.Combine(folder, $"{name}-images-idx3-ubyte"), images);
        File.WriteAllBytes(System.IO.Path.Combine(folder, $"{name}-labels-idx1-ubyte"), labels);
    }
}

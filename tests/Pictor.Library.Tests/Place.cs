using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Library.Tests;

/// <summary>A folder of its own for one test, with a library, pictures and packages in it.</summary>
internal sealed class Place : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("pictor-library-").FullName;

    public string Library => Path.Combine(Root, "lib");

    public string Pictures => Path.Combine(Root, "pics");

    public string this[params string[] parts] => Path.Combine([Root, .. parts]);

    public Task<PictureLibrary> OpenAsync(LibraryOptions? options = null) => PictureLibrary.OpenAsync(Library, options);

    /// <summary>A library with a model in use.</summary>
    public async Task<PictureLibrary> OpenWithModelAsync(string name = "net", int seed = 1, double threshold = 0.15)
    {
        PictureLibrary library = await OpenAsync();
        await library.Models.AddAsync(Package(name, seed, threshold: threshold));
        return library;
    }

    /// <summary>A digit-sized package with random weights: ten classes with Chinese names.</summary>
    public string Package(string name = "net", int seed = 1, string version = "1.0.0", double threshold = 0.15, string[]? names = null)
    {
        string path = this[$"{name}-{version}-{seed}.pictor"];
        var shape = new PictureShape(1, 28, 28);
        Network network = NetworkCatalog.Create("mnist-cnn", shape, 10);
        var manifest = new PackageManifest
        {
            Name = name,
            Version = version,
            Classes = 10,
            EmbeddingLength = network.EmbeddingLength,
            Outputs = OnnxWriter.Outputs,
            TagThreshold = threshold,
            Input = new Preprocessing(shape, ResizePolicy.Stretch, [0.13f], [0.3f]),
        };
        string[] chinese = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"], english = names ?? ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        Label[] labels = [.. Enumerable.Range(0, 10).Select(i => new Label($"n{i}", english[i], chinese[i]) { Synonyms = [$"digit {i}"] })];
        ModelPackage.Write(path, manifest, labels, OnnxWriter.Write(network, NetworkWeights.Random(network, seed)), "# A card\n");
        return path;
    }

    /// <summary>Pictures of seeded noise and a bar, no two alike, named 0000.png and so on.</summary>
    public IReadOnlyList<string> MakePictures(int count, int first = 0, string folder = "")
    {
        var files = new List<string>();
        for (int i = first; i < first + count; i++)
            files.Add(MakePicture(Path.Combine(folder, $"{i:D4}.png"), i));
        return files;
    }

    public string MakePicture(string name, int seed, int size = 28)
    {
        string path = Path.Combine(Pictures, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Png(seed, size));
        return path;
    }

    public static byte[] Png(int seed, int size = 28)
    {
        var random = new Random(seed);
        var data = new byte[size * size];
        random.NextBytes(data);
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)(data[i] / 4 + (i / size == seed % size || i % size == seed / 3 % size ? 190 : 0));
        return PictureWriter.Png(new Pixels(size, size, 1, data));
    }

    public static string IdOf(string file) => ContentHash.IdOf(File.ReadAllBytes(file));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

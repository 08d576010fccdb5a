using System.Formats.Tar;
using System.IO.Compression;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

/// <summary>A folder that vanishes, and ways to fill it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pictor-datasets-").FullName;

    /// <summary>A small picture that depends on its number alone.</summary>
    public static byte[] Png(int number, int width = 6, int height = 5, int channels = 3)
    {
        var random = new CounterRandom(77, number);
        var data = new byte[width * height * channels];
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)random.Next();
        return PictureWriter.Png(new Pixels(width, height, channels, data));
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Tar(params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        }

        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return stream.ToArray();
    }

    public string Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(params (string Name, byte[] Bytes)[] files)
    {
        foreach ((string name, byte[] bytes) in files)
            Write(name, bytes);
    }

    public Task<Dataset> OpenAsync(string name = "") => Dataset.OpenAsync(System.IO.Path.Combine(Path, name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

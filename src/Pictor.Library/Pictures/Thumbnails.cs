using System.Collections.Concurrent;
using Pictor.Imaging;
using Pictor.Library.Ownership;

namespace Pictor.Library.Pictures;

/// <summary>Small JPEGs under <c>thumbnails/</c>, each made once: at ingest where the picture is decoded large enough anyway, else when first asked for.</summary>
internal sealed class Thumbnails(string folder, Contents contents, DecodeOptions limits, bool readOnly)
{
    internal const string FolderName = "thumbnails";

    /// <summary>The size that a grid shows.</summary>
    internal const int AtIngest = 256;

    private static readonly int[] Sizes = [128, 256, 512, 1024];

    private readonly ConcurrentDictionary<(string Id, int Size), Lazy<Task<PictureContent?>>> _underWay = new();

    /// <summary>The grid's size of pixels that are at hand. Small pictures are not worth a file before someone asks. Null when there is nothing to keep.</summary>
    /// <param name="id">Of the picture.</param>
    /// <param name="fitted">Shrunk to fit into <see cref="AtIngest"/>.</param>
    internal byte[]? First(string id, Pixels fitted) =>
        readOnly || Math.Max(fitted.Width, fitted.Height) < AtIngest || File.Exists(PathOf(id, AtIngest)) ? null : PictureWriter.Jpeg(fitted);

    /// <summary>Keeps what <see cref="First"/> made, once the picture is in the catalogue. What cannot be kept (a full disk) is made again when it is asked for.</summary>
    internal void Keep(string id, byte[] jpeg) => TryWrite(PathOf(id, AtIngest), jpeg);

    internal async Task<PictureContent?> GetAsync(string id, int size, CancellationToken cancellationToken)
    {
        int rounded = Rounded(size);
        if (Kept(id, rounded) is { } kept)
            return kept;

        // Those who ask for the same one at the same time wait for one piece of work; one who leaves does not stop it for the others.
        Lazy<Task<PictureContent?>> work = _underWay.GetOrAdd((id, rounded), key => new(() => Task.Run(() => Make(key.Id, key.Size))));
        try
        {
            return await work.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (work.Value.IsCompleted)
                _underWay.TryRemove(KeyValuePair.Create((id, rounded), work));
        }
    }

    /// <summary>One that was made before; null where there is none yet.</summary>
    internal PictureContent? Kept(string id, int size)
    {
        string path = PathOf(id, Rounded(size));
        try
        {
            return File.Exists(path) ? new PictureContent(File.ReadAllBytes(path), "image/jpeg") : null;
        }
        catch (IOException)
        {
            return null; // thumbnails/ may be emptied at any time; then it is made again
        }
    }

    private static int Rounded(int size) => Array.Find(Sizes, s => s >= size) is var found and > 0 ? found : Sizes[^1];

    private PictureContent? Make(string id, int size)
    {
        if (contents.Read(id) is not { } file)
            return null;
        PictureHeader header = PictureReader.ReadHeader(file.Bytes, id, limits);
        int longSide = Math.Max(header.Width, header.Height), shortSide = Math.Min(header.Width, header.Height);
        int needed = (int)Math.Ceiling((double)size * shortSide / longSide);
        Pixels pixels = PictureReader.Decode(file.Bytes, id, limits with { ShortSideAtLeast = Math.Max(1, needed) });
        byte[] jpeg = PictureWriter.Jpeg(Resizer.Fit(pixels, size));
        if (!readOnly)
            TryWrite(PathOf(id, size), jpeg);
        return new PictureContent(jpeg, "image/jpeg");
    }

    private static void TryWrite(string path, byte[] jpeg)
    {
        try
        {
            DurableFile.Write(path, jpeg, flush: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It only saves time.
        }
    }

    private string PathOf(string id, int size) => Path.Combine(folder, FolderName, id[..2], $"{id}-{size}.jpg");
}

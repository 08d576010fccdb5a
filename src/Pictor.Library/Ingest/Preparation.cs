using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Duplicates;
using Pictor.Library.Facts;
using Pictor.Library.Importing;
using Pictor.Library.Keeping;
using Pictor.Library.Ownership;
using Pictor.Library.Pictures;

namespace Pictor.Library.Ingest;

/// <summary>
/// From a file to the model's input: read, hash, guard by the header, decode once. Whatever goes wrong with one file becomes its reason; only cancellation gets out.
/// </summary>
internal sealed class Preparation(string folder, CatalogueFile catalogue, Thumbnails thumbnails, DecodeOptions limits) : IDisposable
{
    private readonly KnownContent _known = new(catalogue);

    // Two budgets, taken in this order: whoever waits for pixels may hold a file, and whoever holds pixels waits for nothing, so there is no circle.
    private readonly MemoryBudget _files = new(512L << 20);
    private readonly MemoryBudget _pixels = new(1L << 30);

    internal async Task<Prepared> FileAsync(FoundFile found, KnownFile? known, ActiveModel? model, bool again, bool copy, CancellationToken cancellationToken)
    {
        var result = new Prepared
        {
            Path = found.Path,
            Name = Path.GetFileName(found.Path),
            Size = found.Size,
            Modified = found.Modified,
            Known = known,
            Source = copy ? found : null,
            Sidecars = [.. found.Sidecars.Select(Sidecar.Read)],
        };
        if (found.Size == 0)
            return Refuse(result, "The file is empty.", transient: false);
        if (found.Size > limits.MaxBytes)
            return Refuse(result, $"The file has {found.Size:N0} bytes; at most {limits.MaxBytes:N0} are read.", transient: false);
        using MemoryBudget.Share share = await _files.TakeAsync(found.Size, cancellationToken).ConfigureAwait(false);
        try
        {
            byte[] bytes = Read(found.Path, found.Size);
            if (FoundFile.Of(found.Path) is not { } after || after.Size != found.Size || after.Modified != found.Modified)
                return Refuse(result, "The file changed while it was read; it will be tried again next time.", transient: true);
            await DescribeAsync(result, bytes, model, again, cancellationToken).ConfigureAwait(false);
            return copy && result.Problem is null ? Store(result, bytes) : result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(result, $"The file could not be read: {e.Message}", transient: true);
        }
    }

    /// <summary>Hash, header, planes and a first thumbnail of a file in memory.</summary>
    internal async Task DescribeAsync(Prepared result, ReadOnlyMemory<byte> bytes, ActiveModel? model, bool again, CancellationToken cancellationToken)
    {
        try
        {
            result.Sha256 = ContentHash.Sha256Of(bytes.Span);
            if (_known.IsComplete(result.Id, result.Sha256, model?.Model.Id, again)) // the hash was all the work
                return;
            PictureHeader header = PictureReader.ReadHeader(bytes, result.Name, limits);
            if (header.Format == PictureFormat.Unknown)
            {
                Refuse(result, "This is not a picture in a format that Pictor reads (JPEG, PNG, BMP, WebP, GIF, TIFF, HEIC, AVIF).", transient: false);
                return;
            }

            using MemoryBudget.Share share = await _pixels.TakeAsync((long)header.Width * header.Height * 4, cancellationToken).ConfigureAwait(false);
            Preprocessing? input = model is null ? null : model.Package.Manifest.Input;
            Pixels pixels = PictureReader.Decode(bytes, result.Name, input is null ? limits with { ShortSideAtLeast = Thumbnails.AtIngest } : WithLimits(Enough(input.DecodeOptions())));
            if (input is not null)
            {
                result.Planes = new byte[input.Shape.Length];
                input.ToPlanes(pixels, result.Planes);
            }

            // Shrunk once for all that look at no more than the thumbnail shows.
            Pixels fitted = Resizer.Fit(pixels, Thumbnails.AtIngest);
            result.Thumbnail = thumbnails.First(result.Id, fitted);
            result.Facts = FactFinder.Of(header, fitted);
            result.Description = PictureReader.ReadDescription(bytes, result.Name, limits);
            result.Fingerprint = MissingFingerprints.Of(pixels, header);
            result.Header = header;
        }
        catch (InputException e)
        {
            Refuse(result, $"{Sentence(e.Problem)} {e.Remedy}".TrimEnd(), transient: false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException or UnauthorizedAccessException))
        {
            // A decoder's own failure on odd bytes; the file is at fault as far as this job is concerned, and the job goes on.
            Refuse(result, $"The picture could not be decoded ({e.GetType().Name}: {e.Message}).", transient: true);
        }
    }

    /// <summary>As large as the fingerprint needs, and the thumbnail. A JPEG of a camera is shrunk to an eighth for either; it costs nothing there.</summary>
    private static DecodeOptions Enough(DecodeOptions options) =>
        options with { ShortSideAtLeast = options.ShortSideAtLeast == 0 ? 0 : Math.Max(options.ShortSideAtLeast, PictureFingerprint.EnoughPixels) };

    internal DecodeOptions WithLimits(DecodeOptions options) => options with { MaxBytes = limits.MaxBytes, MaxPixels = limits.MaxPixels };

    public void Dispose() => _known.Dispose();

    /// <summary>The copy is on disk before the row that names it. A disk that is full is no fault of this file: it ends the job.</summary>
    private Prepared Store(Prepared file, byte[] bytes)
    {
        string path = Uploads.PathOf(file.Sha256, PictureReader.Sniff(bytes)), full = Path.Combine(folder, path);
        try
        {
            if (new FileInfo(full) is not { Exists: true } there || there.Length != bytes.Length)
                DurableFile.Write(full, bytes);
            return file.At(FoundFile.Of(full)!, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFull.Tell(full, e);
        }
    }

    /// <summary>Plain reading: this thread does nothing else meanwhile, and handing small files over to others costs more than reading them.</summary>
    private static byte[] Read(string path, long size)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)size);
        int done = 0;
        while (done < bytes.Length)
        {
            int read = RandomAccess.Read(handle, bytes.AsSpan(done), done);
            if (read == 0)
                throw new EndOfStreamException("it became shorter while it was read");
            done += read;
        }

        return bytes;
    }

    private static Prepared Refuse(Prepared file, string problem, bool transient)
    {
        file.Problem = TextKey.WellFormed(problem);
        file.Transient = transient;
        file.Planes = null;
        return file;
    }

    private static string Sentence(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '!' or '?' ? "" : ".");
}

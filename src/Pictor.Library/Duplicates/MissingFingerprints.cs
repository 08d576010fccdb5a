using Dapper;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Ingest;
using Pictor.Library.Pictures;

namespace Pictor.Library.Duplicates;

/// <summary>Fingerprints: taken from the pixels that ingest has at hand, and here, from the files, for pictures that were taken in before there were any.</summary>
internal sealed class MissingFingerprints(CatalogueFile catalogue, Preparation preparation, Contents contents)
{
    /// <summary>Corners of a picture: with 100 of them crops are found nearly as well as with 200, at half the room (docs/benchmarks.md).</summary>
    internal const int Corners = 100;

    private const int Step = 64;

    /// <summary>The fingerprint of pixels that ingest has decoded, or null where they were shrunk too far for one.</summary>
    internal static byte[]? Of(Pixels pixels, PictureHeader header) =>
        Math.Min(pixels.Width, pixels.Height) >= PictureFingerprint.EnoughPixels || (long)pixels.Width * pixels.Height == (long)header.Width * header.Height
            ? PictureFingerprint.Of(pixels, Corners).ToBytes()
            : null;

    internal static void Write(PreparedStatements statements, long picture, byte[] fingerprint) => statements.Execute(
        "INSERT INTO fingerprints (picture, data) VALUES (@picture, @data) ON CONFLICT (picture) DO UPDATE SET data = excluded.data", ("@picture", picture), ("@data", fingerprint));

    internal async Task FillAsync(IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        long last = 0;
        int done = 0;
        while (true)
        {
            (long Row, string Id)[] missing = [.. catalogue.Read(connection => connection.Query<(long, string)>(
                "SELECT row, id FROM pictures p WHERE row > @last AND hidden = 0 AND missing = 0 AND NOT EXISTS (SELECT 1 FROM fingerprints f WHERE f.picture = p.row) ORDER BY row LIMIT @Step",
                new { last, Step }))];
            if (missing.Length == 0)
                return;
            last = missing[^1].Row;
            byte[]?[] prints = new byte[]?[missing.Length];
            await Parallel.ForAsync(0, missing.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, (i, _) =>
            {
                prints[i] = Read(missing[i].Id);
                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
            await catalogue.WriteAsync(
                _ =>
                {
                    for (int i = 0; i < prints.Length; i++)
                    {
                        if (prints[i] is { } print)
                            Write(catalogue.Statements, missing[i].Row, print);
                    }

                    return 0;
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
            done += missing.Length;
            progress?.Report(new Progress("Fingerprinting pictures", done));
        }
    }

    /// <summary>Null for a file that is away or broken; it has no duplicates then.</summary>
    private byte[]? Read(string id)
    {
        try
        {
            return contents.Read(id) is { } file
                ? PictureFingerprint.Of(PictureReader.Decode(file.Bytes, id, preparation.WithLimits(new DecodeOptions { ShortSideAtLeast = PictureFingerprint.EnoughPixels })), Corners).ToBytes()
                : null;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

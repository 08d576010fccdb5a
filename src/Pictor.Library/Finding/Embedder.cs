using Pictor.Imaging;
using Pictor.Library.Deployment;
using Pictor.Library.Ingest;
using Pictor.Library.Pictures;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>A picture to compare with: its vector, and its row when it is one of the library.</summary>
internal sealed record Example(string Name, long? Row, float[] Vector);

/// <summary>Finds or computes the vector of an example.</summary>
internal sealed class Embedder(VectorStore vectors, Listing listing, Contents contents, Preparation preparation)
{
    /// <exception cref="InputException">Unknown id, broken file, or a picture that has no vector.</exception>
    internal Example Of(PictureExample example, ActiveModel active)
    {
        if (example.Region is { } region)
            return OfRegion(example, region, active);
        if (example.Id is { } id)
            return OfPicture(id, active);
        if (example.File is not { } file)
            throw new InputException("picture", "neither an id nor a file is given", "Give one of the two.") { Code = "picture.none-given" };

        // A file from outside may be one of the library all the same.
        string outsideId = ContentHash.IdOf(file.Span);
        if (listing.FindRow(outsideId) is { } row && vectors.VectorOf(row, active.Model) is { } known)
            return new Example(outsideId, row, known);
        return new Example(example.Name ?? "the given picture", listing.FindRow(outsideId), Compute(file, example.Name ?? "the given picture", active));
    }

    internal Example OfPicture(string id, ActiveModel active)
    {
        long row = listing.RowOf(id);
        if (vectors.VectorOf(row, active.Model) is { } known)
            return new Example(id, row, known);

        // Not read by this model yet (it was just switched): read it now, without keeping the answer.
        PictureContent file = contents.Read(id)
            ?? throw new InputException(id, $"{active.Model.Reference} has not read this picture, and its file is missing", "Bring the file back and run pictor index.") { Code = "picture.missing" };
        return new Example(id, row, Compute(file.Bytes, id, active));
    }

    /// <summary>A part of a picture is never among the stored ones, and the picture that it is a part of is a fair answer.</summary>
    private Example OfRegion(PictureExample example, BoundingBox region, ActiveModel active)
    {
        if (!region.IsValid)
            throw new InputException("region", "it does not lie inside the picture", "Give x, y, width and height as fractions 0..1 of the upright picture.") { Code = "search.region" };
        string name = example.Id ?? example.Name ?? "the given picture";
        if (example.Id is { } id)
            listing.RowOf(id);
        ReadOnlyMemory<byte> file = example.File ?? contents.Read(example.Id!)?.Bytes
            ?? throw new InputException(name, "the file of this picture is missing", "Bring the file back and run pictor index.") { Code = "picture.missing" };
        return new Example(name, null, Compute(file, name, active, region));
    }

    private float[] Compute(ReadOnlyMemory<byte> file, string name, ActiveModel active, BoundingBox? region = null)
    {
        if (active.Model.EmbeddingLength == 0)
            _ = active.Vectors; // tells
        DecodeOptions options = preparation.WithLimits(active.Package.Manifest.Input.DecodeOptions());
        Pixels pixels = PictureReader.Decode(file, name, region is null ? options : options with { ShortSideAtLeast = 0 });
        if (region is { } part)
            pixels = Cut(pixels, part);
        float[] embedding = active.Annotator.Read(pixels).Embedding;
        return FlatIndex.CanHold(embedding)
            ? embedding
            : throw new InputException(name, $"{active.Model.Reference} finds nothing in this picture that it could be compared by", "Use another picture.") { Code = "picture.featureless" };
    }

    private static Pixels Cut(Pixels whole, BoundingBox part)
    {
        int left = Math.Min((int)(part.X * whole.Width), whole.Width - 1), top = Math.Min((int)(part.Y * whole.Height), whole.Height - 1);
        int width = Math.Clamp((int)Math.Round(part.Width * whole.Width), 1, whole.Width - left), height = Math.Clamp((int)Math.Round(part.Height * whole.Height), 1, whole.Height - top);
        byte[] data = new byte[width * height * whole.Channels];
        for (int y = 0; y < height; y++)
            whole.Data.AsSpan((((top + y) * whole.Width) + left) * whole.Channels, width * whole.Channels).CopyTo(data.AsSpan(y * width * whole.Channels));
        return new Pixels(width, height, whole.Channels, data);
    }
}

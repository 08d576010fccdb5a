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

    private float[] Compute(ReadOnlyMemory<byte> file, string name, ActiveModel active)
    {
        if (active.Model.EmbeddingLength == 0)
            _ = active.Vectors; // tells
        Pixels pixels = PictureReader.Decode(file, name, preparation.WithLimits(active.Package.Manifest.Input.DecodeOptions()));
        float[] embedding = active.Annotator.Read(pixels).Embedding;
        return FlatIndex.CanHold(embedding)
            ? embedding
            : throw new InputException(name, $"{active.Model.Reference} finds nothing in this picture that it could be compared by", "Use another picture.") { Code = "picture.featureless" };
    }
}

using Pictor.Imaging;
using Pictor.Library;
using Pictor.Models.Annotators;

namespace Pictor.Server.Annotate;

/// <summary>What the active model says of a file's bytes; nothing is stored.</summary>
internal sealed class PictureAnnotator(PictureLibrary library, InferencePool pool)
{
    public Task<AnnotatedPicture> AnnotateAsync(string name, ReadOnlyMemory<byte> file, int top, CancellationToken cancellationToken) =>
        pool.RunAsync(() => Annotate(name, file, top), cancellationToken);

    /// <summary>Readies the active model, so that the first request is as fast as the others.</summary>
    public Task WarmAsync(CancellationToken cancellationToken) => pool.RunAsync(
        () =>
        {
            using AnnotatorLease? lease = library.Models.Borrow();
            PictureShape? shape = lease?.Annotator.Package.Manifest.Input.Shape;
            return shape is { } s ? lease!.Annotator.Read(new(s.Width, s.Height, 3, new byte[s.Width * s.Height * 3])) : null;
        },
        cancellationToken);

    private AnnotatedPicture Annotate(string name, ReadOnlyMemory<byte> file, int top)
    {
        using AnnotatorLease lease = library.Models.Borrow() ?? throw new InputException(
            "models", "no model is deployed in this library",
            "Deploy one with 'pictor models add FILE.pictor --library DIR' or POST /api/v1/models.")
        { Code = "model.none" };
        Annotator annotator = lease.Annotator;
        PictureHeader header = PictureReader.ReadHeader(file, name);
        Pixels pixels = PictureReader.Decode(file, name, annotator.Package.Manifest.Input.DecodeOptions());
        PictureReading reading = annotator.Read(pixels);
        return new(
            name, ContentHash.IdOf(file.Span), header.Width, header.Height,
            annotator.TagsOf(reading.Probabilities), annotator.Top(reading.Probabilities, top));
    }
}

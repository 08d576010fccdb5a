using Pictor.Imaging;

namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>A picture enhanced and cut as asked, upright, as JPEG; the file is left alone and nothing is stored. Null when unknown or missing on disk.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public Task<PictureContent?> EnhanceAsync(string id, Enhancement enhancement, CancellationToken cancellationToken = default) => Task.Run(
        () => Content(id) is { } file ? new PictureContent(enhancement.ApplyToFile(file.Bytes, id), "image/jpeg") : null, cancellationToken);
}

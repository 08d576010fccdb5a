namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>
    /// Writes tags, captions and stars into XMP files beside the pictures, or (by default) says what would be written. The pictures' own files are never touched, and what other
    /// programs wrote into a sidecar stays. A library that was opened for reading can only say.
    /// </summary>
    /// <exception cref="InputException">Writing was asked of a library that is open for reading only.</exception>
    public Task<SidecarOutcome> WriteSidecarsAsync(SidecarOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new SidecarOptions();
        if (options.Apply && _catalogue.ReadOnly)
            throw new InputException(Folder, "this library was opened for reading only", "Open it for writing.") { Code = "library.read-only" };
        return Task.Run(() => _sidecars.WriteAsync(options, progress, cancellationToken), cancellationToken);
    }
}

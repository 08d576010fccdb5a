using Pictor.Datasets;
using Pictor.Library.Exporting;

namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>What people said of the pictures, as a data set over the very files; dispose it. Rejections are examples of what a picture does not show.</summary>
    /// <exception cref="InputException">Nobody has said anything yet, or not of these tags (<c>export.empty</c>).</exception>
    public async Task<Dataset> ToDatasetAsync(LibraryExport? export = null, CancellationToken cancellationToken = default)
    {
        export ??= new LibraryExport();
        IReadOnlyList<string>? ids = export.Pictures is { } pictures ? await ResolveAsync(pictures, cancellationToken).ConfigureAwait(false) : null;
        return await Task.Run(() => new LibraryDataset(Folder, _catalogue, _contents, _words).Of(export, ids), cancellationToken).ConfigureAwait(false);
    }
}

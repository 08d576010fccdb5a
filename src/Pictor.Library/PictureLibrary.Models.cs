using Pictor.Library.Deployment;
using Pictor.Library.Ingest;

namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>
    /// Lets a deployed model read all pictures without switching to it: its tags are kept beside those that are shown, to be compared by <see cref="CompareModels"/>. Switching then is one
    /// step. Can be stopped; the next time it goes on from there.
    /// </summary>
    /// <returns>How many pictures it has read now.</returns>
    /// <exception cref="InputException">No model is called that (<c>model.unknown</c>), or its package is damaged.</exception>
    public async Task<int> PrepareModelAsync(string reference, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        using AnnotatorLease lease = Models.BorrowAny(reference);
        await _indexing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await new MissingReadings(_catalogue, _preparation, _writer, _contents).FillAsync(lease.Active, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _indexing.Release();
        }
    }

    /// <summary>What would change if another model became the active one: tags added, removed, moved, for each picture that both have read.</summary>
    /// <exception cref="InputException">Unknown (<c>model.unknown</c>), the active one itself (<c>model.active</c>), none in use (<c>model.none</c>), or a wrong cursor or limit.</exception>
    public ModelChanges CompareModels(string reference, int limit = 100, string? cursor = null)
    {
        (DeployedModel from, DeployedModel to) = Models.Pair(reference);
        return new ModelDiff(_catalogue, _listing).Of(from, to, limit, cursor);
    }

    /// <summary>The same picture by picture, all of them, newest first: those for which <paramref name="tag"/> would change, where one is named.</summary>
    /// <exception cref="InputException">As <see cref="CompareModels"/>.</exception>
    public IReadOnlyList<PictureChanges> ChangesWith(string reference, string? tag = null, string? id = null)
    {
        (DeployedModel from, DeployedModel to) = Models.Pair(reference);
        return new ModelDiff(_catalogue, _listing).All(from, to, tag, id);
    }
}

namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>False after pictures came, went or were hidden since <see cref="FindDuplicatesAsync"/>: what <see cref="Duplicates"/> then tells may be incomplete.</summary>
    public bool DuplicatesAreCurrent => _duplicates.IsCurrent;

    /// <summary>False while nobody has looked for duplicates: <see cref="Duplicates"/> then knows only of files that are equal.</summary>
    public bool DuplicatesWereSought => _duplicates.WereSought;

    /// <summary>Looks for duplicates in all pictures and keeps what it finds; nothing is deleted. Takes fingerprints of pictures that have none yet.</summary>
    /// <exception cref="InputException">The library was opened for reading only.</exception>
    public async Task<DuplicateOutcome> FindDuplicatesAsync(IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        await _indexing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => _duplicates.FindAsync(progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _indexing.Release();
        }
    }

    /// <summary>The groups that were found last, the surest tier first; groups of one picture's files are always as they are now.</summary>
    /// <param name="tier">One tier alone, or null for all.</param>
    /// <param name="limit">Groups a page.</param>
    /// <param name="cursor">From the page before.</param>
    /// <exception cref="InputException">A wrong cursor or limit.</exception>
    public Page<DuplicateGroup> Duplicates(DuplicateTier? tier = null, int limit = 100, string? cursor = null) => _duplicateGroups.Page(tier, limit, cursor);
}

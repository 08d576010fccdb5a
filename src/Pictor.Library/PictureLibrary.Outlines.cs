namespace Pictor.Library;

public sealed partial class PictureLibrary
{
    /// <summary>All pictures in the order of <see cref="List"/>, by id and shape only: what a grid needs to lay out the whole listing at once.</summary>
    public IReadOnlyList<PictureOutline> Outline(PictureFilter? filter = null) => _outlines.Of(filter);

    /// <summary>The same of some pictures, in the order given; unknown and hidden ones are left out.</summary>
    public IReadOnlyList<PictureOutline> Outline(IReadOnlyCollection<string> ids) => _outlines.Of(ids);

    /// <summary>Counts and tags, for the page's side bar and for metrics. In a large library that is being changed they may be some seconds old.</summary>
    public LibrarySummary Summarize() => _summaries.Of(Models.ActiveReference);
}

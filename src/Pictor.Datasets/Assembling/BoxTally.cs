using System.Globalization;
using Pictor.Imaging;

namespace Pictor.Datasets.Assembling;

/// <summary>Places the boxes of all pictures and counts what had to be put right.</summary>
internal sealed class BoxTally
{
    private int _cut, _gone;
    private string? _firstCut, _firstGone;

    /// <summary>The boxes of one draft as fractions of the upright picture, cut off at its edges.</summary>
    public IReadOnlyList<DraftBox> Place(Assembly work, int draft, PictureHeader? header)
    {
        Draft said = work.Drafts[draft];
        if (said.Boxes.Count == 0)
            return [];
        var placed = new List<DraftBox>(said.Boxes.Count);
        foreach (DraftBox box in said.Boxes)
        {
            BoundingBox raw = work.BoxUnit == BoxUnit.StoredPixels ? OfPixels(box, said, header!) : new BoundingBox(box.X, box.Y, box.Width, box.Height);
            if (BoxPlacing.Clamp(raw, out bool cut) is not { } inside)
            {
                _gone++;
                _firstGone ??= work.Files.NameOf(said.File);
                continue;
            }

            if (cut)
            {
                _cut++;
                _firstCut ??= work.Files.NameOf(said.File);
            }

            placed.Add(new DraftBox(box.Class, inside.X, inside.Y, inside.Width, inside.Height));
        }

        return placed;
    }

    public IEnumerable<string> Notes()
    {
        if (_cut > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{_cut} {(_cut == 1 ? "box reaches" : "boxes reach")} beyond the picture and {(_cut == 1 ? "is" : "are")} cut off at its edge (first in {_firstCut}).");
        if (_gone > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{_gone} {(_gone == 1 ? "box lies" : "boxes lie")} outside the picture or {(_gone == 1 ? "has" : "have")} no area, and {(_gone == 1 ? "is" : "are")} left out (first in {_firstGone}).");
    }

    private static BoundingBox OfPixels(DraftBox box, Draft draft, PictureHeader header)
    {
        bool lying = header.Orientation >= 5;
        (double width, double height) stored = lying ? (header.Height, header.Width) : (header.Width, header.Height);
        (double width, double height) = draft.Size ?? stored;
        var fractions = new BoundingBox(box.X / width, box.Y / height, box.Width / width, box.Height / height);

        // Some tools show the picture upright and say so by its size; then nothing is left to turn.
        bool drawnUpright = lying && (width, height) == (header.Width, header.Height) && (width, height) != stored;
        return drawnUpright ? fractions : BoxPlacing.Upright(fractions, header.Orientation);
    }
}

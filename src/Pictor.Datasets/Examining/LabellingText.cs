namespace Pictor.Datasets;

/// <summary>The rows of <see cref="Labelling"/>; what a data set does not have is not said.</summary>
internal static class LabellingText
{
    public static IEnumerable<(string Name, string Value)> RowsOf(DatasetInfo info)
    {
        Labelling about = info.Labelling;
        if (info.Task == DatasetTask.MultiLabel)
            yield return ("labels", FormattableString.Invariant($"{about.LabelsPerPicture:0.00} a picture, at most {about.MostLabels}; {about.Unlabelled:N0} without"));
        if (about.Numbers is { } n)
            yield return ("numbers", FormattableString.Invariant($"{n.Min:G6}..{n.Max:G6} (median {n.Median:G6}, mean {n.Mean:G6}, deviation {n.Std:G6})"));
        if (about.Boxes > 0)
            yield return ("boxes", FormattableString.Invariant($"{about.Boxes:N0} in {about.PicturesWithBoxes:N0} pictures"));
        if (about.Groups > 0)
            yield return ("groups", FormattableString.Invariant($"{about.Groups:N0}, the largest with {about.LargestGroup:N0} pictures{(about.GroupLeaks == 0 ? "" : $"; {about.GroupLeaks:N0} stand in more than one declared part")}"));
        if (about.Columns.Count > 0)
            yield return ("columns", string.Join(", ", about.Columns));
    }
}

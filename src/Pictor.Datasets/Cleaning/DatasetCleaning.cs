using Pictor.Imaging;

namespace Pictor.Datasets.Cleaning;

/// <summary>What a look over a data set has found.</summary>
/// <param name="Issues">One row for each file and problem: by kind, the gravest first, then the worst first.</param>
/// <param name="Sets">The sets of duplicates; <see cref="CleaningIssue.Group"/> counts them.</param>
public sealed record CleaningFindings(IReadOnlyList<CleaningIssue> Issues, IReadOnlyList<DuplicateSet> Sets);

/// <summary>Looks for damage, duplicates, leaks, contradictions and oddities. Nothing is changed.</summary>
public static class DatasetCleaning
{
    /// <summary>Reads every picture once, on all cores. Memory grows by 2 to 10 KB a picture, whatever its size.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="options">What counts as odd; null for the defaults.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static Task<CleaningFindings> ExamineAsync(Dataset data, CleaningOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Examine(data, options ?? new CleaningOptions(), progress, cancellationToken), cancellationToken);

    /// <summary>
    /// The group of each sample, for splits that nothing leaks through: samples that are the same picture share a number, others have one of their own.
    /// Reads and decodes every picture.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="options">How duplicates are told; null for the defaults.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <returns>By sample: the lowest index of its group.</returns>
    public static Task<int[]> GroupsAsync(Dataset data, DuplicateOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Groups(data, options, progress, cancellationToken), cancellationToken);

    /// <summary>The order of a report: by kind, then the worst first, sets together.</summary>
    public static IReadOnlyList<CleaningIssue> Ordered(IEnumerable<CleaningIssue> issues)
    {
        CleaningIssue[] all = [.. issues];
        Dictionary<(CleaningProblem, int?), double> worst = all.GroupBy(i => (i.Problem, i.Group)).ToDictionary(g => g.Key, g => g.Max(i => i.Severity));
        return [.. all.OrderBy(i => i.Problem).ThenByDescending(i => i.Group is null ? i.Severity : worst[(i.Problem, i.Group)]).ThenBy(i => i.Group ?? 0).ThenBy(i => i.Sample).ThenBy(i => i.File, StringComparer.Ordinal)];
    }

    internal static int[] Groups(Dataset data, DuplicateOptions? options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        PictureScan scan = PictureScan.Run(data, progress, cancellationToken);
        return DuplicateFinder.GroupOf(DuplicateFinder.Find(scan.Prints, Contents(data), options, progress, cancellationToken), data.Samples.Count);
    }

    private static CleaningFindings Examine(Dataset data, CleaningOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        PictureScan scan = PictureScan.Run(data, progress, cancellationToken);
        IReadOnlyList<DuplicateSet> sets = DuplicateFinder.Find(scan.Prints, Contents(data), options.Duplicates, progress, cancellationToken);
        return new CleaningFindings(Ordered([.. PictureJudge.Judge(data, scan, options), .. DuplicateJudge.Judge(data, sets, scan)]), sets);
    }

    private static string[] Contents(Dataset data) => [.. data.Samples.Select(s => s.Sha256)];
}

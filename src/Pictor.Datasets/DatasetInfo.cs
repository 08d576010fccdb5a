namespace Pictor.Datasets;

/// <summary>What <c>dataset info</c> tells; serialised as it stands.</summary>
public sealed record DatasetInfo
{
    /// <summary>Examines every picture of a data set: sizes, mean and deviation, imbalance, damage, exact duplicates, leaks.</summary>
    public static Task<DatasetInfo> ExamineAsync(Dataset data, int seed = 1, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The same for a terminal.</summary>
    public string ToText() => throw new NotImplementedException();
}

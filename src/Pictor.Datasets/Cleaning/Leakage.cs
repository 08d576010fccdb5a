using System.Globalization;

namespace Pictor.Datasets.Cleaning;

/// <summary>How many judged pictures were seen in training.</summary>
/// <param name="Judged">Pictures of the judged part.</param>
/// <param name="Exact">Of them, byte-equal to a training picture.</param>
/// <param name="Near">Of them, nearly the same as one, exact ones not counted; null when it was not looked for.</param>
public sealed record Leakage(int Judged, int Exact, int? Near)
{
    /// <summary>Above so many pictures near duplicates are looked for only when asked.</summary>
    public const int NearByDefaultUpTo = 20_000;

    /// <summary>Counts. Exact ones cost nothing, for the hashes are known; near ones take a look at every picture of both parts.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="train">Indices of the training samples.</param>
    /// <param name="judged">Indices of the samples that are judged.</param>
    /// <param name="near">Look for near duplicates; null: when both parts have at most <see cref="NearByDefaultUpTo"/> pictures.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static Leakage Between(Dataset data, IReadOnlyList<int> train, IReadOnlyList<int> judged, bool? near = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        bool look = near ?? train.Count + judged.Count <= NearByDefaultUpTo;
        return Of(data, train, judged, look ? DatasetCleaning.Groups(data, null, progress, cancellationToken) : null);
    }

    /// <summary>Counts with groups that are known already.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="train">Indices of the training samples.</param>
    /// <param name="judged">Indices of the samples that are judged.</param>
    /// <param name="groups">As <see cref="DatasetCleaning.GroupsAsync"/> gives them; null: exact ones only.</param>
    public static Leakage Of(Dataset data, IReadOnlyList<int> train, IReadOnlyList<int> judged, IReadOnlyList<int>? groups)
    {
        var trained = train.Select(i => data.Samples[i].Sha256).ToHashSet(StringComparer.Ordinal);
        int exact = judged.Count(i => trained.Contains(data.Samples[i].Sha256));
        if (groups is null)
            return new Leakage(judged.Count, exact, null);
        var seen = train.Select(i => groups[i]).ToHashSet();
        return new Leakage(judged.Count, exact, judged.Count(i => !trained.Contains(data.Samples[i].Sha256) && seen.Contains(groups[i])));
    }

    /// <summary>A sentence for a report.</summary>
    public string Line()
    {
        string unseen = Near is null ? " (near duplicates were not looked for)" : "";
        if (Exact == 0 && Near is null or 0)
            return $"No judged picture was seen in training{unseen}.";
        string nearly = Near is { } n ? string.Create(CultureInfo.InvariantCulture, $", {n:N0} more nearly so") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Exact:N0} of {Judged:N0} judged pictures are byte-equal to a training picture{nearly}{unseen}: the figures may be too good.");
    }
}

namespace Pictor.Library.Collecting;

/// <summary>
/// Where one event ends and the next begins, by the gaps between the times of pictures: a gap is a border when it is far longer than those around it, so that a week of ski runs and a
/// birthday afternoon both hold together. J. Platt, M. Czerwinski, B. Field, "PhotoTOC: Automatic Clustering for Browsing Personal Photographs" (2003), equation 1:
/// log(g[N]) >= K + mean of log(g[N+i]) for i = -d..d, with the paper's K = log 17 and d = 10.
/// </summary>
internal static class EventGaps
{
    private const int Around = 10;
    private static readonly double s_k = Math.Log(17);

    /// <summary>Shorter breaks end nothing: a burst of pictures a second apart makes any pause look long.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(30);

    /// <summary>A longer break always ends an event, also among few pictures.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    /// <summary>The positions at which a new event begins; 0 is one wherever there are pictures.</summary>
    /// <param name="times">In milliseconds, ascending.</param>
    internal static List<int> Starts(IReadOnlyList<long> times)
    {
        var starts = new List<int>();
        if (times.Count == 0)
            return starts;
        double[] logs = [.. Enumerable.Range(0, times.Count - 1).Select(i => Math.Log(Math.Max(1, (times[i + 1] - times[i]) / 1000.0)))];
        starts.Add(0);
        for (int i = 0; i < logs.Length; i++)
        {
            long gap = times[i + 1] - times[i];
            int first = Math.Max(0, i - Around), last = Math.Min(logs.Length - 1, i + Around);
            double mean = logs.AsSpan(first, last - first + 1).ToArray().Average();
            if (gap >= s_longest.TotalMilliseconds || (gap >= s_shortest.TotalMilliseconds && logs[i] >= s_k + mean))
                starts.Add(i + 1);
        }

        return starts;
    }
}

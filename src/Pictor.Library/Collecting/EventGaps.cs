using Pictor.Imaging;

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

    /// <summary>The same, where pictures tell their places too: an event also ends where the place does.</summary>
    /// <param name="times">In milliseconds, ascending.</param>
    /// <param name="places">Where each was taken; null where it does not tell.</param>
    internal static List<int> Starts(IReadOnlyList<long> times, IReadOnlyList<GeoPoint?> places) =>
        [.. Starts(times).Concat(PlaceSteps.Starts(times, places)).Distinct().Order()];

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
            if (gap >= s_longest.TotalMilliseconds || (gap >= s_shortest.TotalMilliseconds && IsFarLonger(logs, i)))
                starts.Add(i + 1);
        }

        return starts;
    }

    /// <summary>Equation 1, for whatever the logarithms measure.</summary>
    internal static bool IsFarLonger(double[] logs, int i)
    {
        int first = Math.Max(0, i - Around), last = Math.Min(logs.Length - 1, i + Around);
        double sum = 0;
        for (int j = first; j <= last; j++)
            sum += logs[j];
        return logs[i] >= s_k + (sum / (last - first + 1));
    }
}

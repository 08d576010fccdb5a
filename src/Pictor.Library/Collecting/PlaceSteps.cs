using Pictor.Imaging;

namespace Pictor.Library.Collecting;

/// <summary>
/// Where an event ends because its place does: two places are parted by a way far longer than those around it, by the same rule as gaps in time (<see cref="EventGaps"/>), so that a walk
/// through a town and a drive along a coast both hold together. A step between two pictures that nobody could have travelled in their time is a fault of the receiver and parts nothing.
/// </summary>
internal static class PlaceSteps
{
    /// <summary>Kilometres: a shorter way ends nothing.</summary>
    private const double Shortest = 10;

    /// <summary>Kilometres: a longer way always ends an event, also among few pictures.</summary>
    private const double Longest = 100;

    /// <summary>Kilometres, for pictures from one spot.</summary>
    private const double Spot = 0.02;

    /// <summary>Kilometres an hour, by airliner.</summary>
    private const double Fastest = 1200;

    /// <summary>The positions at which another place begins.</summary>
    /// <param name="times">In milliseconds, ascending.</param>
    /// <param name="places">Where each was taken; null where it does not tell.</param>
    internal static IEnumerable<int> Starts(IReadOnlyList<long> times, IReadOnlyList<GeoPoint?> places)
    {
        int[] located = [.. Enumerable.Range(0, places.Count).Where(i => places[i] is not null)];
        double[] ways = [.. located.Zip(located.Skip(1), (a, b) => GeoDistance.Between(places[a]!.Value, places[b]!.Value))];
        double[] logs = [.. ways.Select(way => Math.Log(Math.Max(Spot, way)))];
        for (int i = 0; i < ways.Length; i++)
        {
            (int before, int after) = (located[i], located[i + 1]);
            double hours = (times[after] - times[before]) / 3_600_000.0;
            if (ways[i] >= Shortest && ways[i] <= Fastest * hours && (ways[i] >= Longest || EventGaps.IsFarLonger(logs, i)))
                yield return WidestGap(times, before, after);
        }
    }

    /// <summary>Between them are pictures that tell no place: they go with the side that is nearer in time.</summary>
    private static int WidestGap(IReadOnlyList<long> times, int before, int after) =>
        Enumerable.Range(before + 1, after - before).MaxBy(i => times[i] - times[i - 1]);
}

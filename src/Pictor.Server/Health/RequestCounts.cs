using System.Collections.Concurrent;

namespace Pictor.Server.Health;

/// <summary>What is counted of requests: how many by route and status, and how long they took by route.</summary>
internal sealed class RequestCounts
{
    /// <summary>Upper edges of the latency buckets in seconds.</summary>
    public static readonly double[] Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    private readonly ConcurrentDictionary<(string Method, string Route, int Status), StrongCount> _requests = new();
    private readonly ConcurrentDictionary<(string Method, string Route), Latency> _latencies = new();

    public IEnumerable<(string Method, string Route, int Status, long Count)> Requests =>
        _requests.OrderBy(entry => entry.Key).Select(entry => (entry.Key.Method, entry.Key.Route, entry.Key.Status, entry.Value.Value));

    public IEnumerable<(string Method, string Route, Latency Latency)> Latencies =>
        _latencies.OrderBy(entry => entry.Key).Select(entry => (entry.Key.Method, entry.Key.Route, entry.Value));

    /// <param name="method">The HTTP method.</param>
    /// <param name="route">The route's pattern, never the path: paths are without end.</param>
    /// <param name="status">The status.</param>
    /// <param name="seconds">How long it took.</param>
    public void Add(string method, string route, int status, double seconds)
    {
        _requests.GetOrAdd((method, route, status), _ => new()).Increment();
        _latencies.GetOrAdd((method, route), _ => new()).Add(seconds);
    }

    internal sealed class StrongCount
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Increment() => Interlocked.Increment(ref _value);
    }

    internal sealed class Latency
    {
        private readonly long[] _counts = new long[Buckets.Length + 1];
        private long _microseconds;

        public double Seconds => Interlocked.Read(ref _microseconds) / 1e6;

        public void Add(double seconds)
        {
            int bucket = Array.FindIndex(Buckets, edge => seconds <= edge);
            Interlocked.Increment(ref _counts[bucket < 0 ? Buckets.Length : bucket]);
            Interlocked.Add(ref _microseconds, (long)(seconds * 1e6));
        }

        /// <summary>How many took at most each edge; last, how many in all.</summary>
        public long[] Cumulative()
        {
            long sum = 0;
            return [.. _counts.Select((_, i) => sum += Interlocked.Read(ref _counts[i]))];
        }
    }
}

using System.Diagnostics;
using Pictor.VectorSearch;

namespace Pictor.Bench.Search;

/// <summary>
/// Exact search: FlatIndex against a plain fp32 scan with TensorPrimitives.Dot and a heap, both on one thread and on huge pages, turn by turn in one run.
/// Every answer is compared; scores may differ by what fp32 addition in another order does, and rows so close may change places.
/// </summary>
internal static class SearchBench
{
    private const double SameScore = 2e-6;

    public static SearchReport Run(Flags flags, TextWriter output)
    {
        flags.Allow("vectors", "dimensions", "queries", "count", "rounds", "data", "seed");
        int vectors = flags.Number("vectors", 100_000), dimensions = flags.Number("dimensions", 256), queries = flags.Number("queries", 300);
        int count = flags.Number("count", 10), rounds = flags.Number("rounds", 5), seed = flags.Number("seed", 1, least: 0);
        string lie = flags.Text("data", "hard");
        var data = new SyntheticVectors(dimensions, lie, seed);

        using var index = new FlatIndex(dimensions);
        using var plain = new PlainScan(vectors, dimensions);
        long filling = Stopwatch.GetTimestamp();
        for (int i = 0; i < vectors; i++) plain.Put(i, data.Next());
        TimeSpan made = Stopwatch.GetElapsedTime(filling);
        filling = Stopwatch.GetTimestamp();
        for (int i = 0; i < vectors; i++) index.Set(i, plain.Row(i));
        TimeSpan filled = Stopwatch.GetElapsedTime(filling);
        float[][] questions = [.. Enumerable.Range(0, queries).Select(_ => data.Next())];

        output.WriteLine($"exact search, {vectors:N0} x {dimensions}, {lie} data, {queries} queries, the best {count}, one thread");
        output.WriteLine($"{Machine.Processor}; scan with {index.Instructions}; made in {made.TotalSeconds:0.0} s, index filled in {filled.TotalSeconds:0.00} s");
        int bytesPerVector = ((dimensions + 63) & ~63) + (3 * sizeof(float));
        long codeBytes = (long)vectors * bytesPerVector, rowBytes = (long)vectors * dimensions * sizeof(float);
        double limit = Memory.ReadLimit(codeBytes), large = Memory.ReadLimit(512L << 20);
        output.WriteLine($"one thread reads {limit / 1e9:0.0} GB/s of memory as large as the codes, {large / 1e9:0.0} GB/s of 512 MiB\n");

        for (int warm = 0; warm < 30; warm++) Same(index.Search(questions[warm % queries], count), plain.Search(questions[warm % queries], count), plain, questions[warm % queries]);
        output.WriteLine("round  idle   index ms (p99)     plain ms (p99)     ratio");
        var results = new List<SearchRound>();
        int different = 0;
        for (int round = 1; round <= rounds; round++)
        {
            double? idle = Machine.IdleShare();
            IReadOnlyList<Neighbour>[] ours = new IReadOnlyList<Neighbour>[queries], theirs = new IReadOnlyList<Neighbour>[queries];
            double[] indexTimes = Time(questions, ours, q => index.Search(q, count));
            double[] plainTimes = Time(questions, theirs, q => plain.Search(q, count));
            for (int q = 0; q < queries; q++) different += Same(ours[q], theirs[q], plain, questions[q]) ? 0 : 1;
            var result = new SearchRound(idle, Median(indexTimes), Highest(indexTimes), Median(plainTimes), Highest(plainTimes));
            results.Add(result);
            output.WriteLine(
                $"{round,5}  {idle,4:0%}   {result.IndexMilliseconds,8:0.000} ({result.IndexP99,7:0.000}) {result.PlainMilliseconds,9:0.000} ({result.PlainP99,7:0.000}) {result.PlainMilliseconds / result.IndexMilliseconds,7:0.00}x");
        }

        double indexMedian = Median([.. results.Select(r => r.IndexMilliseconds)]), plainMedian = Median([.. results.Select(r => r.PlainMilliseconds)]);
        double rate = codeBytes / indexMedian * 1e3, plainRate = rowBytes / plainMedian * 1e3;
        output.WriteLine($"""

            {"",-14}{"ms/query",10}{"bytes/vector",14}{"GB/s",8}{"of limit",10}
            {"FlatIndex",-14}{indexMedian,10:0.000}{bytesPerVector,14}{rate / 1e9,8:0.0}{rate / limit,10:0%}
            {"plain fp32",-14}{plainMedian,10:0.000}{dimensions * sizeof(float),14}{plainRate / 1e9,8:0.0}{plainRate / large,10:0%}
            FlatIndex is {plainMedian / indexMedian:0.00}x as fast; {different} of {rounds * queries} answers differ
            """);
        return new SearchReport(Machine.Processor, index.Instructions, lie, vectors, dimensions, queries, count, bytesPerVector, filled.TotalSeconds, limit / 1e9, large / 1e9, indexMedian, plainMedian, rate / 1e9, plainRate / 1e9, different, results);
    }

    private static double[] Time(float[][] questions, IReadOnlyList<Neighbour>[] answers, Func<float[], IReadOnlyList<Neighbour>> search)
    {
        double[] times = new double[questions.Length];
        for (int i = 0; i < questions.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            answers[i] = search(questions[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }

    /// <summary>Equal scores place by place, and each id really has the score it came with.</summary>
    private static bool Same(IReadOnlyList<Neighbour> ours, IReadOnlyList<Neighbour> theirs, PlainScan plain, float[] question) =>
        ours.Count == theirs.Count && ours.Zip(theirs).All(pair =>
            Math.Abs(pair.First.Score - pair.Second.Score) <= SameScore && Math.Abs(pair.First.Score - plain.Score((int)pair.First.Id, question)) <= SameScore);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Highest(double[] values) => values.Order().ElementAt(values.Length * 99 / 100);
}

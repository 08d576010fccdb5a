using System.Numerics;

namespace Pictor.Imaging;

/// <summary>Finds pictures that look alike as a whole, mirrored and turned ones included, without comparing all with all.</summary>
internal sealed class WholeCandidates
{
    private const int Tables = 20;

    // Signs in which two copies may differ beyond what their angle makes likely: five and more standard deviations.
    private const int Slack = 40;
    private const int Words = ProjectionBits.Count / 64;

    // Thousands of blank or equal pictures share a key; comparing each with some of them is enough to join them all.
    private const int LongestRun = 400;
    private const int Neighbours = 60;

    private readonly IReadOnlyList<PictureFingerprint?> _pictures;
    private readonly KeyTable[] _tables;
    private readonly ulong[] _words;
    private readonly int _bits;
    private readonly int _farthest;
    private readonly int _farthestTiny;

    public WholeCandidates(IReadOnlyList<PictureFingerprint?> pictures, DuplicateOptions options, CancellationToken cancellationToken)
    {
        _pictures = pictures;
        _farthest = Farthest(options.LeastCorrelation);
        _farthestTiny = Farthest(options.LeastTinyCorrelation);

        // Longer keys for larger sets, so that a bucket stays short: the work grows with the number of pictures, not with its square.
        _bits = Math.Clamp((int)Math.Ceiling(Math.Log2(pictures.Count + 1)) + 4, 10, 24);
        ulong[] words = _words = new ulong[pictures.Count * Words];
        Parallel.For(0, pictures.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            if (pictures[i] is { Copy.IsFlat: false } picture)
                ProjectionBits.Of(picture.Copy.Coarse, words.AsSpan(i * Words, Words));
        });
        _tables = new KeyTable[Tables];
        var keys = new int[pictures.Count];
        for (int t = 0; t < Tables; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < keys.Length; i++)
                keys[i] = pictures[i] is { Copy.IsFlat: false } ? ProjectionBits.Slice(words.AsSpan(i * Words, Words), t * _bits, _bits) : -1;
            _tables[t] = new KeyTable(keys, i => i);
        }
    }

    /// <summary>Calls <paramref name="candidate"/> with (picture, way of laying <paramref name="index"/>) for every earlier picture that may be the same; each pair and way once.</summary>
    /// <param name="index">The picture.</param>
    /// <param name="seen">A scratch of one entry per picture, filled with -1 before the first call.</param>
    /// <param name="candidate">Told of each.</param>
    public void Of(int index, int[] seen, Action<int, int> candidate)
    {
        if (_pictures[index] is not { Copy.IsFlat: false } picture)
            return;
        Span<ulong> words = stackalloc ulong[Words];
        bool tiny = picture.Corners is null;
        for (int way = 0; way < 8; way++)
        {
            ProjectionBits.Of(GreyCopy.Laid(picture.Copy.Coarse, GreyCopy.CoarseSide, GreyCopy.CoarseSide, way), words);
            int stamp = (index * 8) + way;
            for (int t = 0; t < Tables; t++)
            {
                ReadOnlySpan<int> bucket = _tables[t][ProjectionBits.Slice(words, t * _bits, _bits)];
                int end = bucket.BinarySearch(index);
                end = end < 0 ? ~end : end;
                for (int k = bucket.Length > LongestRun ? Math.Max(0, end - Neighbours) : 0; k < end; k++)
                {
                    if (seen[bucket[k]] == stamp)
                        continue;
                    seen[bucket[k]] = stamp;
                    if (Distance(words, bucket[k]) <= (tiny || _pictures[bucket[k]]!.Corners is null ? _farthestTiny : _farthest))
                        candidate(bucket[k], way);
                }
            }
        }
    }

    private static int Farthest(double correlation) => (int)(ProjectionBits.Count * Math.Acos(Math.Clamp(correlation, -1, 1)) / Math.PI) + Slack;

    private int Distance(ReadOnlySpan<ulong> words, int other)
    {
        int distance = 0;
        for (int i = 0; i < Words; i++)
            distance += BitOperations.PopCount(words[i] ^ _words[(other * Words) + i]);
        return distance;
    }
}

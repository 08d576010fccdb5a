namespace Pictor.Imaging;

/// <summary>Two pictures that are nearly the same.</summary>
internal readonly record struct Likeness(int A, int B, double Similarity);

/// <summary>Proposes pairs by hashing, and believes those whose pixels agree.</summary>
internal static class NearDuplicates
{
    private const double LeastAlignedCorrelation = 0.8;
    private const double LeastAlignedDetail = 0.55;
    private const double LeastOverlap = 0.2;
    private const double LargestScale = 3;

    // In pixels of the working size. One caption laid over two photos gives many corners that agree, on a line.
    private const double LeastBreadth = 14;

    /// <summary>The pairs, ordered; of pictures with equal pixels only the first is looked at.</summary>
    public static IReadOnlyList<Likeness> Find(
        IReadOnlyList<PictureFingerprint?> pictures, DisjointSets known, DuplicateOptions options, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        PictureFingerprint?[] single = [.. pictures.Select((p, i) => known.Find(i) == i ? p : null)];
        var whole = new WholeCandidates(single, options, cancellationToken);
        var corners = new CornerCandidates(single, cancellationToken);
        var found = new List<Likeness>();
        var gate = new Lock();
        int done = 0, every = Math.Max(1, single.Length / 200);
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, single.Length, parallel, () => new Worker(single, whole, corners, options), (i, _, worker) =>
        {
            worker.Look(i);
            int now = Interlocked.Increment(ref done);
            if (now % every == 0 || now == single.Length)
                progress?.Report(new Progress("Comparing pictures", now, single.Length));
            return worker;
        }, worker =>
        {
            lock (gate)
                found.AddRange(worker.Found);
        });
        return [.. found.OrderBy(f => f.A).ThenBy(f => f.B)];
    }

    private sealed class Worker
    {
        private readonly PictureFingerprint?[] _pictures;
        private readonly WholeCandidates _whole;
        private readonly CornerCandidates _corners;
        private readonly DuplicateOptions _options;
        private readonly int[] _seen;
        private readonly int[] _votes;
        private readonly Dictionary<int, double> _near = [];

        public Worker(PictureFingerprint?[] pictures, WholeCandidates whole, CornerCandidates corners, DuplicateOptions options)
        {
            (_pictures, _whole, _corners, _options) = (pictures, whole, corners, options);
            _seen = new int[pictures.Length];
            Array.Fill(_seen, -1);
            _votes = new int[pictures.Length];
        }

        public List<Likeness> Found { get; } = [];

        public void Look(int index)
        {
            if (_pictures[index] is not { } picture)
                return;
            _near.Clear();
            _whole.Of(index, _seen, (other, way) => Note(other, Whole(picture, _pictures[other]!, way)));
            foreach (bool mirrored in (ReadOnlySpan<bool>)[false, true])
            {
                foreach (int other in _corners.Of(index, mirrored, _votes))
                {
                    if (!_near.ContainsKey(other))
                        Note(other, Aligned(picture, _pictures[other]!, mirrored));
                }
            }

            Found.AddRange(_near.Select(n => new Likeness(n.Key, index, n.Value)));
        }

        private void Note(int other, double? similarity)
        {
            if (similarity is { } value && value > _near.GetValueOrDefault(other))
                _near[other] = value;
        }

        private double? Whole(PictureFingerprint a, PictureFingerprint b, int way)
        {
            GreyCopy from = a.Copy, to = b.Copy;
            double aspect = (way & 4) == 0 ? from.Aspect : 1 / from.Aspect, ratio = aspect / to.Aspect;
            (int width, int height) = (way & 4) == 0 ? (from.Width, from.Height) : (from.Height, from.Width);
            if (ratio is > 1.15 or < 1 / 1.15)
                return null;
            bool tiny = a.Corners is null || b.Corners is null, equal = width == to.Width && height == to.Height;
            byte[] laid = GreyCopy.Laid(equal ? from.Fine : from.Coarse, equal ? from.Width : GreyCopy.CoarseSide, equal ? from.Height : GreyCopy.CoarseSide, way);
            byte[] other = equal ? to.Fine : to.Coarse;
            double least = tiny ? _options.LeastTinyCorrelation : _options.LeastCorrelation, correlation = Correlation.Of(laid, other);
            if (correlation < least)
                return null;

            // Strokes of digits and skies over fields agree in the broad; a copy agrees in the fine as well.
            return Correlation.OfDetail(laid, other, equal ? to.Width : GreyCopy.CoarseSide) >= 1 - (3 * (1 - least)) ? correlation : null;
        }

        private double? Aligned(PictureFingerprint a, PictureFingerprint b, bool mirrored)
        {
            if (Alignment.Of(a.Corners!, b.Corners!, mirrored) is not { } alignment || alignment.Inliers < _options.LeastCorners
                || alignment.Breadth < LeastBreadth || alignment.Scale is > LargestScale or < 1 / LargestScale)
            {
                return null;
            }

            // Two drawings of one kind share sky, sea and sun, and agree in the broad; a copy agrees in the fine as well.
            (double value, double detail, double overlap) = Correlation.Aligned(a, b, alignment);
            return value >= LeastAlignedCorrelation && detail >= LeastAlignedDetail && overlap >= LeastOverlap ? value : null;
        }
    }
}

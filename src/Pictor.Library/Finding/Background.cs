using System.Numerics.Tensors;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>
/// What a score means in this library, so that a search by picture can say nothing. A flat cut fails: 0.9 is much for one model and query and little for another.
/// Two rules, both measured on the library itself. A picture is foreign when its best match is further away than the nearest neighbour of the loneliest of a sample
/// of the library's own pictures. And a match is weak when it scores less than one standard deviation above what the sample scores for the same query.
/// </summary>
/// <param name="index">The vectors.</param>
/// <param name="greatestId">The greatest id that may be in it.</param>
internal sealed class Background(FlatIndex index, long greatestId)
{
    /// <summary>Below this many pictures nothing can be said of averages: nothing is foreign, nothing is weak.</summary>
    internal const int SmallLibrary = 64;

    private const int SampleSize = 256;

    /// <summary>Room for queries that are a little lonelier than the loneliest of the sample.</summary>
    private const double Margin = 0.05;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, double> _nearest = [];
    private readonly int _measuredAt = index.Count;
    private readonly long[] _sample = [.. Sample(index, greatestId)];
    private double _loneliest = double.PositiveInfinity;

    /// <summary>False when the library has grown or shrunk by a tenth since.</summary>
    internal bool IsCurrent => Math.Abs(index.Count - _measuredAt) * 10L <= _measuredAt;

    /// <summary>The picture is unlike anything here.</summary>
    internal bool IsForeign(double best)
    {
        if (index.Count < SmallLibrary)
            return false;
        lock (_lock)
        {
            if (best >= _loneliest - Margin)
                return false;

            // One picture that is as lonely is enough, and most queries are no lonelier than the first few: it seldom takes the whole sample.
            float[] vector = new float[index.Dimensions];
            foreach (long id in _sample)
            {
                if (_nearest.ContainsKey(id) || !index.TryGet(id, vector) || index.Search(vector, 1, other => other != id) is not [var nearest, ..])
                    continue;
                _nearest[id] = nearest.Score;
                _loneliest = Math.Min(_loneliest, nearest.Score);
                if (best >= _loneliest - Margin)
                    return false;
            }

            return true;
        }
    }

    /// <summary>The score from which on a match is more than chance.</summary>
    internal double Cut(ReadOnlySpan<float> query) => Level(query).Cut;

    /// <summary>What the sample scores for a query on average, and the score from which on a match is more than chance.</summary>
    internal (double Mean, double Cut) Level(ReadOnlySpan<float> query)
    {
        if (index.Count < SmallLibrary)
            return (0, double.NegativeInfinity);
        float[] vector = new float[index.Dimensions];
        double sum = 0, squares = 0;
        int count = 0;
        foreach (long id in _sample)
        {
            if (!index.TryGet(id, vector))
                continue;
            double score = TensorPrimitives.Dot(vector, query);
            (sum, squares, count) = (sum + score, squares + (score * score), count + 1);
        }

        double mean = sum / Math.Max(1, count);
        return (mean, mean + Math.Sqrt(Math.Max(0, (squares / Math.Max(1, count)) - (mean * mean))));
    }

    /// <summary>Ids spread evenly in a fixed order (multiples of the golden ratio), so that the same library is always judged by the same pictures.</summary>
    private static IEnumerable<long> Sample(FlatIndex index, long greatestId)
    {
        float[] vector = new float[index.Dimensions];
        var taken = new HashSet<long>();
        for (long i = 1; i <= 16 * SampleSize && taken.Count < SampleSize; i++)
        {
            double place = i * 0.6180339887498949;
            long id = 1 + (long)((place - Math.Floor(place)) * greatestId);
            if (index.TryGet(id, vector) && taken.Add(id))
                yield return id;
        }
    }
}

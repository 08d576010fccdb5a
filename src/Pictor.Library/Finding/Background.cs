using System.Numerics.Tensors;
using Pictor.VectorSearch;

namespace Pictor.Library.Finding;

/// <summary>
/// What a score means in this library, so that a search by picture can say nothing. A flat cut fails: 0.9 is much for one model and query and little for another.
/// Two rules, both measured on the library itself. A picture is foreign when its best match is further away than that of the loneliest of a sample of the
/// library's own pictures; then nothing is shown. Else what is less like it than an average picture of the library is folded away as weaker.
/// </summary>
internal sealed class Background(FlatIndex index)
{
    /// <summary>Below this many pictures nothing can be said of averages, and everything is shown.</summary>
    internal const int SmallLibrary = 64;

    private const int SampleSize = 256;

    /// <summary>Room for queries that are a little lonelier than the loneliest of the sample.</summary>
    private const double Margin = 0.05;

    private readonly Lock _lock = new();
    private List<long> _sample = [];
    private double _loneliest;
    private int _measuredAt;

    /// <summary>The score from which on matches are shown; above 1 when the query is foreign here.</summary>
    internal double Cut(ReadOnlySpan<float> query, double best)
    {
        if (index.Count < SmallLibrary)
            return double.NegativeInfinity;
        Measure();
        if (best < _loneliest - Margin)
            return double.PositiveInfinity;

        float[] vector = new float[index.Dimensions];
        double sum = 0;
        int count = 0;
        foreach (long id in _sample)
        {
            if (index.TryGet(id, vector))
            {
                sum += TensorPrimitives.Dot(vector, query);
                count++;
            }
        }

        // Where all are alike (the best is hardly above the average) there is nothing to tell apart.
        double mean = count == 0 ? 0 : sum / count;
        return best - mean < 0.01 ? double.NegativeInfinity : mean;
    }

    /// <summary>Looks at the library again when it has grown or shrunk by a tenth.</summary>
    private void Measure()
    {
        lock (_lock)
        {
            int count = index.Count;
            if (_measuredAt > 0 && Math.Abs(count - _measuredAt) * 10 <= _measuredAt)
                return;

            // Every n-th of what lies around one fixed direction: the same sample for the same library.
            float[] direction = new float[index.Dimensions];
            direction.AsSpan().Fill(1f / MathF.Sqrt(index.Dimensions));
            IReadOnlyList<Neighbour> all = index.Search(direction, count);
            int step = Math.Max(1, all.Count / SampleSize);
            _sample = [.. Enumerable.Range(0, all.Count / step).Select(i => all[i * step].Id)];
            float[] vector = new float[index.Dimensions];
            double loneliest = 1;
            foreach (long id in _sample)
            {
                if (index.TryGet(id, vector) && index.Search(vector, 1, other => other != id) is [var nearest, ..])
                    loneliest = Math.Min(loneliest, nearest.Score);
            }

            _loneliest = loneliest;
            _measuredAt = count;
        }
    }
}

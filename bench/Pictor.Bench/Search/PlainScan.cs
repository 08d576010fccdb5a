using System.Numerics.Tensors;
using Pictor.VectorSearch;

namespace Pictor.Bench.Search;

/// <summary>The rival: every fp32 row by TensorPrimitives.Dot, the best in a heap.</summary>
internal sealed unsafe class PlainScan(int vectors, int dimensions) : IDisposable
{
    private readonly Memory memory = new((long)vectors * dimensions * sizeof(float));

    public Span<float> Row(int row) => new((float*)memory.Start + ((nint)row * dimensions), dimensions);

    public void Put(int row, float[] vector) => vector.CopyTo(Row(row));

    public float Score(int row, float[] query) => TensorPrimitives.Dot(Row(row), query);

    public Neighbour[] Search(float[] query, int count)
    {
        var best = new PriorityQueue<int, float>(count + 1);
        float worst = float.NegativeInfinity;
        for (int row = 0; row < vectors; row++)
        {
            float score = Score(row, query);
            if (score <= worst) continue;
            if (best.Count < count) best.Enqueue(row, score);
            else best.EnqueueDequeue(row, score);
            if (best.Count == count && best.TryPeek(out _, out float lowest)) worst = lowest;
        }

        return [.. best.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element).Select(item => new Neighbour(item.Element, item.Priority))];
    }

    public void Dispose() => memory.Dispose();
}

namespace Pictor.VectorSearch.Scanning;

/// <summary>The highest scores seen, so many at most: a heap with the worst of them on top.</summary>
internal sealed class BestScores(int count)
{
    private readonly float[] heap = new float[count];
    private int size;

    /// <summary>The worst of the best; negative infinity until there are enough.</summary>
    public float Worst { get; private set; } = float.NegativeInfinity;

    /// <summary>Takes a score in if it is among the best.</summary>
    public void Offer(float score)
    {
        if (size < heap.Length) Rise(score);
        else if (score > heap[0]) Sink(score);
        if (size == heap.Length) Worst = heap[0];
    }

    private void Rise(float score)
    {
        int place = size++;
        for (int parent = (place - 1) / 2; place > 0 && heap[parent] > score; parent = (place - 1) / 2)
        {
            heap[place] = heap[parent];
            place = parent;
        }

        heap[place] = score;
    }

    private void Sink(float score)
    {
        int place = 0;
        for (int child = 1; child < size; child = (2 * place) + 1)
        {
            if (child + 1 < size && heap[child + 1] < heap[child]) child++;
            if (heap[child] >= score) break;
            heap[place] = heap[child];
            place = child;
        }

        heap[place] = score;
    }
}

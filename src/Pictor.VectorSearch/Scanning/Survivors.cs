using System.Buffers;
using System.Runtime.CompilerServices;

namespace Pictor.VectorSearch.Scanning;

/// <summary>
/// Rows that may be among the best, each with the highest score it can have, and the score that a row must be able to reach: the count-th best of the lowest
/// scores that rows can have. Only rows that pass the filter raise it, and the filter is asked only about rows that reach it.
/// </summary>
internal sealed class Survivors : IDisposable
{
    private readonly BestScores lowest;
    private int[] slots;
    private float[] uppers;

    public Survivors(int count)
    {
        lowest = new BestScores(count);
        slots = ArrayPool<int>.Shared.Rent(1024);
        uppers = ArrayPool<float>.Shared.Rent(1024);
    }

    /// <summary>Rows kept.</summary>
    public int Count { get; private set; }

    /// <summary>What a row must be able to reach.</summary>
    public float Threshold => lowest.Worst;

    /// <summary>Keeps a row.</summary>
    public void Add(int slot, float score, float slack)
    {
        if (Count == Math.Min(slots.Length, uppers.Length)) MakeRoom();
        slots[Count] = slot;
        uppers[Count] = score + slack;
        Count++;
        lowest.Offer(score - slack);
    }

    /// <summary>The rows that still reach the threshold, highest first.</summary>
    public ReadOnlySpan<int> Ranked(out ReadOnlySpan<float> highest)
    {
        Prune();
        uppers.AsSpan(0, Count).Sort(slots.AsSpan(0, Count), static (a, b) => b.CompareTo(a));
        highest = uppers.AsSpan(0, Count);
        return slots.AsSpan(0, Count);
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(slots);
        ArrayPool<float>.Shared.Return(uppers);
        slots = [];
        uppers = [];
    }

    private void Prune()
    {
        float threshold = Threshold;
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (uppers[i] < threshold) continue;
            (slots[kept], uppers[kept]) = (slots[i], uppers[i]);
            kept++;
        }

        Count = kept;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom()
    {
        Prune();
        if (Count <= slots.Length / 2) return;
        slots = Grow(slots);
        uppers = Grow(uppers);
    }

    private T[] Grow<T>(T[] old)
    {
        T[] grown = ArrayPool<T>.Shared.Rent(old.Length * 2);
        old.AsSpan(0, Count).CopyTo(grown);
        ArrayPool<T>.Shared.Return(old);
        return grown;
    }
}

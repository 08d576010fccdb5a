using Pictor.Library.Ingest;

namespace Pictor.Library.Tests;

public sealed class MemoryBudgetTests
{
    [Fact]
    public async Task Take_ManyAtOnce_NeverGivesMoreThanThereIs()
    {
        var budget = new MemoryBudget(100);
        var random = new Random(3);
        long inUse = 0, most = 0;
        int[] wants = [.. Enumerable.Range(0, 500).Select(_ => random.Next(1, 160))];

        await Parallel.ForEachAsync(wants, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (want, stop) =>
        {
            using MemoryBudget.Share share = await budget.TakeAsync(want, stop);
            long now = Interlocked.Add(ref inUse, Math.Min(want, 100));
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Add(ref inUse, -Math.Min(want, 100));
        }).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.InRange(most, 1, 100);
    }

    [Fact]
    public async Task Take_FirstInLineGivesUp_LetsTheNextIn()
    {
        var budget = new MemoryBudget(100);
        using MemoryBudget.Share held = await budget.TakeAsync(60, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        Task<MemoryBudget.Share> large = budget.TakeAsync(90, stop.Token), small = budget.TakeAsync(30, CancellationToken.None);
        Assert.False(small.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await small.WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
        (await budget.TakeAsync(40, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }

    private static void InterlockedMax(ref long place, long value)
    {
        for (long seen = Volatile.Read(ref place); value > seen && Interlocked.CompareExchange(ref place, value, seen) != seen;)
            seen = Volatile.Read(ref place);
    }
}

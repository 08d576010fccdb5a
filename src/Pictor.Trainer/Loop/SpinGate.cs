namespace Pictor.Trainer.Loop;

/// <summary>
/// Where the replicas meet twice a step. Half batches take nearly the same time, so waiting is short: a waiter spins for some ten microseconds,
/// and only then sleeps, so that on a busy machine it leaves its core to whoever has work.
/// </summary>
internal sealed class SpinGate(int parties)
{
    private const int Spins = 400;
    // Monitor's wait and pulse need an object; System.Threading.Lock has none.
    private readonly object _bed = new();
    private int _arrived;
    private int _round;
    private bool _broken;

    /// <summary>Returns when all have come.</summary>
    /// <exception cref="GateBrokenException">One of them will never come.</exception>
    public void Wait()
    {
        int round = Volatile.Read(ref _round);
        if (Interlocked.Increment(ref _arrived) == parties)
        {
            Volatile.Write(ref _arrived, 0);
            Open();
        }
        else if (!Passed(round))
        {
            Sleep(round);
        }

        if (Volatile.Read(ref _broken))
            throw new GateBrokenException();
    }

    /// <summary>Lets everyone go, now and from now on.</summary>
    public void Break()
    {
        Volatile.Write(ref _broken, true);
        Open();
    }

    private void Open()
    {
        lock (_bed)
        {
            Volatile.Write(ref _round, _round + 1);
            Monitor.PulseAll(_bed);
        }
    }

    private bool Passed(int round)
    {
        for (int i = 0; i < Spins; i++)
        {
            if (Volatile.Read(ref _round) != round)
                return true;
            Thread.SpinWait(20);
        }

        return false;
    }

    private void Sleep(int round)
    {
        // Whoever is woken looks at the round: a count of wake-ups could be used up by one who is already asleep in the next round.
        lock (_bed)
        {
            while (_round == round && !_broken)
                Monitor.Wait(_bed);
        }
    }
}

/// <summary>Another replica has failed; its own exception tells why.</summary>
internal sealed class GateBrokenException() : Exception("Another replica has failed.");

namespace Pictor.Training.Tuning;

/// <summary>A run that is due.</summary>
/// <param name="Trial">0: the defaults.</param>
/// <param name="Rung">Index into the rungs.</param>
/// <param name="Epochs">Its length.</param>
internal readonly record struct DueRun(int Trial, int Rung, int Epochs);

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016): all trials at a few epochs, the best third of them at three times as many, and so on; random search is the
/// case of one rung. A pure function from what has been run to what is due, so that resuming is nothing but asking again. The defaults run first and at full length.
/// </summary>
/// <param name="Trials">Beside the defaults.</param>
/// <param name="Rungs">Epochs, ascending; the last is the full length.</param>
internal sealed record TuningSchedule(int Trials, IReadOnlyList<int> Rungs)
{
    /// <summary>One in so many trials goes on to the next rung, which is so many times as long.</summary>
    public const int Eta = 3;

    public static TuningSchedule Random(int trials, int epochs) => new(trials, [epochs]);

    public static TuningSchedule Halving(int trials, int epochs)
    {
        var rungs = new List<int> { epochs };
        for (int left = trials / Eta; left >= 1 && rungs[0] > 1; left /= Eta)
            rungs.Insert(0, Math.Max(1, (int)Math.Round((double)rungs[0] / Eta)));
        return new TuningSchedule(trials, rungs);
    }

    /// <summary>Lengths of all runs but the defaults'.</summary>
    public IEnumerable<int> Lengths()
    {
        for (int rung = 0, left = Trials; rung < Rungs.Count; rung++, left = Math.Max(1, left / Eta))
        {
            for (int i = 0; i < left; i++)
                yield return Rungs[rung];
        }
    }

    /// <summary>The run that is due; null when all is done, or nothing else fits.</summary>
    /// <param name="runs">What has been run.</param>
    /// <param name="order">Best first.</param>
    /// <param name="fits">Whether there is time for runs of these lengths in epochs: the one that would be due, and those that must be able to follow it.</param>
    public DueRun? Next(IReadOnlyList<TrialRun> runs, IComparer<TrialRun> order, Func<IEnumerable<int>, bool> fits)
    {
        if (!runs.Any(r => r.Trial == 0 && r.HasEnded))
            return new DueRun(0, Rungs.Count - 1, Rungs[^1]);
        IReadOnlyList<int> candidates = [.. Enumerable.Range(1, Trials)];
        for (int rung = 0; rung < Rungs.Count; rung++)
        {
            foreach (int trial in candidates)
            {
                if (runs.Any(r => r.Trial == trial && r.Rung == rung && r.HasEnded))
                    continue;
                // Whoever starts here must leave time for one trial to reach the top.
                if (fits(Rungs.Skip(rung)))
                    return new DueRun(trial, rung, Rungs[rung]);
                break;
            }

            TrialRun[] finished = [.. runs.Where(r => r.Rung == rung && r.State == TrialRun.Finished && candidates.Contains(r.Trial)).Order(order)];
            candidates = [.. finished.Take(Math.Max(1, finished.Length / Eta)).Select(r => r.Trial)];
        }

        return null;
    }
}

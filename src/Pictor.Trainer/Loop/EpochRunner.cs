using Pictor.Datasets;
using Pictor.Trainer.Optimisers;

namespace Pictor.Trainer.Loop;

/// <summary>
/// One pass over the training part. Each thread fills and computes its share of every batch with one torch thread, gradients are added in fixed order,
/// and each thread moves its share of the weights: nothing depends on who comes first, so equal seeds and thread counts give equal weights, bit for bit.
/// </summary>
internal sealed class EpochRunner(TrainingModel model, BatchSource source, int batch, int steps, LearningRate rate, TimeProvider time)
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(60);

    /// <summary>What is to happen between two steps; set by one thread while all others wait.</summary>
    private enum Pause
    {
        None,
        Save,
        Stop,
    }

    /// <summary>Called between steps by the thread that reports; must be quick.</summary>
    public Action<RunPosition>? Stepped { get; init; }

    /// <summary>Writes a checkpoint; no other thread computes meanwhile.</summary>
    public required Action<RunPosition> Save { get; init; }

    /// <summary>Asked after every step.</summary>
    public required Func<bool> ShouldStop { get; init; }

    /// <summary>Asked after every step for the length of the run; gives the position's own plan back when nothing changes.</summary>
    public Func<RunPosition, RunPlan> Plan { get; init; } = position => position.Plan;

    /// <summary>Whether nothing of the epoch is left to do.</summary>
    public bool IsComplete(RunPosition position) => position.StepInEpoch >= End(position);

    /// <summary>Goes on from a position to the end of its epoch, or to the step after which it should stop.</summary>
    /// <exception cref="InputException">The loss is no longer a number.</exception>
    public RunPosition Run(RunPosition start)
    {
        int[] order = source.Order(start.Epoch);
        int threads = model.Replicas.Count;
        double[] sums = start.LossSums.Count == threads ? [.. start.LossSums] : new double[threads];
        Pause pause = Pause.None;
        RunPosition position = start;
        long began = time.GetTimestamp();
        long saved = began;

        Crew.Run(threads, (number, gate) =>
        {
            for (int step = start.StepInEpoch; step < End(position); step++)
            {
                int first = step * batch;
                int count = Math.Min(batch, order.Length - first);
                long done = start.Step + (step - start.StepInEpoch);
                // Read before the gate: after it, the reporting thread may move the position on.
                double learningRate = rate.At(position.Plan.ProgressAt(done));
                sums[number] += Learn(number, order.AsSpan(first, count), start.Epoch);
                gate.Wait();

                if (model.Optimizer.Clips)
                {
                    model.Optimizer.Measure(count, number, threads);
                    gate.Wait();
                }

                model.Optimizer.Step(done + 1, learningRate, count, number, threads);
                model.Average?.Step(done + 1, number, threads);
                if (number == 0)
                {
                    RunPosition now = position with
                    {
                        StepInEpoch = step + 1,
                        Step = done + 1,
                        LossSums = sums,
                        Pictures = first + count,
                        Seconds = start.Seconds + time.GetElapsedTime(began).TotalSeconds,
                    };
                    now = now with { Plan = Plan(now) };
                    pause = Next(now, saved);
                    position = now;
                }

                gate.Wait();
                if (pause != Pause.None)
                {
                    if (number == 0 && pause == Pause.Save)
                    {
                        Save(position);
                        saved = time.GetTimestamp();
                    }

                    gate.Wait();
                    if (pause == Pause.Stop)
                        return;
                }
            }
        });
        return position with { LossSums = [.. sums] };
    }

    // A batch is more than what a replica holds when gradients are accumulated: it is then learned piece by piece.
    private float Learn(int number, ReadOnlySpan<int> positions, int epoch)
    {
        int threads = model.Replicas.Count;
        Replica replica = model.Replicas[number];
        int pieces = (positions.Length + (replica.Capacity * threads) - 1) / (replica.Capacity * threads);
        float loss = 0;
        for (int piece = 0; piece < pieces; piece++)
        {
            ReadOnlySpan<int> part = positions[(int)((long)positions.Length * piece / pieces)..(int)((long)positions.Length * (piece + 1) / pieces)];
            int from = part.Length * number / threads, to = part.Length * (number + 1) / threads;
            if (to > from)
                loss += replica.Learn(source, part[from..to], epoch);
        }

        return loss;
    }

    private int End(RunPosition position) => (int)Math.Min(steps, position.Plan.Steps - (position.Step - position.StepInEpoch));

    private Pause Next(RunPosition position, long saved)
    {
        double loss = position.LossSums.Sum();
        if (!double.IsFinite(loss))
        {
            throw new InputException(
                "training", $"the loss was no longer a number in epoch {position.Epoch}, step {position.StepInEpoch}",
                "Lower the learning rate, clip the gradients, or go over to one-cycle, which warms up. The last checkpoint is from before.")
            { Code = "training.diverged" };
        }

        Stepped?.Invoke(position);
        return IsComplete(position) ? Pause.None
            : ShouldStop() ? Pause.Stop
            : time.GetElapsedTime(saved) > SaveEvery ? Pause.Save
            : Pause.None;
    }
}

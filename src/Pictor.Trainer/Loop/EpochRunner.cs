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
            for (int step = start.StepInEpoch; step < steps; step++)
            {
                int first = step * batch;
                int count = Math.Min(batch, order.Length - first);
                int from = count * number / threads, to = count * (number + 1) / threads;
                if (to > from)
                    sums[number] += model.Replicas[number].Learn(source, order.AsSpan(first + from, to - from), start.Epoch);
                gate.Wait();

                long done = start.Step + (step - start.StepInEpoch);
                model.Optimizer.Step(done + 1, rate.At(done), count, number, threads);
                if (number == 0)
                {
                    position = start with
                    {
                        StepInEpoch = step + 1,
                        Step = done + 1,
                        LossSums = sums,
                        Pictures = first + count,
                        Seconds = start.Seconds + time.GetElapsedTime(began).TotalSeconds,
                    };
                    pause = Next(position, saved);
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

    private Pause Next(RunPosition position, long saved)
    {
        double loss = position.LossSums.Sum();
        if (!double.IsFinite(loss))
        {
            throw new InputException(
                "training", $"the loss was no longer a number in epoch {position.Epoch}, step {position.StepInEpoch}",
                "Lower the learning rate, or go over to one-cycle, which warms up. The last checkpoint is from before.")
            { Code = "training.diverged" };
        }

        Stepped?.Invoke(position);
        return position.StepInEpoch == steps ? Pause.None
            : ShouldStop() ? Pause.Stop
            : time.GetElapsedTime(saved) > SaveEvery ? Pause.Save
            : Pause.None;
    }
}

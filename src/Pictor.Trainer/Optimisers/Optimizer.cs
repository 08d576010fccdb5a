using Pictor.Models.Networks;
using Pictor.Trainer.Torch;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Optimisers;

/// <summary>
/// Moves all weights of a network in one pass over one flat array: adds the replicas' gradients in fixed order, clears them, updates. Each thread
/// takes its own part of the array, so a step costs one read and one write of each number and no call into torch.
/// </summary>
internal abstract class Optimizer : IDisposable
{
    // Fits the first-level cache with the moments beside it.
    private const int Block = 1024;

    private readonly FlatBuffer _weights;
    private readonly IReadOnlyList<FlatBuffer> _gradients;
    private readonly (int Start, int End, bool Decays)[] _runs;

    protected Optimizer(ParameterLayout layout, FlatBuffer weights, IReadOnlyList<FlatBuffer> gradients)
    {
        (_weights, _gradients) = (weights, gradients);
        _runs = [.. Runs(layout)];
    }

    /// <summary>What a checkpoint has to hold, by name; each as long as the weights.</summary>
    public abstract IReadOnlyList<(string Name, FlatBuffer Values)> State { get; }

    /// <summary>The optimiser that a recipe names.</summary>
    public static Optimizer Create(OptimizerSettings settings, ParameterLayout layout, FlatBuffer weights, IReadOnlyList<FlatBuffer> gradients) => settings.Kind switch
    {
        "adam" => new Adam(layout, weights, gradients) { WeightDecay = settings.WeightDecay },
        "sgd" => new NesterovSgd(layout, weights, gradients) { WeightDecay = settings.WeightDecay, Momentum = settings.Momentum },
        var kind => throw new InvalidOperationException($"There is no optimiser '{kind}'."),
    };

    /// <summary>One thread's share of a step; all parts together are the step.</summary>
    /// <param name="step">Counted from 1 over the whole run.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="samples">Pictures whose losses the gradients are the sum of.</param>
    /// <param name="part">0 .. <paramref name="parts"/> - 1.</param>
    /// <param name="parts">Threads that share the work; the result does not depend on it.</param>
    public void Step(long step, double rate, int samples, int part, int parts)
    {
        int from = Share(part, parts), to = Share(part + 1, parts);
        Span<float> sum = stackalloc float[Block];
        foreach ((int start, int end, bool decays) in _runs)
        {
            for (int at = Math.Max(start, from); at < Math.Min(end, to); at += Block)
            {
                int length = Math.Min(Block, Math.Min(end, to) - at);
                Gather(at, sum[..length], 1f / samples);
                Update(step, rate, at, _weights.Span.Slice(at, length), sum[..length], decays);
            }
        }
    }

    public void Dispose()
    {
        foreach ((_, FlatBuffer values) in State)
            values.Dispose();
    }

    /// <summary>Moves some weights.</summary>
    /// <param name="step">Counted from 1.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="at">Place of the first in the flat array.</param>
    /// <param name="weights">To be changed.</param>
    /// <param name="gradient">Mean over the batch; may be overwritten.</param>
    /// <param name="decays">Weight decay applies.</param>
    protected abstract void Update(long step, double rate, int at, Span<float> weights, Span<float> gradient, bool decays);

    // Parts begin at multiples of 16 values: no two threads write to one cache line.
    private int Share(int part, int parts) => part == parts ? _weights.Length : (int)((long)_weights.Length * part / parts) / 16 * 16;

    private void Gather(int at, Span<float> sum, float scale)
    {
        Span<float> first = _gradients[0].Span.Slice(at, sum.Length);
        first.CopyTo(sum);
        first.Clear();
        for (int r = 1; r < _gradients.Count; r++)
        {
            Span<float> other = _gradients[r].Span.Slice(at, sum.Length);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += other[i];
            other.Clear();
        }

        for (int i = 0; i < sum.Length; i++)
            sum[i] *= scale;
    }

    private static List<(int Start, int End, bool Decays)> Runs(ParameterLayout layout)
    {
        var runs = new List<(int Start, int End, bool Decays)>();
        foreach (ParameterSlot slot in layout.Slots)
        {
            if (!slot.Trained)
                continue;
            bool decays = slot.Parameter.Role == ParameterRole.Weight;
            int end = slot.Offset + slot.Length;
            if (runs.Count > 0 && runs[^1].Decays == decays)
                runs[^1] = runs[^1] with { End = end };
            else
                runs.Add((slot.Offset, end, decays));
        }

        return runs;
    }
}

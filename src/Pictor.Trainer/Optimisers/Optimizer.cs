using Pictor.Models.Networks;
using Pictor.Trainer.Torch;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Optimisers;

/// <summary>
/// Moves all weights of a network in one pass over one flat array: adds the replicas' gradients in fixed order, clears them, updates. Each thread
/// takes its own part of the array, so a step costs one read and one write of each number and no call into torch. Clipping needs the length of
/// the whole gradient first, and so a pass of its own (<see cref="Measure"/>).
/// </summary>
internal abstract class Optimizer : IDisposable
{
    // Fits the first-level cache with the moments beside it.
    private const int Block = 1024;

    private readonly FlatBuffer _weights;
    private readonly IReadOnlyList<FlatBuffer> _gradients;
    private readonly double _clip;
    private readonly double[] _squares;
    private (int Start, int End, bool Decays, double Scale)[] _runs;

    protected Optimizer(ParameterLayout layout, FlatBuffer weights, IReadOnlyList<FlatBuffer> gradients, double clip)
    {
        (_weights, _gradients, _clip) = (weights, gradients, clip);
        _squares = clip > 0 ? new double[(weights.Length + Block - 1) / Block] : [];
        _runs = [.. Runs(layout, _ => 1)];
    }

    /// <summary>What a checkpoint has to hold, by name; each as long as the weights.</summary>
    public abstract IReadOnlyList<(string Name, FlatBuffer Values)> State { get; }

    /// <summary>Whether <see cref="Measure"/> has to be called by all threads before <see cref="Step"/> is by any.</summary>
    public bool Clips => _clip > 0;

    /// <summary>The optimiser that a recipe names.</summary>
    public static Optimizer Create(OptimizerSettings settings, ParameterLayout layout, FlatBuffer weights, IReadOnlyList<FlatBuffer> gradients) => settings.Kind switch
    {
        "adam" or "adamw" => new Adam(layout, weights, gradients, settings.Clip) { WeightDecay = settings.WeightDecay },
        "sgd" => new NesterovSgd(layout, weights, gradients, settings.Clip) { WeightDecay = settings.WeightDecay, Momentum = settings.Momentum },
        var kind => throw new InvalidOperationException($"There is no optimiser '{kind}'."),
    };

    /// <summary>Gives single arrays a learning rate of their own, as a multiple of the common one.</summary>
    public void ScaleRates(ParameterLayout layout, Func<Parameter, double> scaleOf) => _runs = [.. Runs(layout, scaleOf)];

    /// <summary>One thread's share of the length of the gradient; afterwards the first replica's buffer holds the mean over the batch.</summary>
    public void Measure(int samples, int part, int parts)
    {
        // Whole blocks to each thread, and their squares kept apart: the sum is the same for any number of threads.
        int blocks = _squares.Length;
        for (int b = (int)((long)blocks * part / parts); b < (int)((long)blocks * (part + 1) / parts); b++)
        {
            int at = b * Block;
            Span<float> sum = _gradients[0].Span.Slice(at, Math.Min(Block, _weights.Length - at));
            AddOthers(at, sum, 1f / samples);
            double squares = 0;
            foreach (float value in sum)
                squares += (double)value * value;
            _squares[b] = squares;
        }
    }

    /// <summary>One thread's share of a step; all parts together are the step.</summary>
    /// <param name="step">Counted from 1 over the whole run.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="samples">Pictures whose losses the gradients are the sum of.</param>
    /// <param name="part">0 .. <paramref name="parts"/> - 1.</param>
    /// <param name="parts">Threads that share the work; the result does not depend on it.</param>
    public void Step(long step, double rate, int samples, int part, int parts)
    {
        int from = Share(part, parts), to = Share(part + 1, parts);
        float factor = Clips ? (float)Math.Min(1, _clip / Math.Max(1e-30, Math.Sqrt(_squares.Sum()))) : 1f / samples;
        Span<float> sum = stackalloc float[Block];
        foreach ((int start, int end, bool decays, double scale) in _runs)
        {
            for (int at = Math.Max(start, from); at < Math.Min(end, to); at += Block)
            {
                int length = Math.Min(Block, Math.Min(end, to) - at);
                Gather(at, sum[..length], factor);
                Update(step, rate * scale, at, _weights.Span.Slice(at, length), sum[..length], decays);
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

    private void Gather(int at, Span<float> sum, float factor)
    {
        Span<float> first = _gradients[0].Span.Slice(at, sum.Length);
        first.CopyTo(sum);
        first.Clear();
        if (Clips)
        {
            for (int i = 0; i < sum.Length; i++)
                sum[i] *= factor;
        }
        else
        {
            AddOthers(at, sum, factor);
        }
    }

    /// <summary>Adds the other replicas' gradients, clears them, and multiplies the sum.</summary>
    private void AddOthers(int at, Span<float> sum, float factor)
    {
        for (int r = 1; r < _gradients.Count; r++)
        {
            Span<float> other = _gradients[r].Span.Slice(at, sum.Length);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += other[i];
            other.Clear();
        }

        for (int i = 0; i < sum.Length; i++)
            sum[i] *= factor;
    }

    private static List<(int Start, int End, bool Decays, double Scale)> Runs(ParameterLayout layout, Func<Parameter, double> scaleOf)
    {
        var runs = new List<(int Start, int End, bool Decays, double Scale)>();
        foreach (ParameterSlot slot in layout.Slots)
        {
            if (!slot.Trained)
                continue;
            bool decays = slot.Parameter.Role == ParameterRole.Weight;
            double scale = scaleOf(slot.Parameter);
            int end = slot.Offset + slot.Length;
            if (runs.Count > 0 && runs[^1].Decays == decays && runs[^1].Scale.Equals(scale))
                runs[^1] = runs[^1] with { End = end };
            else
                runs.Add((slot.Offset, end, decays, scale));
        }

        return runs;
    }
}

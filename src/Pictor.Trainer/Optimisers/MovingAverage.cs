using System.Numerics.Tensors;
using Pictor.Trainer.Torch;

namespace Pictor.Trainer.Optimisers;

/// <summary>
/// A moving average of weights and running statistics (Polyak and Juditsky 1992; the decay starts low, as in Tan and Le 2019, so that the first
/// weights are soon forgotten). It is what is validated and packaged.
/// </summary>
internal sealed class MovingAverage : IDisposable
{
    private readonly double _decay;
    private readonly FlatBuffer _sourceWeights;
    private readonly IReadOnlyList<FlatBuffer> _sourceStatistics;

    public MovingAverage(double decay, FlatBuffer weights, IReadOnlyList<FlatBuffer> statistics)
    {
        (_decay, _sourceWeights, _sourceStatistics) = (decay, weights, statistics);
        Weights = new FlatBuffer(weights.Length);
        Statistics = new FlatBuffer(statistics[0].Length);
        Reset();
    }

    public FlatBuffer Weights { get; }

    public FlatBuffer Statistics { get; }

    /// <summary>Begins at the weights as they are.</summary>
    public void Reset()
    {
        _sourceWeights.Span.CopyTo(Weights.Span);
        _sourceStatistics[0].Span.CopyTo(Statistics.Span);
    }

    /// <summary>One thread's share of a step, after the optimiser's: the same part of the weights, so that nobody has to wait for the others.</summary>
    /// <param name="step">Counted from 1.</param>
    /// <param name="part">0 .. <paramref name="parts"/> - 1.</param>
    /// <param name="parts">Threads that share the work.</param>
    public void Step(long step, int part, int parts)
    {
        float change = (float)(1 - Math.Min(_decay, (1.0 + step) / (10 + step)));
        (int from, int to) = Share(Weights.Length, part, parts);
        Span<float> average = Weights.Span[from..to];
        TensorPrimitives.Lerp(average, _sourceWeights.Span[from..to], change, average);

        (from, to) = Share(Statistics.Length, part, parts);
        Span<float> statistics = Statistics.Span[from..to];
        float each = change / _sourceStatistics.Count;
        TensorPrimitives.Multiply(statistics, 1 - change, statistics);
        foreach (FlatBuffer source in _sourceStatistics)
            TensorPrimitives.MultiplyAdd(source.Span[from..to], each, statistics, statistics);
    }

    public void Dispose()
    {
        Weights.Dispose();
        Statistics.Dispose();
    }

    private static (int From, int To) Share(int length, int part, int parts) =>
        ((int)((long)length * part / parts) / 16 * 16, part + 1 == parts ? length : (int)((long)length * (part + 1) / parts) / 16 * 16);
}

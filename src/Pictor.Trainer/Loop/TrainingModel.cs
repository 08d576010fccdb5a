using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Trainer.Data;
using Pictor.Trainer.Optimisers;
using Pictor.Trainer.Torch;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Loop;

/// <summary>Everything that changes while training: the weights, their optimiser, their moving average, and one replica for each thread.</summary>
internal sealed class TrainingModel : IDisposable
{
    private const int SmallestCapacity = 16;

    private readonly float[] _ownWeights;
    private readonly float[] _ownStatistics;

    /// <param name="network">What is trained.</param>
    /// <param name="recipe">Gives optimiser, precision and seed.</param>
    /// <param name="batch">Pictures that are computed at once, by all threads together.</param>
    /// <param name="threads">Replicas; each takes an equal share of a batch.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="scale">Of numeric targets.</param>
    public TrainingModel(Network network, Recipe recipe, int batch, int threads, TrainingLoss loss, TargetScale scale)
    {
        Layout = new ParameterLayout(network);
        Weights = new FlatBuffer(Layout.TrainedLength);
        int capacity = Math.Max(SmallestCapacity, (batch + threads - 1) / threads);
        bool half = recipe.Precision == Precisions.BFloat16;
        Replicas = [.. Enumerable.Range(0, threads).Select(_ => new Replica(Layout, Weights, capacity, recipe.Seed, loss, scale, half))];
        Optimizer = Optimizer.Create(recipe.Optimizer, Layout, Weights, [.. Replicas.Select(r => r.Gradients)]);
        Average = recipe.Ema > 0 ? new MovingAverage(recipe.Ema, Weights, [.. Replicas.Select(r => r.Statistics)]) : null;
        _ownWeights = new float[Average is null ? 0 : Layout.TrainedLength];
        _ownStatistics = new float[Average is null ? 0 : Layout.StatisticsLength];
        Load(StartingWeights.Draw(network, recipe.Seed));
    }

    public ParameterLayout Layout { get; }

    public FlatBuffer Weights { get; }

    public IReadOnlyList<Replica> Replicas { get; }

    public Optimizer Optimizer { get; }

    /// <summary>The moving average, or null.</summary>
    public MovingAverage? Average { get; }

    /// <summary>Sets weights and statistics, and begins the average there.</summary>
    public void Load(NetworkWeights weights)
    {
        foreach (Replica replica in Replicas)
            Layout.Import(weights, Weights.Span, replica.Statistics.Span);
        Average?.Reset();
    }

    /// <summary>Makes room for pictures of another size.</summary>
    public void Prepare(PictureShape shape)
    {
        foreach (Replica replica in Replicas)
            replica.Prepare(shape);
    }

    /// <summary>The weights by name; statistics are the first replica's, which after <see cref="AverageStatistics"/> are everyone's.</summary>
    public NetworkWeights Export() => Layout.Export(Weights.Span, Replicas[0].Statistics.Span);

    /// <summary>Gives every replica the mean of all running statistics, added in fixed order (in double, so that doing it twice changes nothing).</summary>
    public void AverageStatistics()
    {
        for (int i = 0; i < Layout.StatisticsLength; i++)
        {
            double sum = 0;
            foreach (Replica replica in Replicas)
                sum += replica.Statistics.Span[i];
            float mean = (float)(sum / Replicas.Count);
            foreach (Replica replica in Replicas)
                replica.Statistics.Span[i] = mean;
        }
    }

    /// <summary>Computes with the moving average, where there is one, until the result is disposed. Statistics must be equal in all replicas.</summary>
    public IDisposable UseAverage()
    {
        if (Average is null)
            return new Swap(() => { });
        Weights.Span.CopyTo(_ownWeights);
        Replicas[0].Statistics.Span.CopyTo(_ownStatistics);
        Put(Average.Weights.Span, Average.Statistics.Span);
        return new Swap(() => Put(_ownWeights, _ownStatistics));
    }

    public void Dispose()
    {
        Average?.Dispose();
        Optimizer.Dispose();
        foreach (Replica replica in Replicas)
            replica.Dispose();
        Weights.Dispose();
    }

    private void Put(ReadOnlySpan<float> weights, ReadOnlySpan<float> statistics)
    {
        weights.CopyTo(Weights.Span);
        foreach (Replica replica in Replicas)
            statistics.CopyTo(replica.Statistics.Span);
    }

    private sealed class Swap(Action back) : IDisposable
    {
        public void Dispose() => back();
    }
}

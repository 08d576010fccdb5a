using Pictor.Models.Networks;
using Pictor.Trainer.Optimisers;
using Pictor.Trainer.Torch;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Loop;

/// <summary>Everything that changes while training: the weights, their optimiser, and one replica for each thread.</summary>
internal sealed class TrainingModel : IDisposable
{
    private const int SmallestCapacity = 16;

    /// <param name="network">What is trained.</param>
    /// <param name="recipe">Gives optimiser and seed.</param>
    /// <param name="batch">Pictures of a step.</param>
    /// <param name="threads">Replicas; each takes an equal share of a batch.</param>
    public TrainingModel(Network network, Recipe recipe, int batch, int threads)
    {
        Layout = new ParameterLayout(network);
        Weights = new FlatBuffer(Layout.TrainedLength);
        int capacity = Math.Max(SmallestCapacity, (batch + threads - 1) / threads);
        Replicas = [.. Enumerable.Range(0, threads).Select(_ => new Replica(Layout, Weights, capacity, recipe.Seed))];
        Optimizer = Optimizer.Create(recipe.Optimizer, Layout, Weights, [.. Replicas.Select(r => r.Gradients)]);
        Load(StartingWeights.Draw(network, recipe.Seed));
    }

    public ParameterLayout Layout { get; }

    public FlatBuffer Weights { get; }

    public IReadOnlyList<Replica> Replicas { get; }

    public Optimizer Optimizer { get; }

    /// <summary>Running statistics that depend on which pictures a replica has seen.</summary>
    public bool HasStatistics => Layout.StatisticsLength > 0;

    /// <summary>Sets weights and statistics.</summary>
    public void Load(NetworkWeights weights)
    {
        foreach (Replica replica in Replicas)
            Layout.Import(weights, Weights.Span, replica.Statistics.Span);
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

    public void Dispose()
    {
        Optimizer.Dispose();
        foreach (Replica replica in Replicas)
            replica.Dispose();
        Weights.Dispose();
    }
}

namespace Pictor.Trainer.Loop;

/// <summary>A copy of the weights of the best epoch, for early stopping.</summary>
internal sealed class BestWeights(TrainingModel model)
{
    public float[] Weights { get; } = new float[model.Layout.TrainedLength];

    public float[] Statistics { get; } = new float[model.Layout.StatisticsLength];

    /// <summary>Remembers the model as it is.</summary>
    public void Keep()
    {
        model.Weights.Span.CopyTo(Weights);
        model.Replicas[0].Statistics.Span.CopyTo(Statistics);
    }

    /// <summary>Gives them back to the model.</summary>
    public void Restore()
    {
        Weights.CopyTo(model.Weights.Span);
        foreach (Replica replica in model.Replicas)
            Statistics.CopyTo(replica.Statistics.Span);
    }
}

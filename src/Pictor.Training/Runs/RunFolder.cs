namespace Pictor.Training.Runs;

/// <summary>One line of <c>metrics.jsonl</c>.</summary>
public sealed record EpochMetrics(int Epoch, double TrainLoss, double? ValLoss, double? ValAccuracy, double LearningRate, double Seconds);

/// <summary>The folder of a run: <c>model.pictor config.json metrics.jsonl curves.svg checkpoints/</c>.</summary>
public sealed class RunFolder
{
    internal RunFolder() { }

    /// <summary>Its path.</summary>
    public string Path => throw new NotImplementedException();

    /// <summary><c>model.pictor</c>.</summary>
    public string ModelPath => throw new NotImplementedException();

    /// <summary><c>checkpoints/</c>.</summary>
    public string CheckpointsPath => throw new NotImplementedException();

    /// <summary>Epochs on record.</summary>
    public IReadOnlyList<EpochMetrics> Metrics => throw new NotImplementedException();

    /// <summary>Makes a new run folder, or opens one.</summary>
    /// <exception cref="InputException">A run is there and neither <paramref name="resume"/> nor <paramref name="force"/> was said; or nothing to resume.</exception>
    public static RunFolder Prepare(string path, TrainingJob job, bool resume, bool force) => throw new NotImplementedException();

    /// <summary>Opens a folder that <see cref="Prepare"/> has made; for the trainer.</summary>
    public static RunFolder Open(string path) => throw new NotImplementedException();

    /// <summary>Adds a line to metrics.jsonl and redraws curves.svg. After a resume, lines from a later epoch are dropped first.</summary>
    public void Append(EpochMetrics metrics) => throw new NotImplementedException();

    /// <summary>Drops lines after an epoch.</summary>
    public void Rewind(int epoch) => throw new NotImplementedException();
}

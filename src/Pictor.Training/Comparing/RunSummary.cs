using Pictor.Training.Runs;

namespace Pictor.Training.Comparing;

/// <summary>A training run in a line.</summary>
/// <param name="Folder">Its folder, absolute.</param>
/// <param name="Name">Name of its package.</param>
/// <param name="Network">The network.</param>
/// <param name="Data">The data set it was started with.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="PlannedEpochs">Epochs asked for.</param>
/// <param name="BestValAccuracy">Highest validation accuracy, 0..1; null without a validation part.</param>
/// <param name="BestEpoch">When it was reached.</param>
/// <param name="ValAccuracy">After the last epoch.</param>
/// <param name="ValLoss">After the last epoch.</param>
/// <param name="TrainLoss">Of the last epoch; null before the first.</param>
/// <param name="Seconds">Spent in epochs.</param>
/// <param name="State">finished: the package is there; unfinished: it is not, so the run goes on or was stopped; damaged: its figures cannot be read.</param>
public sealed record RunSummary(
    string Folder, string Name, string Network, string Data, int Epochs, int PlannedEpochs, double? BestValAccuracy, int? BestEpoch, double? ValAccuracy, double? ValLoss,
    double? TrainLoss, double Seconds, string State)
{
    /// <summary>Where its package lies once it is finished.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string ModelPath => Path.Combine(Folder, RunFiles.Model);

    /// <summary>Lines of metrics.jsonl, oldest first.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<EpochMetrics> Metrics { get; init; } = [];

    internal RunConfig Config { get; init; } = new();

    /// <summary>Reads a run without changing anything in its folder; null when it is no run's.</summary>
    public static RunSummary? TryRead(string folder)
    {
        string full = Path.GetFullPath(folder);
        RunConfig? config = RunConfig.TryRead(full);
        if (config is null)
            return null;
        bool damaged = false;
        List<EpochMetrics> metrics = [];
        try
        {
            metrics = RunFiles.ReadMetrics(Path.Combine(full, RunFiles.Metrics), out _);
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            damaged = true;
        }

        EpochMetrics? best = metrics.Where(m => m.ValAccuracy is not null).MaxBy(m => m.ValAccuracy), last = metrics.LastOrDefault();
        string state = damaged ? "damaged" : File.Exists(Path.Combine(full, RunFiles.Model)) ? "finished" : "unfinished";
        return new RunSummary(
            full, config.Name!, config.Recipe!.Network, config.Data!, last?.Epoch ?? 0, config.Recipe.Epochs, best?.ValAccuracy, best?.Epoch, last?.ValAccuracy, last?.ValLoss,
            last?.TrainLoss, Math.Round(metrics.Sum(m => m.Seconds), 2), state)
        { Metrics = metrics, Config = config };
    }
}

using Pictor.Models.Packages;

namespace Pictor.Training.Runs;

/// <summary>Carries out a job whose run folder is prepared; what needs many runs takes one of these, so that it can be tried without training.</summary>
/// <param name="job">What to do.</param>
/// <param name="progress">Told how far it has come.</param>
/// <param name="cancellationToken">Stops it after a checkpoint.</param>
public delegate Task<JobOutcome> JobRunner(TrainingJob job, IProgress<Progress>? progress, CancellationToken cancellationToken);

/// <summary>What came of a run.</summary>
/// <param name="Model">Path of the package.</param>
/// <param name="Epochs">Passes that were made.</param>
/// <param name="ValLoss">Of the packaged weights; null without a validation part.</param>
/// <param name="ValAccuracy">Likewise, 0..1; null for numbers too.</param>
/// <param name="TrainLoss">Of the last epoch.</param>
/// <param name="Skipped">Pictures that were left out.</param>
public sealed record JobOutcome(string Model, int Epochs, double? ValLoss, double? ValAccuracy, double TrainLoss, IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Seconds of its epochs; what it took beside them is opening, decoding and packaging.</summary>
    public double EpochSeconds { get; init; }

    /// <summary>1 or 3: whether the pictures were taken as grey or as colour; null where nobody told.</summary>
    public int? Channels { get; init; }
}

/// <summary>Runs of the trainer as a child process.</summary>
public static class JobRunners
{
    /// <summary>Trains by <see cref="TrainerProcess"/>.</summary>
    public static async Task<JobOutcome> TrainAsync(TrainingJob job, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var skipped = new List<SkippedFile>();
        TrainerMessage.Finished? end = null;
        await foreach (TrainerMessage message in TrainerProcess.RunAsync(job, cancellationToken).ConfigureAwait(false))
        {
            switch (message)
            {
                case TrainerMessage.Advanced step:
                    progress?.Report(new Progress(step.Stage, step.Done, step.Total, step.Note));
                    break;
                case TrainerMessage.SkippedInput file:
                    skipped.Add(new SkippedFile(file.File, file.Reason));
                    break;
                case TrainerMessage.Finished finished:
                    end = finished;
                    break;
            }
        }

        if (end is null)
            throw new InvalidOperationException("The trainer ended without writing a model.");
        IReadOnlyList<EpochMetrics> metrics = RunFolder.Open(job.Out).Metrics;
        // With early stopping the package holds the weights of the lowest validation loss.
        EpochMetrics? last = metrics.Count > 0 ? metrics[^1] : null;
        EpochMetrics? packaged = job.Recipe.Patience > 0 ? metrics.MinBy(m => m.ValLoss ?? double.MaxValue) : last;
        return new JobOutcome(end.Model, end.Epochs, packaged?.ValLoss, end.ValAccuracy ?? packaged?.ValAccuracy, last?.TrainLoss ?? double.NaN, skipped)
        {
            EpochSeconds = metrics.Sum(m => m.Seconds),
            Channels = ModelPackage.Open(end.Model).Manifest.Input.Shape.Channels,
        };
    }
}

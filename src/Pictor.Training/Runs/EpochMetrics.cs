namespace Pictor.Training.Runs;

/// <summary>One line of <c>metrics.jsonl</c>.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainLoss">Mean cross-entropy over the epoch, as trained (augmentation and dropout on).</param>
/// <param name="ValLoss">Mean cross-entropy on the validation part; null without one.</param>
/// <param name="ValAccuracy">0..1; null without a validation part.</param>
/// <param name="LearningRate">At the epoch's end.</param>
/// <param name="Seconds">Duration of the epoch, validation included.</param>
public sealed record EpochMetrics(int Epoch, double TrainLoss, double? ValLoss, double? ValAccuracy, double LearningRate, double Seconds);

using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Training.Runs;

namespace Pictor.Cli.Training;

/// <summary>Shows a training run while it happens and keeps what the result needs.</summary>
internal sealed class TrainingDisplay(CommandOutput output)
{
    private readonly List<EpochMetrics> _epochs = [];
    private readonly List<SkippedFile> _skipped = [];

    public IReadOnlyList<EpochMetrics> Epochs => _epochs;

    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    public async Task<TrainerMessage.Finished> FollowAsync(IAsyncEnumerable<TrainerMessage> messages)
    {
        TrainerMessage.Finished? finished = null;
        using ProgressDisplay progress = output.Progress();
        await foreach (TrainerMessage message in messages)
        {
            switch (message)
            {
                case TrainerMessage.Said said:
                    progress.Clear();
                    output.Say(said.Text);
                    break;
                case TrainerMessage.Advanced step:
                    progress.Report(new Progress(step.Stage, step.Done, step.Total, step.Note));
                    break;
                case TrainerMessage.EpochEnded epoch:
                    _epochs.Add(epoch.Metrics);
                    progress.Clear();
                    output.Say(Line(epoch.Metrics));
                    break;
                case TrainerMessage.SkippedInput file:
                    _skipped.Add(new SkippedFile(file.File, file.Reason));
                    break;
                case TrainerMessage.Finished end:
                    finished = end;
                    break;
            }
        }

        return finished ?? throw new InvalidOperationException("The trainer ended without writing a model.");
    }

    private static string Line(EpochMetrics epoch)
    {
        string validation = epoch.ValAccuracy is { } accuracy
            ? string.Create(CultureInfo.InvariantCulture, $"  validation loss {epoch.ValLoss:0.0000}  accuracy {accuracy * 100:0.00} %")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch,3}  loss {epoch.TrainLoss:0.0000}{validation}  {epoch.Seconds:0.0} s");
    }
}

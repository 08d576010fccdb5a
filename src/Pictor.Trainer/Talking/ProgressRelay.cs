using Pictor.Training.Runs;

namespace Pictor.Trainer.Talking;

/// <summary>Passes progress on a few times a second: the first and the last of a stage always.</summary>
internal sealed class ProgressRelay(MessageWriter messages, TimeProvider time) : IProgress<Progress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private long _last;
    private string? _stage;

    /// <summary>Whether a report now would be passed on, so that its text need not be made in vain.</summary>
    public bool IsDue => _stage is null || time.GetElapsedTime(_last) >= Pause;

    public void Report(Progress value)
    {
        lock (_gate)
        {
            if (_stage == value.Stage && value.Done != value.Total && !IsDue)
                return;
            (_stage, _last) = (value.Stage, time.GetTimestamp());
            messages.Write(new TrainerMessage.Advanced(value.Stage, value.Done, value.Total, value.Note));
        }
    }
}

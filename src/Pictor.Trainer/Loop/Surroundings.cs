using Pictor.Trainer.Talking;

namespace Pictor.Trainer.Loop;

/// <summary>What a run needs of the program around it.</summary>
/// <param name="Messages">To the parent.</param>
/// <param name="Progress">Likewise, a few times a second.</param>
/// <param name="Stop">The wish to end.</param>
/// <param name="Time">The clock.</param>
/// <param name="Start">When the program began, on that clock.</param>
internal sealed record Surroundings(MessageWriter Messages, ProgressRelay Progress, StopRequest Stop, TimeProvider Time, long Start)
{
    /// <summary>Since the program began, and the little that its parent took before.</summary>
    public double SecondsSinceStart => Time.GetElapsedTime(Start).TotalSeconds + 1;
}

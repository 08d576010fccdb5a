namespace Pictor.Training.Runs;

/// <summary>Runs the program <c>pictor-train</c> as a child: the job on its stdin, JSON lines on its stdout, stopped by a signal when cancelled.</summary>
public static class TrainerProcess
{
    /// <summary>Runs a job. A cancelled token interrupts the child (it saves a checkpoint and ends) and then throws <see cref="OperationCanceledException"/>.</summary>
    /// <exception cref="InputException">The trainer is not built, or it reported bad input.</exception>
    public static IAsyncEnumerable<TrainerMessage> RunAsync(TrainingJob job, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Path of the trainer: <c>PICTOR_TRAINER</c>, else beside this program's own output; null when it is nowhere.</summary>
    public static string? Find() => throw new NotImplementedException();
}

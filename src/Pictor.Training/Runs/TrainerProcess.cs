using System.Runtime.CompilerServices;

namespace Pictor.Training.Runs;

/// <summary>Runs the program <c>pictor-train</c> as a child: the job on its stdin, JSON lines on its stdout, stopped by a signal when cancelled.</summary>
public static class TrainerProcess
{
    /// <summary>Runs a job. A cancelled token interrupts the child (it saves a checkpoint and ends; what it says meanwhile is still delivered) and then
    /// throws <see cref="OperationCanceledException"/>. Leaving the enumeration early interrupts the child as well.</summary>
    /// <exception cref="InputException">The trainer is not built, or it reported bad input.</exception>
    /// <exception cref="InvalidOperationException">The trainer failed by a fault of its own; the text holds the end of what it wrote.</exception>
    public static IAsyncEnumerable<TrainerMessage> RunAsync(TrainingJob job, CancellationToken cancellationToken = default) =>
        RunAsync(job, null, TimeSpan.FromSeconds(30), cancellationToken);

    /// <summary>Path of the trainer: <c>PICTOR_TRAINER</c>, else in the build's own layout, else beside this program; null when it is nowhere.</summary>
    public static string? Find() => TrainerProgram.Find() is { } path && File.Exists(path) ? path : null;

    internal static async IAsyncEnumerable<TrainerMessage> RunAsync(
        TrainingJob job, string? trainer, TimeSpan patience, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var child = TrainerChild.Start(trainer ?? Locate(), job, patience);
        await using CancellationTokenRegistration interruption = cancellationToken.Register(child.Interrupt);
        bool finished = false;
        while (await child.NextLineAsync() is { } line)
        {
            switch (TrainerMessage.FromLine(line))
            {
                case null:
                    child.Remember(line);
                    break;
                case TrainerMessage.Failed { Subject: { } subject } failed:
                    throw new InputException(subject, failed.Problem ?? failed.Text, failed.Remedy ?? "") { Code = failed.Code ?? "input.invalid" };
                case TrainerMessage.Failed failed:
                    throw new InvalidOperationException($"The trainer failed: {failed.Text}{child.LastWords()}");
                case var message:
                    finished |= message is TrainerMessage.Finished;
                    yield return message;
                    break;
            }
        }

        int exitCode = await child.ExitAsync();
        if (finished)
            yield break;
        cancellationToken.ThrowIfCancellationRequested();
        if (SignalOf(exitCode) is { } signal)
            throw new InputException("pictor-train", $"the trainer was ended from outside ({signal})", "Go on with --resume: at most a minute of training is lost.") { Code = "trainer.ended" };
        throw new InvalidOperationException($"The trainer ended without a result, {Describe(exitCode)}.{child.LastWords()}");
    }

    private static string Locate()
    {
        string? path = TrainerProgram.Find();
        if (path is null)
        {
            throw new InputException("pictor-train", "the trainer is not built: it was looked for in the build's output and beside this program",
                $"Build it with 'dotnet build -c Release src/Pictor.Trainer', or name its pictor-train.dll in {TrainerProgram.Variable}.")
            { Code = "trainer.missing" };
        }

        if (!File.Exists(path))
        {
            throw new InputException(TrainerProgram.Variable, $"there is no file {path}", "Name the trainer's pictor-train.dll or executable, or unset the variable.")
            { Code = "trainer.missing" };
        }

        return path;
    }

    // .NET reports death by signal N as 128 + N.
    private static string? SignalOf(int exitCode) => exitCode switch
    {
        137 => "signal 9, as the system does when memory runs out",
        130 or 143 => $"signal {exitCode - 128}",
        _ => null,
    };

    private static string Describe(int exitCode) => exitCode is > 128 and < 160 ? $"killed by signal {exitCode - 128}" : $"exit code {exitCode}";
}

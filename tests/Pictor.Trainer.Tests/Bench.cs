using Pictor.Trainer.Checkpoints;
using Pictor.Trainer.Talking;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Pictor.Trainer.Tests;

/// <summary>Runs the whole program inside the test's process, on a clock that moves a second at each look, so that every step is reported.</summary>
internal sealed class Bench : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pictor-run-").FullName;

    public string Out => Path.Combine(_root, "run");

    public RunFolder Folder => RunFolder.Open(Out);

    /// <summary>Trains.</summary>
    /// <param name="data">Path of the data.</param>
    /// <param name="recipe">What to do.</param>
    /// <param name="resume">Go on with the run in <see cref="Out"/>.</param>
    /// <param name="onMessage">Sees each message as it is written; may stop the run.</param>
    public async Task<(int ExitCode, List<TrainerMessage> Messages)> TrainAsync(string data, Recipe recipe, bool resume = false, Action<TrainerMessage, StopRequest>? onMessage = null)
    {
        var job = new TrainingJob(data, Out, recipe.Resolve(), "trial", Resume: resume);
        RunFolder.Prepare(Out, job, resume, force: !resume && Directory.Exists(Out));
        using var stop = new StopRequest();
        var writer = new Listener(message => onMessage?.Invoke(message, stop));
        int exitCode = await TrainerProgram.RunAsync(new OpenInput(job.ToLine()), writer, stop, new HastyClock());
        return (exitCode, writer.Messages);
    }

    public byte[] CheckpointBytes() => File.ReadAllBytes(CheckpointPath);

    public string CheckpointPath => Path.Combine(Out, "checkpoints", CheckpointFile.Name);

    /// <summary>All that training has changed, without the seconds it took.</summary>
    public Dictionary<string, float[]> Arrays() => new(CheckpointFile.Read(CheckpointPath).Arrays, StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private sealed class Listener(Action<TrainerMessage> onMessage) : StringWriter
    {
        public List<TrainerMessage> Messages { get; } = [];

        public override void WriteLine(string? value)
        {
            TrainerMessage message = TrainerMessage.FromLine(value!) ?? throw new InvalidOperationException($"'{value}' is no message.");
            Messages.Add(message);
            onMessage(message);
        }
    }

    /// <summary>A line, and then silence, but no end.</summary>
    private sealed class OpenInput(string line) : TextReader
    {
        public override int Read()
        {
            Thread.Sleep(Timeout.Infinite);
            return -1;
        }

        public override Task<string?> ReadLineAsync() => Task.FromResult<string?>(line);
    }

    private sealed class HastyClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref _now);

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}

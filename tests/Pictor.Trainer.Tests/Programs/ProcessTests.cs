using System.Diagnostics;
using System.Runtime.InteropServices;
using Pictor.Trainer.Checkpoints;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Tests.Programs;

/// <summary>The real program as a real child: killed, interrupted, orphaned.</summary>
public sealed partial class ProcessTests : IDisposable
{
    private const int Interrupt = 2;
    private readonly string _root = Directory.CreateTempSubdirectory("pictor-process-").FullName;
    private readonly SelfMadeDigits _data = SelfMadeDigits.Idx(train: 4000, side: 20);
    private readonly Recipe _recipe = new Recipe { Network = "mnist-cnn", Epochs = 4, Batch = 32, Threads = 2, Dropout = 0.2f }.Resolve();

    [Fact]
    public async Task Killed_AfterAnEpoch_ResumesToTheSameBits()
    {
        Assert.Equal(0, await RunAsync("whole", resume: false, (_, _) => { }));
        await RunAsync("killed", resume: false, (message, process) =>
        {
            if (message is TrainerMessage.EpochEnded { Metrics.Epoch: 2 })
                process.Kill();
        });
        Assert.False(File.Exists(Path.Combine(_root, "killed", "model.pictor")));
        Assert.Equal(0, await RunAsync("killed", resume: true, (_, _) => { }));

        Assert.Equal([1, 2, 3, 4], RunFolder.Open(Path.Combine(_root, "killed")).Metrics.Select(m => m.Epoch));
        Checkpoint whole = Read("whole"), killed = Read("killed");
        Assert.All(whole.Arrays, pair => Assert.True(pair.Value.AsSpan().SequenceEqual(killed.Arrays[pair.Key]), pair.Key));
    }

    [Fact]
    public async Task Interrupted_WhileTraining_SavesAndEndsWith130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        int exitCode = await RunAsync("interrupted", resume: false, (message, process) =>
        {
            if (message is TrainerMessage.Advanced { Stage: "Training" })
                _ = Kill(process.Id, Interrupt);
        });
        Assert.Equal(130, exitCode);
        Assert.True(Read("interrupted").Header.Position.Step > 0);
    }

    [Fact]
    public async Task InputEnds_WhileTraining_SavesAndEndsWith130()
    {
        int exitCode = await RunAsync("orphaned", resume: false, (message, process) =>
        {
            if (message is TrainerMessage.Advanced { Stage: "Training" })
                process.StandardInput.Close();
        });
        Assert.Equal(130, exitCode);
        Assert.True(Read("orphaned").Header.Position.Step > 0);
    }

    [Fact]
    public async Task NoJob_OnItsInput_FailsWithASentence()
    {
        using Process process = Start();
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        TrainerMessage.Failed failed = Assert.IsType<TrainerMessage.Failed>(TrainerMessage.FromLine(output.Trim()));
        Assert.Equal("training job", failed.Subject);
    }

    public void Dispose()
    {
        _data.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private Checkpoint Read(string run) => CheckpointFile.Read(Path.Combine(_root, run, "checkpoints", CheckpointFile.Name));

    private async Task<int> RunAsync(string name, bool resume, Action<TrainerMessage, Process> onMessage)
    {
        var job = new TrainingJob(_data.Path, Path.Combine(_root, name), _recipe, "trial", Resume: resume);
        RunFolder.Prepare(job.Out, job, resume, force: false);
        using Process process = Start();
        await process.StandardInput.WriteLineAsync(job.ToLine());
        await process.StandardInput.FlushAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            onMessage(TrainerMessage.FromLine(line) ?? throw new InvalidOperationException(line), process);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pictor-train.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        return Process.Start(start)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

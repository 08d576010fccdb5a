using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pictor.Training.Runs;

/// <summary>A running trainer: its lines, its last words, and an end that comes in any case: asked first, killed when patience is over.</summary>
internal sealed partial class TrainerChild : IAsyncDisposable
{
    private const int Interruption = 2;
    private const int RememberedLines = 40;

    private readonly Process _process;
    private readonly TimeSpan _patience;
    private readonly Queue<string> _last = new();
    private readonly Task _errors;
    private readonly CancellationTokenSource _patienceOver = new();
    private int _interrupted;

    private TrainerChild(Process process, TimeSpan patience)
    {
        _process = process;
        _patience = patience;
        _errors = ReadErrorsAsync();
        _patienceOver.Token.Register(Kill);
    }

    public static TrainerChild Start(string path, TrainingJob job, TimeSpan patience)
    {
        Process process;
        try
        {
            process = Process.Start(TrainerProgram.StartInfo(path))!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InputException(path, $"the trainer cannot be started ({e.Message})", $"Name its pictor-train.dll or executable in {TrainerProgram.Variable}.", e)
            { Code = "trainer.missing" };
        }

        var child = new TrainerChild(process, patience);
        try
        {
            // Stays open: its end tells the trainer that the parent is gone, however it died.
            process.StandardInput.Write(job.ToLine() + "\n");
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It died before it read; its exit code and last words tell why.
        }

        return child;
    }

    /// <summary>The next line of its standard output; null when that has ended.</summary>
    public async Task<string?> NextLineAsync()
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Asks the trainer to save and end, once; kills it when patience is over.</summary>
    public void Interrupt()
    {
        if (Interlocked.Exchange(ref _interrupted, 1) != 0)
            return;
        _patienceOver.CancelAfter(_patience);
        if (_process.HasExited)
            return;
        if (OperatingSystem.IsWindows())
            CloseInput();
        else
            _ = SendSignal(_process.Id, Interruption);
    }

    /// <summary>Waits for the end. A trainer that has closed its output has said all it had to say, so it gets no more than patience.</summary>
    public async Task<int> ExitAsync()
    {
        _patienceOver.CancelAfter(_patience);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _errors.WaitAsync(_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.ExitCode;
    }

    /// <summary>Keeps a line for <see cref="LastWords"/>.</summary>
    public void Remember(string line)
    {
        lock (_last)
        {
            if (_last.Count == RememberedLines)
                _last.Dequeue();
            _last.Enqueue(line.Length > 500 ? line[..500] : line);
        }
    }

    /// <summary>The end of what it wrote beside messages, for the text of an error.</summary>
    public string LastWords()
    {
        lock (_last)
            return _last.Count == 0 ? "" : $"{Environment.NewLine}Its last words:{Environment.NewLine}{string.Join(Environment.NewLine, _last)}";
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Interrupt();
            CloseInput();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _errors.WaitAsync(_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _patienceOver.Dispose();
        _process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
            Remember(line);
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself meanwhile.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}

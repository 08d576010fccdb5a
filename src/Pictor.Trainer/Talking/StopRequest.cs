using System.Runtime.InteropServices;

namespace Pictor.Trainer.Talking;

/// <summary>
/// The wish to end: SIGINT, SIGTERM, or the end of standard input, which tells that the parent is gone however it died. The running step is
/// finished and saved first; a second signal ends at once.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Cancelled when the run should end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>True when the run should end.</summary>
    public bool IsSet => _source.IsCancellationRequested;

    /// <summary>Asks for the end.</summary>
    public void Set() => _source.Cancel();

    /// <summary>Listens for signals of the process.</summary>
    public void ListenForSignals()
    {
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = !IsSet;
                Set();
            }));
        }
    }

    /// <summary>Reads on until the input ends; what still comes is of no interest.</summary>
    public void ListenForEndOf(TextReader input)
    {
        var thread = new Thread(() =>
        {
            try
            {
                while (input.Read() >= 0)
                {
                }
            }
            catch (IOException)
            {
                // Gone as well.
            }

            try
            {
                Set();
            }
            catch (ObjectDisposedException)
            {
                // The run was over before its parent.
            }
        })
        { IsBackground = true, Name = "end of input" };
        thread.Start();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        _source.Dispose();
    }
}

using Pictor.Library;

namespace Pictor.Server.Hosting;

/// <summary>
/// Reads into memory what questions are answered from. It begins before there is a server to ask: putting one together takes one core some tenths of a second, and there are others.
/// </summary>
internal sealed class Warming : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public Warming(PictureLibrary library) => Library = library.WarmUpAsync(_stopping.Token);

    /// <summary>Ends when the library is warm; its faults are for whoever tells that the server is ready.</summary>
    public Task Library { get; }

    public CancellationToken Stopping => _stopping.Token;

    public Task StopAsync() => _stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Library.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }
}

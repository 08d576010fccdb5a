using Pictor.Server.Hosting;

namespace Pictor.Server;

/// <summary>REST, the page and background jobs over one library.</summary>
public static class PictorServer
{
    /// <summary>Runs until cancelled, then stops in order: no new requests, jobs cancelled, library closed. <paramref name="ready"/> is called once with the address in use.</summary>
    /// <exception cref="InputException">The address is not loopback and there is no key; the port is taken; the library is in use.</exception>
    public static async Task RunAsync(ServerOptions options, Action<string>? ready = null, CancellationToken cancellationToken = default)
    {
        ServerHost host = await ServerHost.StartAsync(options, cancellationToken);
        await using (host)
        {
            ready?.Invoke(host.Url);
            await ServerHost.WaitAsync(cancellationToken);
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pictor.Server.Hosting;

/// <summary>Where the server listens. Only loopback is open without a key: everything else on the network would let strangers read and change the library.</summary>
/// <param name="Host">The name or address as given.</param>
/// <param name="Port">0 picks a free one.</param>
/// <param name="Addresses">What is bound.</param>
internal sealed record ServerAddress(string Host, int Port, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>Bound to every address of the machine: clients may call it by any name.</summary>
    public bool AnyHost => Addresses.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <summary>The address with the port that was bound.</summary>
    public string UrlAt(int port) => string.Create(CultureInfo.InvariantCulture, $"http://{Bracketed(Host)}:{port}");

    /// <summary>How programs on this machine reach it.</summary>
    public string LocalUrlAt(int port) => AnyHost ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}") : UrlAt(port);

    public static ServerAddress Parse(string url, string? key)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw Wrong(url, "is not an address", "Give one like http://localhost:5080.");
        if (uri.Scheme != Uri.UriSchemeHttp)
            throw Wrong(url, $"asks for '{uri.Scheme}', but the server speaks plain http", "Use http://, and put a reverse proxy in front of it for TLS.");
        if (uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Wrong(url, "carries a path, which the server cannot listen on", string.Create(CultureInfo.InvariantCulture, $"Leave it out: http://{uri.Host}:{uri.Port}."));

        string host = uri.Host.Trim('[', ']');
        IPAddress[] addresses = Resolve(url, host);
        if (string.IsNullOrEmpty(key) && !addresses.All(IPAddress.IsLoopback))
        {
            throw new InputException(
                url, "this address can be reached by other machines, and no key protects the library",
                "Set one with --key or PICTOR_KEY, or listen on http://localhost:5080, which only this machine reaches.")
            { Code = "server.key-needed" };
        }

        return new(host, uri.Port, addresses);
    }

    private static IPAddress[] Resolve(string url, string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
        if (IPAddress.TryParse(host, out IPAddress? address))
            return [address];
        try
        {
            return Dns.GetHostAddresses(host);
        }
        catch (SocketException e)
        {
            throw new InputException(url, $"the name '{host}' is not known on this machine ({e.Message})", "Give an address of this machine, such as http://localhost:5080.", e) { Code = "server.address" };
        }
    }

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    private static InputException Wrong(string url, string problem, string remedy) => new($"--url {url}", problem, remedy) { Code = "server.address" };
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Pictor.Server.Hosting;

/// <summary>
/// The sockets are bound before anything else, so that a taken port costs nothing and the real port is known when the library's lock is written.
/// Kestrel is then handed these very sockets.
/// </summary>
internal sealed class ListenSockets : IDisposable
{
    private readonly List<Socket> _sockets = [];

    private ListenSockets() { }

    public int Port { get; private set; }

    public IEnumerable<IPEndPoint> EndPoints => _sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!);

    public static ListenSockets Bind(ServerAddress address)
    {
        // With port 0 the first socket's port may be taken on the second address: try again with another.
        for (int attempt = 0; ; attempt++)
        {
            var sockets = new ListenSockets();
            try
            {
                sockets.BindAll(address);
                return sockets;
            }
            catch (SocketException e)
            {
                sockets.Dispose();
                if (address.Port == 0 && attempt < 8 && e.SocketErrorCode == SocketError.AddressAlreadyInUse)
                    continue;
                throw Explain(address, e);
            }
        }
    }

    /// <summary>Hands a socket over to Kestrel, which closes it.</summary>
    public Socket Take(EndPoint endPoint) => _sockets.First(socket => socket.LocalEndPoint!.Equals(endPoint));

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private void BindAll(ServerAddress address)
    {
        Port = address.Port;
        foreach (IPAddress ip in address.Addresses)
        {
            Socket socket;
            try
            {
                socket = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(ip, Port));
            }
            catch (SocketException e) when (_sockets.Count > 0 && e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
            {
                continue; // no IPv6 on this machine: IPv4 is enough
            }

            _sockets.Add(socket);
            socket.Listen(); // two sockets may be bound to one port, but only one may listen
            Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
    }

    private static InputException Explain(ServerAddress address, SocketException e)
    {
        string subject = address.UrlAt(address.Port);
        return e.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => new InputException(
                subject, $"port {address.Port.ToString(CultureInfo.InvariantCulture)} is in use by another program",
                "Stop it, or choose another port with --url (port 0 picks a free one).", e)
            { Code = "server.port-taken" },
            SocketError.AccessDenied => new InputException(subject, "listening there is not allowed for this user", "Choose a port above 1023 with --url.", e) { Code = "server.port-denied" },
            SocketError.AddressNotAvailable => new InputException(subject, "this machine has no such address", "Choose one of its own, or http://localhost:5080.", e) { Code = "server.address" },
            _ => new InputException(subject, $"listening there failed: {e.Message}", "Choose another address with --url.", e) { Code = "server.address" },
        };
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Pictor.Server.Jobs;

/// <summary>Something that happened, for those who listen now.</summary>
/// <param name="Kind">job, picture or model.</param>
/// <param name="Data">The object as REST shows it.</param>
internal sealed record ServerEvent(string Kind, object Data);

/// <summary>Tells changes to whoever listens. A slow listener loses the oldest events, never the server's memory.</summary>
internal sealed class EventHub
{
    private const int Backlog = 256;

    private readonly ConcurrentDictionary<Listener, bool> _listeners = new();

    public void Publish(string kind, object data)
    {
        foreach (Listener listener in _listeners.Keys)
            listener.Tell(new(kind, data));
    }

    /// <summary>Hears what happens from this call on, until disposed.</summary>
    public Listener Listen()
    {
        var listener = new Listener(this);
        _listeners.TryAdd(listener, true);
        return listener;
    }

    internal sealed class Listener(EventHub hub) : IDisposable
    {
        private readonly Channel<ServerEvent> _channel =
            Channel.CreateBounded<ServerEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public void Tell(ServerEvent happened) => _channel.Writer.TryWrite(happened);

        /// <summary>The next event; null when cancelled.</summary>
        public async Task<ServerEvent?> NextAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await _channel.Reader.ReadAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        public void Dispose() => hub._listeners.TryRemove(this, out _);
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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

    private readonly ConcurrentDictionary<Channel<ServerEvent>, bool> _listeners = new();

    public void Publish(string kind, object data)
    {
        foreach (Channel<ServerEvent> listener in _listeners.Keys)
            listener.Writer.TryWrite(new(kind, data));
    }

    public async IAsyncEnumerable<ServerEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<ServerEvent> channel = Channel.CreateBounded<ServerEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _listeners.TryAdd(channel, true);
        try
        {
            await foreach (ServerEvent happened in channel.Reader.ReadAllAsync(cancellationToken))
                yield return happened;
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }
}

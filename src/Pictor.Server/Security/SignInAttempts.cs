using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Pictor.Server.Problems;

namespace Pictor.Server.Security;

/// <summary>Slows the guessing of keys: after ten wrong ones within a minute an address waits until the minute is over.</summary>
internal sealed class SignInAttempts(TimeProvider time)
{
    private const int Allowed = 10;
    private const int MaxAddresses = 10_000;

    private readonly ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Until)> _wrong = new();

    public Problem TooMany { get; } = Problem.Of("rate.exceeded", "Too many wrong keys came from this address", "Wait a minute, then try again with the right key.");

    public bool MayTry(HttpContext context) =>
        !_wrong.TryGetValue(AddressOf(context), out (int Count, DateTimeOffset Until) entry) || entry.Count < Allowed || entry.Until <= time.GetUtcNow();

    public void Failed(HttpContext context)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_wrong.Count >= MaxAddresses)
            _wrong.Clear();
        _wrong.AddOrUpdate(AddressOf(context), _ => (1, now.AddMinutes(1)), (_, old) => old.Until <= now ? (1, now.AddMinutes(1)) : (old.Count + 1, old.Until));
    }

    public void Succeeded(HttpContext context) => _wrong.TryRemove(AddressOf(context), out _);

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;
}

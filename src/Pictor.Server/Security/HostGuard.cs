using System.Net;
using Microsoft.AspNetCore.Http;
using Pictor.Server.Hosting;
using Pictor.Server.Problems;

namespace Pictor.Server.Security;

/// <summary>
/// A server on loopback is within reach of every web page that its user opens: a page's own name can be made to resolve to 127.0.0.1
/// (DNS rebinding). Such a request still carries the foreign name in its Host header, so only the server's own names are answered.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, ServerAddress address)
{
    public Task InvokeAsync(HttpContext context)
    {
        string host = context.Request.Host.Host;
        if (address.AnyHost || IsOwn(host))
            return next(context);
        return ProblemWriter.WriteAsync(context, Problem.Of(
            "host.foreign", $"This server does not answer to the name '{host}'",
            $"Call it by {address.Host} or a loopback address, or start it with a --url that carries this name, and a key."));
    }

    private bool IsOwn(string host)
    {
        string bare = host.Trim('[', ']').TrimEnd('.');
        return bare.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || bare.Equals(address.Host, StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(bare, out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }
}

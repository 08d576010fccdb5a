using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Pictor.Server.Problems;

namespace Pictor.Server.Security;

/// <summary>A token bucket per client address. Programs on this machine get forty times as much: they are its owner's, and a proxy in front looks like one.</summary>
internal static class RateLimits
{
    private const int LocalShare = 40;

    public static void Configure(RateLimiterOptions limiter, int requestsPerSecond)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
        {
            IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
            return RateLimitPartition.GetTokenBucketLimiter(address, key => Bucket(IPAddress.IsLoopback(key) ? requestsPerSecond * LocalShare : requestsPerSecond));
        });
        limiter.OnRejected = (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "1";
            return new(ProblemWriter.WriteAsync(context.HttpContext, Problem.Of(
                "rate.exceeded", "This address sends more requests than the server allows", "Wait a second, then go on more slowly.")));
        };
    }

    private static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = Math.Max(1, perSecond * 2),
        TokensPerPeriod = Math.Max(1, perSecond / 5),
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(200),
        QueueLimit = 0,
    };
}

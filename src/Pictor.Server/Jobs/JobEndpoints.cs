using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Models;
using Pictor.Server.OpenApi;

namespace Pictor.Server.Jobs;

/// <summary>What to index.</summary>
/// <param name="Paths">Absolute folders or files on the server's machine; at least one.</param>
/// <param name="Again">Annotate known pictures anew with the active model.</param>
/// <param name="RetryFailed">Try files again that failed before and have not changed since.</param>
/// <param name="Copy">Copy the pictures into the library.</param>
/// <param name="Exclude">What to pass over, kept with the folders: names such as *.psd, or paths from the folder; null leaves what is kept.</param>
/// <param name="Emptied">A folder that is empty was emptied on purpose.</param>
internal sealed record IndexRequest(
    IReadOnlyList<string>? Paths, bool Again = false, bool RetryFailed = false, bool Copy = false, IReadOnlyList<string>? Exclude = null, bool Emptied = false);

/// <summary>Jobs, newest first.</summary>
internal sealed record JobList(IReadOnlyList<JobItem> Items);

/// <summary>Long work: start an indexing, watch and cancel jobs, listen to changes.</summary>
internal static class JobEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("index", IndexAsync).WithTags("jobs")
            .WithSummary("Take in folders of the server's machine")
            .WithDescription("Answers at once with the job; follow it at the Location. It is done even if the server is killed meanwhile: the next one goes on. Only for callers on the same machine, or with the server's key.")
            .Accepts<IndexRequest>("application/json")
            .LimitBody(BodyLimits.Json)
            .Produces<JobItem>(202)
            .Problems(403, 415);
        RouteGroupBuilder jobs = api.MapGroup("jobs").WithTags("jobs");
        jobs.MapGet("", (JobQueue queue) => TypedResults.Ok(new JobList(queue.List()))).WithSummary("List jobs, newest first");
        jobs.MapGet("{id}", (JobQueue queue, string id) => TypedResults.Ok(queue.Get(id) ?? throw Unknown(id))).WithSummary("One job").Problems(404);
        jobs.MapDelete("{id}", async (JobQueue queue, string id) => TypedResults.Ok(await queue.CancelAsync(id) ?? throw Unknown(id)))
            .WithSummary("Cancel a job")
            .WithDescription("What is done so far stays; the job's status becomes 'cancelled' once it has stopped.")
            .Problems(404);
        jobs.MapPost("{id}/pause", async (JobQueue queue, string id) => TypedResults.Ok(await queue.PauseAsync(id) ?? throw Unknown(id)))
            .WithSummary("Pause a job")
            .WithDescription("What is done so far stays; the job's status becomes 'paused' once it has stopped, other jobs go on, and watched folders are not read meanwhile. It stays paused when the server is restarted.")
            .Problems(404, 409);
        jobs.MapPost("{id}/resume", async (JobQueue queue, string id) => TypedResults.Ok(await queue.ResumeAsync(id) ?? throw Unknown(id)))
            .WithSummary("Resume a paused job")
            .WithDescription("It waits for its turn again and goes on from where it stopped.")
            .Problems(404, 409);
        api.MapGet("events", Listen).WithTags("jobs")
            .WithSummary("Listen to changes")
            .WithDescription("Server-sent events: 'listening' at once, then 'job', 'picture' and 'model', each with the object as JSON.")
            .Produces<string>(200, "text/event-stream");
    }

    private static async Task<IResult> IndexAsync(
        HttpContext context, JobQueue queue, PictureLibrary library, ModelSwitch onSwitch, ServerOptions options, CancellationToken cancellationToken)
    {
        OnlyHere(context, options, "index", "Upload the pictures with POST /api/v1/images.");
        IndexRequest body = await JsonBody.ReadAsync<IndexRequest>(context.Request, cancellationToken);
        if (body.Paths is null or { Count: 0 })
            throw new InputException("paths", "names no folder", "Give one or more absolute paths.") { Code = "body.invalid-field" };
        string[] bad = [.. body.Paths.Where(path => !Path.IsPathFullyQualified(path ?? ""))];
        if (bad.Length > 0)
            throw new InputException("paths", $"'{bad[0]}' is not an absolute path", "The server does not know the folder that you are in: give the whole path.") { Code = "body.invalid-field" };
        string[] missing = [.. body.Paths.Where(path => !Path.Exists(path))];
        if (missing.Length > 0)
            throw new InputException("paths", $"there is no folder or file '{string.Join("', '", missing)}'", "Correct the path.") { Code = "body.invalid-field" };

        var how = new IndexOptions { Again = body.Again, RetryFailed = body.RetryFailed, Copy = body.Copy, Exclude = body.Exclude, Emptied = body.Emptied };
        JobItem job = await new JobRecipe("index", body.Paths, how) { Promised = true }.QueueAsync(queue, library, onSwitch);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", job);
    }

    /// <summary>What concerns this machine's files is for callers on it, or with the server's key.</summary>
    /// <exception cref="InputException">Another caller (403).</exception>
    public static void OnlyHere(HttpContext context, ServerOptions options, string what, string remedy)
    {
        if (options.Key is null && context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
            throw new InputException(what, "concerns this machine's files, which only callers on it may ask for", remedy) { Code = "index.not-allowed" };
    }

    private static ServerSentEventsResult<object> Listen(HttpContext context, EventHub events, JobQueue queue, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.ServerSentEvents(EventsAsync(events, queue, lifetime, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<object>> EventsAsync(
        EventHub events, JobQueue queue, IHostApplicationLifetime lifetime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Sent at once, for the answer's headers only leave with the first event. Then the jobs as they stand, so that a listener needs no second question.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using EventHub.Listener listener = events.Listen();
        yield return new(new Listening(true), "listening");
        foreach (JobItem job in queue.List().Where(job => !job.IsOver))
            yield return new(job, "job");
        while (await listener.NextAsync(ending.Token) is { } happened)
            yield return new(happened.Data, happened.Kind);
    }

    private static InputException Unknown(string id) =>
        new($"job '{id}'", "is not known", "GET /api/v1/jobs lists the jobs since the server was started.") { Code = "job.unknown" };
}

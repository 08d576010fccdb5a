using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Pictor.Library;
using Pictor.Library.Duplicates;

namespace Pictor.Cli.Library;

/// <summary>The server that owns the library makes the change; its problem details become the same errors as here.</summary>
internal sealed class RemoteWriter : ILibraryWriter
{
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(250);
    private readonly HttpClient _http;

    public RemoteWriter(string url, string? key)
    {
        _http = new HttpClient { BaseAddress = new Uri($"{url.TrimEnd('/')}/api/v1/"), Timeout = TimeSpan.FromMinutes(10) };
        if (key is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<ModelItem> DeployAsync(string package, CancellationToken cancellationToken)
    {
        ModelItem added = await AddModelAsync(package, cancellationToken);
        return added.Active ? added : await UseModelAsync($"{added.Name}@{added.Version}", cancellationToken);
    }

    public async Task<IReadOnlyList<ModelItem>> ModelsAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "models", null, cancellationToken);
        return (await ReadAsync<Items>(response, cancellationToken)).All;
    }

    public async Task<ModelItem> AddModelAsync(string package, CancellationToken cancellationToken)
    {
        if (!File.Exists(package)) throw new InputException(package, "there is no such file", "Name a package: NAME.pictor.");
        await using FileStream file = File.OpenRead(package);
        using var form = new MultipartFormDataContent { { new StreamContent(file), "file", Path.GetFileName(package) } };
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, "models", form, cancellationToken);
        return await ReadAsync<ModelItem>(response, cancellationToken);
    }

    public async Task<ModelItem> UseModelAsync(string reference, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, $"models/{Uri.EscapeDataString(reference)}/activate", null, cancellationToken);
        return await ReadAsync<ModelItem>(response, cancellationToken);
    }

    public async Task<ModelItem> RollbackModelAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, "models/rollback", null, cancellationToken);
        return await ReadAsync<ModelItem>(response, cancellationToken);
    }

    public async Task RemoveModelAsync(string reference, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Delete, $"models/{Uri.EscapeDataString(reference)}", null, cancellationToken)).Dispose();

    public async Task<IndexOutcome> IndexAsync(IReadOnlyList<string> paths, IndexOptions options, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(new { paths, options.Again, options.RetryFailed, options.Copy, options.Exclude, options.Emptied }, options: PictorJson.Compact);
        using HttpResponseMessage accepted = await SendAsync(HttpMethod.Post, "index", body, cancellationToken);
        return (await FollowAsync("index", await ReadAsync<Job>(accepted, cancellationToken), progress, cancellationToken)).Result
            ?? throw new InvalidOperationException("The server's job is done and has no result.");
    }

    public async Task<Page<DuplicateGroup>> DuplicatesAsync(DuplicateTier? tier, int limit, string? cursor, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        string route = $"duplicates?limit={limit}{(tier is { } one ? "&tier=" + DuplicateTiers.NameOf(one) : "")}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}";
        DuplicateList found = await ListAsync();
        if (!found.Current)
        {
            using HttpResponseMessage accepted = await SendAsync(HttpMethod.Post, "duplicates", null, cancellationToken);
            await FollowAsync("duplicates", await ReadAsync<Job>(accepted, cancellationToken), progress, cancellationToken);
            found = await ListAsync();
        }

        return new Page<DuplicateGroup>(found.Items, found.NextCursor, found.Total);

        async Task<DuplicateList> ListAsync()
        {
            using HttpResponseMessage response = await SendAsync(HttpMethod.Get, route, null, cancellationToken);
            return await ReadAsync<DuplicateList>(response, cancellationToken);
        }
    }

    public async Task<T> DoAsync<T>(Func<PictureLibrary, Task<T>> here, HttpMethod method, string route, object? body, CancellationToken cancellationToken)
    {
        using HttpContent? content = body is null ? null : JsonContent.Create(body, body.GetType(), options: PictorJson.Compact);
        using HttpResponseMessage response = await SendAsync(method, route, content, cancellationToken);
        return await ReadAsync<T>(response, cancellationToken);
    }

    public async Task PrepareModelAsync(string reference, bool activate, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        using HttpResponseMessage accepted = await SendAsync(HttpMethod.Post, $"models/{Uri.EscapeDataString(reference)}/prepare?activate={(activate ? "true" : "false")}", null, cancellationToken);
        await FollowAsync("prepare", await ReadAsync<Job>(accepted, cancellationToken), progress, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Watches a job to its end, and stops it when the command is stopped.</summary>
    private async Task<Job> FollowAsync(string kind, Job started, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(BetweenPolls, cancellationToken);
                using HttpResponseMessage response = await SendAsync(HttpMethod.Get, $"jobs/{started.Id}", null, cancellationToken);
                Job job = await ReadAsync<Job>(response, cancellationToken);
                if (job.Status == "paused") progress.Report(new Progress("Paused on the server", job.Progress?.Done ?? 0, job.Progress?.Total));
                else if (job.Progress is { } step) progress.Report(step);
                if (job.Status == "done") return job;
                if (job.Status is "failed" or "cancelled") throw new InputException(kind, job.Problem ?? $"the server's job was {job.Status}", "The server's log tells more.");
            }
        }
        catch (OperationCanceledException)
        {
            (await SendAsync(HttpMethod.Delete, $"jobs/{started.Id}", null, CancellationToken.None)).Dispose();
            throw;
        }
    }

    public async Task<VerifyOutcome> RepairAsync(bool deep, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, $"library/verify?repair=true&deep={(deep ? "true" : "false")}", null, cancellationToken);
        return await ReadAsync<VerifyOutcome>(response, cancellationToken);
    }

    public async Task<bool> ForgetFolderAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            (await SendAsync(HttpMethod.Delete, $"folders?path={Uri.EscapeDataString(path)}", null, cancellationToken)).Dispose();
            return true;
        }
        catch (InputException unknown) when (unknown.Code == "folder.unknown")
        {
            return false;
        }
    }

    public async Task<SidecarOutcome> WriteSidecarsAsync(SidecarOptions options, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(options, options: PictorJson.Compact);
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, "sidecars", body, cancellationToken);
        return await ReadAsync<SidecarOutcome>(response, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string route, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, route) { Content = body };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new InputException($"{_http.BaseAddress}", $"the server that owns the library does not answer ({fault.Message})", "Wait a moment, or stop that process.", fault);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            Problem? problem = await ProblemAsync(response, cancellationToken);
            throw new InputException(
                problem?.Title ?? $"{method} {route}", problem?.Detail ?? $"the server answered {(int)response.StatusCode}",
                problem?.Remedy ?? ((int)response.StatusCode == 401 ? "Set its key in PICTOR_KEY." : ""))
            { Code = problem?.Code ?? "server.refused" };
        }
    }

    private static async Task<Problem?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<Problem>(PictorJson.Compact, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<T>(PictorJson.Compact, cancellationToken) ?? throw new InvalidOperationException("The server answered nothing.");

    private sealed record Items([property: System.Text.Json.Serialization.JsonPropertyName("items")] IReadOnlyList<ModelItem> All);

    private sealed record DuplicateList(IReadOnlyList<DuplicateGroup> Items, string? NextCursor, int Total, bool Current);

    private sealed record Job(string Id, string Status, Progress? Progress, IndexOutcome? Result, string? Problem);

    private sealed record Problem(string? Title, string? Detail, string? Code, string? Remedy);
}

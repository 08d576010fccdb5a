using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pictor.Library;
using Pictor.Server.Annotate;
using Pictor.Server.Bodies;
using Pictor.Server.Folders;
using Pictor.Server.Health;
using Pictor.Server.Images;
using Pictor.Server.Jobs;
using Pictor.Server.OpenApi;
using Pictor.Server.Pages;
using Pictor.Server.Security;

namespace Pictor.Server.Hosting;

/// <summary>
/// A running server. The order of starting is that of finding faults: address and key, port, library, model; only then does it listen;
/// meanwhile, and on from there, model and index are warmed. Stopping is the reverse: no new requests, jobs cancelled, library closed.
/// </summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PictureLibrary _library;
    private readonly Warming _warming;
    private Task _becomingReady = Task.CompletedTask;
    private IAsyncDisposable? _watch;

    private ServerHost(WebApplication app, PictureLibrary library, Warming warming, string url) => (_app, _library, _warming, Url) = (app, library, warming, url);

    /// <summary>The address in use, with its real port.</summary>
    public string Url { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ServerHost> StartAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        options = options with { Key = string.IsNullOrEmpty(options.Key) ? null : options.Key };
        ServerAddress address = ServerAddress.Parse(options.Url, options.Key);
        using var sockets = new Owned<ListenSockets>(ListenSockets.Bind(address));
        await using var library = new Owned<PictureLibrary>(await PictureLibrary.OpenAsync(
            options.Library, new LibraryOptions { Url = address.LocalUrlAt(sockets.Value.Port), Time = options.Time }, cancellationToken));
        if (options.Model is { } model)
        {
            ModelItem item = await library.Value.Models.AddAsync(model, cancellationToken);
            if (!item.Active)
                await library.Value.Models.UseAsync($"{item.Name}@{item.Version}", cancellationToken);
        }
        else if (options.FirstModel is { } first && library.Value.Models.ActiveReference is null)
        {
            await library.Value.Models.AddAsync(first, cancellationToken);
        }

        await FolderKeeping.KeepAsync(library.Value, options, cancellationToken);
        await using var warming = new Owned<Warming>(new Warming(library.Value));
        WebApplication app = Build(options, address, sockets.Value, library.Value);
        var host = new ServerHost(app, library.Release(), warming.Release(), address.UrlAt(sockets.Value.Port));
        sockets.Release();
        try
        {
            await app.StartAsync(cancellationToken);
            await host.BeginAsync(options, cancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    /// <summary>Returns when cancelled.</summary>
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellationToken.Register(cancelled.SetResult))
            await cancelled.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _warming.StopAsync();
        if (_watch is not null)
            await _watch.DisposeAsync();
        await _app.StopAsync(CancellationToken.None);
        await _becomingReady;
        await _app.DisposeAsync(); // ends jobs and inference threads
        await _warming.DisposeAsync();
        await _library.DisposeAsync();
    }

    private async Task BeginAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        _becomingReady = Task.Run(() => Services.GetRequiredService<Readiness>().WarmAsync(_warming.Library, _warming.Stopping), CancellationToken.None);
        _watch = await FolderKeeping.BeginAsync(Services, _library, options, cancellationToken);
    }

    private static WebApplication Build(ServerOptions options, ServerAddress address, ListenSockets sockets, PictureLibrary library)
    {
        // The empty builder reads no settings file, variable or argument of the host program: the options are all there is.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().UseSockets(transport => transport.CreateBoundListenSocket = sockets.Take).ConfigureKestrel(kestrel => Configure(kestrel, sockets));
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        AddServices(builder.Services, options, address, library);

        WebApplication app = builder.Build();
        Pipeline.Use(app, options);
        Pipeline.Map(app, options);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, ListenSockets sockets)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 2000;
        foreach (IPEndPoint endPoint in sockets.EndPoints)
            kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static void AddServices(IServiceCollection services, ServerOptions options, ServerAddress address, PictureLibrary library)
    {
        int cores = Environment.ProcessorCount;
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddSingleton(options).AddSingleton(address).AddSingleton(options.Time).AddSingleton(library);
        services.AddSingleton(new BodyBudget(options.MaxBodyBytes * 8)).AddSingleton<FileParts>();
        services.AddSingleton(_ => new InferencePool(cores, options.MaxWaiting)).AddSingleton<PictureAnnotator>();
        services.AddSingleton(_ => new IntakeGate(cores)).AddSingleton<EventHub>().AddSingleton<UnfinishedWork>().AddSingleton<JobQueue>().AddSingleton<Models.ModelSwitch>().AddSingleton<Corrections.ChangeAnnouncer>();
        services.AddSingleton<RequestCounts>().AddSingleton<MetricsText>().AddSingleton<Readiness>().AddSingleton<SignInAttempts>().AddHostedService<MemoryTrim>();
        if (options.Key is { } key)
            services.AddSingleton(new ApiKey(key));
        services.AddRouting().AddRateLimiter(limiter => RateLimits.Configure(limiter, options.RequestsPerSecond));
        services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = PictorJson.Compact.Encoder;
            foreach (System.Text.Json.Serialization.JsonConverter converter in PictorJson.Compact.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        services.AddPictorOpenApi();
        services.AddPages();
    }

    /// <summary>Signals belong to the program that runs the server, not to the web host.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

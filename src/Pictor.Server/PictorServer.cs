namespace Pictor.Server;

/// <summary>How the server runs.</summary>
public sealed record ServerOptions
{
    /// <summary>The library to serve.</summary>
    public required string Library { get; init; }

    /// <summary>Where to listen; port 0 picks one. <value>http://localhost:5080.</value></summary>
    public string Url { get; init; } = "http://localhost:5080";

    /// <summary>A package to deploy and use at start.</summary>
    public string? Model { get; init; }

    /// <summary>A key that clients must show; without one the server listens on loopback only.</summary>
    public string? Key { get; init; }

    /// <summary>Largest request body in bytes. <value>64 MiB.</value></summary>
    public long MaxBodyBytes { get; init; } = 64L << 20;

    /// <summary>Who changes things when no key names them. <value>The OS user.</value></summary>
    public string User { get; init; } = Environment.UserName;

    /// <summary>Folders whose pictures are indexed at start, in the background.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];
}

/// <summary>REST, the page and background jobs over one library.</summary>
public static class PictorServer
{
    /// <summary>Runs until cancelled. <paramref name="ready"/> is called once with the address in use.</summary>
    /// <exception cref="InputException">The address is not loopback and there is no key; the port is taken; the library is in use.</exception>
    public static Task RunAsync(ServerOptions options, Action<string>? ready = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}

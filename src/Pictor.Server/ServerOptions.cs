using Pictor.Library;

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

    /// <summary>A package for a library that uses none yet, so that its pictures get tags from the first day; nothing happens where one is in use.</summary>
    public string? FirstModel { get; init; }

    /// <summary>A key that clients must show; without one the server listens on loopback only.</summary>
    public string? Key { get; init; }

    /// <summary>Largest file in a request, in bytes; an upload of many may be sixteen times as long. <value>64 MiB.</value></summary>
    public long MaxBodyBytes { get; init; } = 64L << 20;

    /// <summary>Largest model package that can be uploaded, in bytes. <value>1 GiB.</value></summary>
    public long MaxPackageBytes { get; init; } = 1L << 30;

    /// <summary>Requests a second that one remote client may send on average; clients on this machine get forty times that. <value>500.</value></summary>
    public int RequestsPerSecond { get; init; } = 500;

    /// <summary>Annotations that may wait for a free core before others are turned away with 429. <value>256.</value></summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>Who changes things when no key names them. <value>The OS user.</value></summary>
    public string User { get; init; } = Environment.UserName;

    /// <summary>Folders whose pictures are indexed at start, in the background, and looked after from then on, by later servers of this library too.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>What is passed over below these folders, kept with them; null leaves what is kept.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>How watched folders are looked after; null: only indexed at the start.</summary>
    public WatchOptions? Watch { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

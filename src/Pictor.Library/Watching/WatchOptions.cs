namespace Pictor.Library;

/// <summary>How folders are looked after.</summary>
public sealed record WatchOptions
{
    /// <summary>How long a file must have been left alone before it is read: copies and downloads grow for a while. <value>2 s.</value></summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often all folders are walked, for what notifications do not tell: network disks, changes while nobody looked. A known file costs a stat. <value>15 minutes.</value></summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Changes waiting to be read beyond which the folders are walked instead. <value>10,000.</value></summary>
    public int MaxPending { get; init; } = 10_000;

    /// <summary>Runs a piece of work when it is its turn, and returns when it has ended; as a job of a server, say. Null runs it at once.</summary>
    public Func<WatchWork, CancellationToken, Task>? Run { get; init; }

    /// <summary>Told in sentences what a person should know: a folder that is away, or notifications that the system does not give.</summary>
    public Action<string>? Say { get; init; }
}

/// <summary>A piece of work of a watch.</summary>
public delegate Task<IndexOutcome> WatchWork(IProgress<Progress>? progress, CancellationToken cancellationToken);

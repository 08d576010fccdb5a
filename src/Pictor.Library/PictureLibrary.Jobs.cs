using Dapper;

namespace Pictor.Library;

/// <summary>Background work that was paused.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Kind">What it does.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Detail">What is needed to go on with it; whoever keeps it knows.</param>
public sealed record PausedJob(string Id, string Kind, DateTimeOffset CreatedAt, string Detail);

public sealed partial class PictureLibrary
{
    private sealed class PausedRow
    {
        public string Id { get; set; } = "";

        public string Kind { get; set; } = "";

        public long CreatedAt { get; set; }

        public string Detail { get; set; } = "";
    }

    /// <summary>Work that was paused and neither resumed nor cancelled since, oldest first; it outlives the process.</summary>
    public IReadOnlyList<PausedJob> PausedJobs() => _catalogue.Read<IReadOnlyList<PausedJob>>(connection =>
    [
        .. connection.Query<PausedRow>("SELECT id, kind, created_at AS CreatedAt, detail FROM paused_jobs ORDER BY created_at, id")
            .Select(row => new PausedJob(row.Id, row.Kind, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), row.Detail)),
    ]);

    /// <summary>Remembers paused work; on disk when this returns.</summary>
    public Task KeepPausedJobAsync(PausedJob job, CancellationToken cancellationToken = default) => _catalogue.WriteAsync(
        connection => connection.Execute(
            "INSERT INTO paused_jobs (id, kind, created_at, detail) VALUES (@Id, @Kind, @created, @Detail) ON CONFLICT (id) DO UPDATE SET detail = excluded.detail",
            new { job.Id, job.Kind, created = job.CreatedAt.ToUnixTimeMilliseconds(), job.Detail }),
        cancellationToken: cancellationToken);

    /// <summary>It is paused no longer.</summary>
    public Task ForgetPausedJobAsync(string id, CancellationToken cancellationToken = default) =>
        _catalogue.WriteAsync(connection => connection.Execute("DELETE FROM paused_jobs WHERE id = @id", new { id }), cancellationToken: cancellationToken);
}

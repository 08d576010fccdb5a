using Dapper;

namespace Pictor.Library;

/// <summary>Background work that was asked for and is not over.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Kind">What it does.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Detail">What is needed to go on with it; whoever keeps it knows.</param>
/// <param name="Paused">Somebody paused it.</param>
public sealed record UnfinishedJob(string Id, string Kind, DateTimeOffset CreatedAt, string Detail, bool Paused)
{
    /// <summary>How many processes have begun with it and died, one after the other.</summary>
    public int Deaths { get; init; }
}

public sealed partial class PictureLibrary
{
    private sealed class UnfinishedRow
    {
        public string Id { get; set; } = "";

        public string Kind { get; set; } = "";

        public long CreatedAt { get; set; }

        public string Detail { get; set; } = "";

        public bool Paused { get; set; }

        public int Deaths { get; set; }
    }

    /// <summary>
    /// Takes over what earlier processes were asked to do and did not end, oldest first. Each that is not paused counts as one more death until it is forgotten or
    /// <see cref="EndWellAsync"/> is called.
    /// </summary>
    public Task<IReadOnlyList<UnfinishedJob>> TakeUnfinishedJobsAsync(CancellationToken cancellationToken = default) => _catalogue.WriteAsync<IReadOnlyList<UnfinishedJob>>(
        connection =>
        {
            UnfinishedJob[] jobs =
            [
                .. connection.Query<UnfinishedRow>("SELECT id, kind, created_at AS CreatedAt, detail, paused, deaths FROM unfinished_jobs ORDER BY created_at, id")
                    .Select(row => new UnfinishedJob(row.Id, row.Kind, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), row.Detail, row.Paused) { Deaths = row.Deaths }),
            ];
            connection.Execute("UPDATE unfinished_jobs SET deaths = deaths + 1 WHERE NOT paused");
            return jobs;
        },
        cancellationToken: cancellationToken);

    /// <summary>Remembers unfinished work, or that it was paused or resumed; on disk when this returns.</summary>
    public Task KeepJobAsync(UnfinishedJob job, CancellationToken cancellationToken = default) => _catalogue.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO unfinished_jobs (id, kind, created_at, detail, paused, deaths) VALUES (@Id, @Kind, @created, @Detail, @Paused, @deaths)
            ON CONFLICT (id) DO UPDATE SET detail = excluded.detail, paused = excluded.paused, deaths = excluded.deaths
            """,
            new { job.Id, job.Kind, created = job.CreatedAt.ToUnixTimeMilliseconds(), job.Detail, job.Paused, deaths = job.Paused ? 0 : 1 }),
        cancellationToken: cancellationToken);

    /// <summary>It is over.</summary>
    public Task ForgetJobAsync(string id, CancellationToken cancellationToken = default) =>
        _catalogue.WriteAsync(connection => connection.Execute("DELETE FROM unfinished_jobs WHERE id = @id", new { id }), cancellationToken: cancellationToken);

    /// <summary>The process ends as it should, and what is unfinished is none of its faults.</summary>
    public Task EndWellAsync(CancellationToken cancellationToken = default) =>
        _catalogue.WriteAsync(connection => connection.Execute("UPDATE unfinished_jobs SET deaths = 0 WHERE deaths > 0"), cancellationToken: cancellationToken);
}

namespace Pictor.Library.Catalogue;

internal static partial class Schema
{
    // Work that somebody paused, so that it is still paused, and can go on, after a restart. detail: what the server needs to go on, as JSON.
    private const string Jobs = """
        CREATE TABLE paused_jobs (id TEXT PRIMARY KEY, kind TEXT NOT NULL, created_at INTEGER NOT NULL, detail TEXT NOT NULL) WITHOUT ROWID;
        """;

    // All work that was promised and is not over. deaths: processes that began with it and did not end as they should; whoever takes it over stops believing in it after a few.
    private const string UnfinishedJobs = """
        ALTER TABLE paused_jobs RENAME TO unfinished_jobs;
        ALTER TABLE unfinished_jobs ADD COLUMN paused INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE unfinished_jobs ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
        """;
}

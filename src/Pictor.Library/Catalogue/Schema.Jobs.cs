namespace Pictor.Library.Catalogue;

internal static partial class Schema
{
    // Work that somebody paused, so that it is still paused, and can go on, after a restart. detail: what the server needs to go on, as JSON.
    private const string Jobs = """
        CREATE TABLE paused_jobs (id TEXT PRIMARY KEY, kind TEXT NOT NULL, created_at INTEGER NOT NULL, detail TEXT NOT NULL) WITHOUT ROWID;
        """;
}

using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Watching;

/// <summary>A row of the table folders.</summary>
internal sealed class FolderRow
{
    public string Path { get; set; } = "";

    public string Exclude { get; set; } = "";

    public bool Watched { get; set; }

    public long? IndexedAt { get; set; }

    internal IReadOnlyList<string> Patterns => Exclude.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal FolderItem ToItem() => new(
        Path, Patterns, Watched, IndexedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, Directory.Exists(Path));
}

/// <summary>The SQL of the table folders: what was indexed, what is passed over there, and whether a server looks after it.</summary>
internal static class FolderTable
{
    internal static List<FolderRow> All(SqliteConnection connection) =>
        connection.Query<FolderRow>("SELECT path, exclude, watched, indexed_at AS IndexedAt FROM folders ORDER BY path").AsList();

    /// <summary>Remembers a folder. Null leaves as it is what was known.</summary>
    internal static void Keep(SqliteConnection connection, string path, IReadOnlyList<string>? exclude, bool? watched, long now) => connection.Execute(
        """
        INSERT INTO folders (path, exclude, watched, added_at) VALUES (@path, ifnull(@exclude, ''), ifnull(@watched, 0), @now)
        ON CONFLICT (path) DO UPDATE SET exclude = ifnull(@exclude, exclude), watched = ifnull(@watched, watched)
        """,
        new { path, exclude = exclude is null ? null : string.Join('\n', exclude), watched, now });

    internal static void NoteIndexed(SqliteConnection connection, string path, long now) => connection.Execute("UPDATE folders SET indexed_at = @now WHERE path = @path", new { path, now });

    internal static bool Forget(SqliteConnection connection, string path) => connection.Execute("DELETE FROM folders WHERE path = @path", new { path }) > 0;
}

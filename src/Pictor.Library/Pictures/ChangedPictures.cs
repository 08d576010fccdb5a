using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Pictures;

/// <summary>Which pictures have changed since somebody last asked: the notes that triggers leave in the table picture_changes.</summary>
/// <param name="Latest">The last note; to be handed in the next time.</param>
/// <param name="Pictures">Rows, each once; null: too many, or the notes do not reach back so far, so that everything has to be read.</param>
internal readonly record struct ChangedPictures(long Latest, IReadOnlyList<long>? Pictures)
{
    /// <summary>Nothing has been read yet.</summary>
    internal const long Never = -1;

    /// <summary>Up to here it is quicker to read the changed rows than all.</summary>
    private const int Many = 4096;

    /// <summary>Older notes than this are of no use to anyone.</summary>
    private const int Kept = 100_000;

    internal static ChangedPictures Since(PreparedStatements statements, long seen)
    {
        long first = statements.Scalar("SELECT min(id) FROM picture_changes") as long? ?? 0, latest = statements.Scalar("SELECT max(id) FROM picture_changes") as long? ?? 0;
        if (seen == Never || latest - seen > Many || first > seen + 1)
            return new ChangedPictures(latest, null);

        // A connection that began to read earlier than another may see less: then there is nothing to do.
        return latest <= seen
            ? new ChangedPictures(seen, [])
            : new ChangedPictures(latest, statements.Rows("SELECT DISTINCT picture FROM picture_changes WHERE id > @seen AND id <= @latest", row => row.Long(0), ("@seen", seen), ("@latest", latest)));
    }

    /// <summary>Forgets old notes; by the writer.</summary>
    internal static void Trim(SqliteConnection connection) =>
        connection.Execute("DELETE FROM picture_changes WHERE id < (SELECT max(id) FROM picture_changes) - @Kept", new { Kept });
}

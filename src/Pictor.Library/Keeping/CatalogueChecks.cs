using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Finding;

namespace Pictor.Library.Keeping;

/// <summary>A rule that every row must obey.</summary>
/// <param name="Name">As faults carry it.</param>
/// <param name="Problem">What is wrong with a row that is found.</param>
/// <param name="Find">Selects a name for each row that breaks the rule.</param>
/// <param name="Remedy">What <paramref name="Mend"/> does.</param>
/// <param name="Mend">SQL that makes the rule hold; null where only a backup helps.</param>
internal sealed record CatalogueCheck(string Name, string Problem, string Find, string Remedy, string? Mend);

/// <summary>
/// What must hold between the rows of a catalogue. All of it is kept by the transactions that write; here it is looked at from outside, after crashes, failing disks and other
/// people's tools. Mending takes away only what can be made again by indexing; what people said is never touched.
/// </summary>
internal static class CatalogueChecks
{
    private const string ReadAgain = "It is read again by the next 'pictor index --again'.";

    internal static IReadOnlyList<CatalogueCheck> All { get; } =
    [
        new("picture.measures", "The picture has no size, no bytes or no proper id.",
            "SELECT id FROM pictures WHERE width <= 0 OR height <= 0 OR bytes <= 0 OR length(id) <> 16 OR length(sha256) <> 64 OR substr(sha256, 1, 16) <> id", "Restore a backup.", null),
        new("picture.missing", "The picture's mark 'missing' does not agree with its files.",
            "SELECT id FROM pictures p WHERE missing <> NOT EXISTS (SELECT 1 FROM files f WHERE f.picture = p.row AND f.missing = 0)", "The mark is set by the files.",
            "UPDATE pictures SET missing = NOT EXISTS (SELECT 1 FROM files f WHERE f.picture = pictures.row AND f.missing = 0)"),
        new("file.unread", "The file has neither a picture nor a reason why not.",
            "SELECT path FROM files WHERE picture IS NULL AND problem IS NULL", "The row is forgotten; the next index reads the file.",
            "DELETE FROM files WHERE picture IS NULL AND problem IS NULL"),
        new("model.active", "The active model was removed.",
            "SELECT m.name || '@' || m.version FROM models m WHERE m.id = (SELECT model FROM activations WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1) AND m.removed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM activations a JOIN models k ON k.id = a.model WHERE a.undone_at IS NULL AND k.removed_at IS NULL) AND EXISTS (SELECT 1 FROM models WHERE removed_at IS NULL)",
            "Choose one: pictor models use NAME.", null),
        new("reading.length", "The picture's embedding has another length than its model gives.",
            "SELECT p.id FROM readings r JOIN models m ON m.id = r.model JOIN pictures p ON p.row = r.picture WHERE length(r.embedding) NOT IN (0, 4 * m.embedding_length)",
            $"The reading is forgotten. {ReadAgain}",
            """
            CREATE TEMP TABLE broken AS SELECT r.id, r.model, r.picture FROM readings r JOIN models m ON m.id = r.model WHERE length(r.embedding) NOT IN (0, 4 * m.embedding_length);
            DELETE FROM readings WHERE id IN (SELECT id FROM broken);
            DROP TABLE broken;
            """),
        new("reading.removed-model", "The picture has a reading of a model that was removed.",
            "SELECT DISTINCT p.id FROM readings r JOIN models m ON m.id = r.model JOIN pictures p ON p.row = r.picture WHERE m.removed_at IS NOT NULL", "The reading is deleted.",
            "DELETE FROM readings WHERE model IN (SELECT id FROM models WHERE removed_at IS NOT NULL)"),
        new("probabilities.orphan", "The picture has class probabilities without a reading.",
            "SELECT DISTINCT p.id FROM probabilities c JOIN pictures p ON p.row = c.picture WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.model = c.model AND r.picture = c.picture)",
            $"They are deleted. {ReadAgain}",
            "DELETE FROM probabilities WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.model = probabilities.model AND r.picture = probabilities.picture)"),
        new("annotation.orphan", "The picture has tags of a model that has not read it.",
            "SELECT DISTINCT p.id FROM annotations a JOIN pictures p ON p.row = a.picture WHERE a.model IS NOT NULL AND a.rejected = 0 AND a.rank = 1 AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.model = a.model AND r.picture = a.picture)",
            $"They are deleted; what people said or rejected stays. {ReadAgain}",
            "DELETE FROM annotations WHERE model IS NOT NULL AND rejected = 0 AND rank = 1 AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.model = annotations.model AND r.picture = annotations.picture)"),
        new("picture.shown-model", "The picture shows the tags of a model that has not read it, or of none though one has.",
            "SELECT id FROM pictures p WHERE (shown_model IS NULL AND EXISTS (SELECT 1 FROM readings r WHERE r.picture = p.row)) OR (shown_model IS NOT NULL AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.picture = p.row AND r.model = p.shown_model))",
            "It shows the latest model that has read it.",
            "UPDATE pictures SET shown_model = (SELECT max(model) FROM readings r WHERE r.picture = pictures.row) WHERE shown_model IS NULL OR NOT EXISTS (SELECT 1 FROM readings r WHERE r.picture = pictures.row AND r.model = pictures.shown_model)"),
    ];

    /// <summary>SQLite's own look at every page, index and full-text table; empty when sound.</summary>
    internal static IReadOnlyList<string> Integrity(SqliteConnection connection) => [.. connection.Query<string>("PRAGMA integrity_check(100)").Where(line => line != "ok")];

    /// <summary>Rows that name a row which is not there.</summary>
    internal static IReadOnlyList<string> ForeignKeys(SqliteConnection connection) =>
        [.. connection.Query<(string Table, long? Row, string Parent)>("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 100").Select(k => $"{k.Table} row {k.Row}, which names a row of {k.Parent}")];

    /// <summary>Indexes and full-text tables are made from the tables: made anew, they are right.</summary>
    internal static void RebuildDerived(SqliteConnection connection)
    {
        connection.Execute("REINDEX;"); // Dapper takes a single word for a procedure
        WordIndex.Rebuild(connection);
    }
}

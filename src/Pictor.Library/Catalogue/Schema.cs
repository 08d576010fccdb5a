using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Finding;

namespace Pictor.Library.Catalogue;

/// <summary>A step that brings a catalogue from the version before to <paramref name="Version"/>.</summary>
/// <param name="Version">The version that the step leads to.</param>
/// <param name="Sql">The step.</param>
/// <param name="Afterwards">What SQL alone cannot do; in the same transaction.</param>
internal sealed record SchemaStep(int Version, string Sql, Action<SqliteConnection>? Afterwards = null);

/// <summary>
/// The tables, as numbered steps. <c>application_id</c> tells a catalogue from any other SQLite file and <c>user_version</c> counts the steps taken.
/// To change the tables: add a step, never edit one that was released. Before the first step on an existing catalogue a copy is kept beside it.
/// </summary>
internal static partial class Schema
{
    /// <summary>"Pctr", so that <c>file catalogue.db</c> and we know what it is.</summary>
    internal const int ApplicationId = 0x50637472;

    internal static IReadOnlyList<SchemaStep> Steps { get; } = [new(1, First), new(2, Words), new(3, Metadata), new(4, Folders), new(5, Corrections), new(6, Finding, WordIndex.Fill), new(7, PictureChanges), new(8, Jobs), new(9, UnfinishedJobs)];

    internal static int Current => Steps[^1].Version;

    /// <summary>Refuses files of others and of the future.</summary>
    /// <returns>The catalogue's version; 0 for an empty file.</returns>
    internal static int Check(SqliteConnection connection, string path, int newest)
    {
        long application = connection.ExecuteScalar<long>("PRAGMA application_id");
        int version = connection.ExecuteScalar<int>("PRAGMA user_version");
        if (application == 0 && version == 0 && connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master") == 0)
            return 0;
        if (application != ApplicationId)
            throw NotACatalogue(path);
        if (version > newest)
        {
            throw new InputException(path, $"this catalogue has schema {version}, and this Pictor knows schemas up to {newest}", "Use a newer Pictor, or the catalogue's backup of the older schema.")
            {
                Code = "library.newer",
            };
        }

        return version;
    }

    internal static InputException NotACatalogue(string path, Exception? inner = null) =>
        new(path, "this file is not a catalogue of Pictor", "Name another folder with --library, or move the file away.", inner) { Code = "library.not-a-catalogue" };

    /// <summary>Takes the steps that are missing, all in one transaction.</summary>
    internal static void Migrate(SqliteConnection connection, string path, IReadOnlyList<SchemaStep> steps)
    {
        int version = Check(connection, path, steps[^1].Version);
        if (version == steps[^1].Version)
            return;
        if (version > 0)
            KeepCopy(connection, $"{path}.schema-{version}");

        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (SchemaStep step in steps.Where(s => s.Version > version))
        {
            connection.Execute(step.Sql, transaction: transaction);
            step.Afterwards?.Invoke(connection);
        }

        connection.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {steps[^1].Version}", transaction: transaction);
        transaction.Commit();
    }

    private static void KeepCopy(SqliteConnection connection, string copy)
    {
        string partial = copy + ".part";
        File.Delete(partial);
        connection.Execute("VACUUM INTO @partial", new { partial });
        File.Move(partial, copy, overwrite: true);
    }

    // Times are milliseconds since 1970 in UTC (taken_at: as if UTC, EXIF knows no zone); files.modified is in ticks, as the file system gave it.
    // files.path is absolute for the user's files and relative to the library for originals/, so that a library can be moved.
    // files.picture is null for a file that was refused; problem says why; transient ones are tried again.
    // pictures.missing is derived from files and kept by the writer; pictures.shown_model is the model whose tags are shown.
    private const string First = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES ('vectors', 1);

        CREATE TABLE models (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL,
            classes INTEGER NOT NULL, embedding_length INTEGER NOT NULL, added_at INTEGER NOT NULL, removed_at INTEGER);
        CREATE UNIQUE INDEX models_reference ON models (name, version) WHERE removed_at IS NULL;

        CREATE TABLE activations (id INTEGER PRIMARY KEY AUTOINCREMENT, model INTEGER NOT NULL REFERENCES models (id), time INTEGER NOT NULL, undone_at INTEGER);

        CREATE TABLE pictures (
            row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            bytes INTEGER NOT NULL, format TEXT NOT NULL, taken_at INTEGER, added_at INTEGER NOT NULL, sort_at INTEGER NOT NULL,
            hidden INTEGER NOT NULL DEFAULT 0, missing INTEGER NOT NULL DEFAULT 0, favourite INTEGER NOT NULL DEFAULT 0, rating INTEGER NOT NULL DEFAULT 0,
            shown_model INTEGER REFERENCES models (id));
        CREATE INDEX pictures_newest ON pictures (hidden, sort_at DESC, row DESC);

        CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, name_key TEXT NOT NULL,
            picture INTEGER REFERENCES pictures (row), size INTEGER NOT NULL, modified INTEGER NOT NULL,
            missing INTEGER NOT NULL DEFAULT 0, problem TEXT, transient INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX files_picture ON files (picture);

        CREATE TABLE readings (
            id INTEGER PRIMARY KEY, model INTEGER NOT NULL REFERENCES models (id), picture INTEGER NOT NULL REFERENCES pictures (row),
            embedding BLOB NOT NULL, time INTEGER NOT NULL);
        CREATE UNIQUE INDEX readings_of ON readings (model, picture);

        CREATE TABLE annotations (
            id INTEGER PRIMARY KEY AUTOINCREMENT, picture INTEGER NOT NULL REFERENCES pictures (row), kind TEXT NOT NULL,
            value TEXT NOT NULL, value_key TEXT NOT NULL, label_id TEXT, confidence REAL NOT NULL, source TEXT NOT NULL, rank INTEGER NOT NULL,
            model INTEGER REFERENCES models (id), x REAL, y REAL, width REAL, height REAL, rejected INTEGER NOT NULL DEFAULT 0, time INTEGER NOT NULL);
        CREATE INDEX annotations_picture ON annotations (picture);
        CREATE INDEX annotations_value ON annotations (value_key);
        CREATE INDEX annotations_label ON annotations (label_id) WHERE label_id IS NOT NULL;

        CREATE TABLE history (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, person TEXT NOT NULL, picture INTEGER REFERENCES pictures (row),
            action TEXT NOT NULL, detail TEXT NOT NULL);
        CREATE INDEX history_picture ON history (picture);

        CREATE VIEW said AS
            SELECT a.* FROM annotations a JOIN pictures p ON p.row = a.picture
            WHERE a.rejected = 0 AND p.hidden = 0 AND (a.rank > 1 OR a.model = p.shown_model);
        """;

    // probabilities.classes is written and read by ClassShares; apart from readings, whose embeddings would have to be passed over at each scan.
    // facts hold what the file itself tells; share is null where a fact holds or does not.
    private const string Words = """
        CREATE TABLE probabilities (
            model INTEGER NOT NULL REFERENCES models (id), picture INTEGER NOT NULL REFERENCES pictures (row), classes BLOB NOT NULL,
            PRIMARY KEY (model, picture)) WITHOUT ROWID;

        CREATE TABLE facts (
            picture INTEGER NOT NULL REFERENCES pictures (row), fact TEXT NOT NULL, share REAL, rejected INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (picture, fact)) WITHOUT ROWID;
        CREATE INDEX facts_fact ON facts (fact);

        CREATE INDEX annotations_rejected ON annotations (picture) WHERE rejected = 1;
        """;
}

namespace Pictor.Library.Catalogue;

internal static partial class Schema
{
    // meta 'library' tells this library from others, so that the backup of one does not take the place of another's.
    // folders.exclude holds patterns, one a line; folders.watched is 1 where 'serve' looks after the folder.
    // imports remembers where copies in originals/ came from, so that importing again costs a stat; the sources may be gone.
    private const string Folders = """
        INSERT INTO meta VALUES ('library', random());

        CREATE TABLE folders (
            id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, exclude TEXT NOT NULL DEFAULT '', watched INTEGER NOT NULL DEFAULT 0,
            added_at INTEGER NOT NULL, indexed_at INTEGER);

        CREATE TABLE imports (
            path TEXT PRIMARY KEY, picture INTEGER REFERENCES pictures (row), size INTEGER NOT NULL, modified INTEGER NOT NULL,
            problem TEXT, transient INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE INDEX imports_picture ON imports (picture);
        """;
}

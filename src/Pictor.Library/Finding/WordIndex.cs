using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Finding;

/// <summary>
/// Keeps the word tables true. Triggers note which tags, texts and files changed; before each commit the notes are read and the words written, so that a change and its words are one
/// transaction. English words are stemmed by SQLite (Porter 1980).
/// </summary>
internal static class WordIndex
{
    private const int File = 2; // 0: tags, 1: texts

    // Of a path the nearest folders: "home" and the user's name are in every one.
    private const int Folders = 4;

    private static readonly string[] s_read =
    [
        "SELECT key, '' FROM tag_values WHERE id = @id",
        "SELECT value, '' FROM annotations WHERE id = @id AND kind NOT IN ('tag', 'box')",
        "SELECT name, path FROM files WHERE picture = @id AND missing = 0",
    ];

    private static readonly string[] s_delete = ["DELETE FROM tag_words WHERE rowid = @id", "DELETE FROM text_words WHERE rowid = @id", "DELETE FROM file_words WHERE rowid = @id"];

    private static readonly string[] s_insert =
    [
        "INSERT INTO tag_words (rowid, words) VALUES (@id, @a)", "INSERT INTO text_words (rowid, words) VALUES (@id, @a)", "INSERT INTO file_words (rowid, name, folder) VALUES (@id, @a, @b)",
    ];

    /// <summary>Reads everything, after the tables were made.</summary>
    internal static void Fill(SqliteConnection connection)
    {
        Rekey(connection, "annotations", "value", "value_key");
        Rekey(connection, "files", "name", "name_key");
        Run(connection, "INSERT INTO tag_values (key) SELECT DISTINCT value_key FROM annotations WHERE kind IN ('tag', 'box') AND value_key NOT IN (SELECT key FROM tag_values)");
        Run(connection, "INSERT OR IGNORE INTO unread_words SELECT 1, id FROM annotations WHERE kind NOT IN ('tag', 'box')");
        Run(connection, "INSERT OR IGNORE INTO unread_words SELECT 2, picture FROM files WHERE picture IS NOT NULL");
        using var statements = new PreparedStatements(connection);
        Update(statements);
    }

    /// <summary>Forgets all words and reads everything again.</summary>
    internal static void Rebuild(SqliteConnection connection)
    {
        foreach (string table in (string[])["tag_words", "text_words", "file_words"])
            Run(connection, $"INSERT INTO {table} ({table}) VALUES ('delete-all')");
        Run(connection, "INSERT OR IGNORE INTO unread_words SELECT 0, id FROM tag_values");
        Fill(connection);
    }

    /// <summary>Brings the words up to date with what this transaction has changed.</summary>
    internal static void Update(PreparedStatements statements)
    {
        List<(int Kind, long Id)> notes = statements.Rows("SELECT kind, id FROM unread_words", row => ((int)row.Long(0), row.Long(1)));
        if (notes.Count == 0)
            return;
        var folders = new Dictionary<string, string>(StringComparer.Ordinal); // one for many files
        foreach ((int kind, long id) in notes)
            Write(statements, kind, id, folders);
        statements.Execute("DELETE FROM unread_words");
    }

    /// <summary>Words are folded further than before (traditional characters): keys that were made before are made again.</summary>
    private static void Rekey(SqliteConnection connection, string table, string value, string key)
    {
        var changed = new List<(string Value, string Key)>();
        using (SqliteCommand select = connection.CreateCommand())
        {
            select.CommandText = $"SELECT DISTINCT {value}, {key} FROM {table}";
            using SqliteDataReader reader = select.ExecuteReader();
            while (reader.Read())
            {
                if (TextKey.Of(reader.GetString(0)) is var now && now != reader.GetString(1))
                    changed.Add((reader.GetString(0), now));
            }
        }

        foreach ((string text, string now) in changed)
        {
            using SqliteCommand update = connection.CreateCommand();
            update.CommandText = $"UPDATE {table} SET {key} = @now WHERE {value} = @text";
            update.Parameters.AddWithValue("@now", now);
            update.Parameters.AddWithValue("@text", text);
            update.ExecuteNonQuery();
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Write(PreparedStatements statements, int kind, long id, Dictionary<string, string> known)
    {
        statements.Execute(s_delete[kind], ("@id", id));
        List<(string Text, string Path)> found = statements.Rows(s_read[kind], row => (row.Text(0), row.Text(1)), ("@id", id));
        if (found.Count == 0)
            return;
        if (kind == File)
        {
            string names = string.Join(' ', found.Select(f => WordText.OfName(f.Text))), folders = string.Join(' ', found.Select(f => FoldersOf(f.Path, known)).Distinct(StringComparer.Ordinal));
            statements.Execute(s_insert[kind], ("@id", id), ("@a", names), ("@b", folders));
        }
        else
        {
            statements.Execute(s_insert[kind], ("@id", id), ("@a", WordText.Of(found[0].Text)));
        }
    }

    /// <summary>Uploads lie in folders of Pictor's own, whose names say nothing.</summary>
    private static string FoldersOf(string path, Dictionary<string, string> known)
    {
        if ((Path.IsPathRooted(path) ? Path.GetDirectoryName(path) : null) is not { } folder)
            return "";
        if (!known.TryGetValue(folder, out string? words))
            known.Add(folder, words = string.Join(' ', folder.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).TakeLast(Folders).Select(WordText.OfName)));
        return words;
    }
}

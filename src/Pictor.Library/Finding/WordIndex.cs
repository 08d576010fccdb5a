using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Finding;

/// <summary>
/// Keeps the word tables true. Triggers note which tags, texts and files changed; before each commit the notes are read and the words written, so that a change and its words are one
/// transaction. English words are stemmed by SQLite (Porter 1980).
/// </summary>
internal static class WordIndex
{
    private const int Tag = 0, Text = 1, File = 2;

    // Of a path the nearest folders: "home" and the user's name are in every one.
    private const int Folders = 4;

    /// <summary>Reads everything, after the tables were made.</summary>
    internal static void Fill(SqliteConnection connection)
    {
        Rekey(connection, "annotations", "value", "value_key");
        Rekey(connection, "files", "name", "name_key");
        Run(connection, "INSERT INTO tag_values (key) SELECT DISTINCT value_key FROM annotations WHERE kind IN ('tag', 'box') AND value_key NOT IN (SELECT key FROM tag_values)");
        Run(connection, "INSERT OR IGNORE INTO unread_words SELECT 1, id FROM annotations WHERE kind NOT IN ('tag', 'box')");
        Run(connection, "INSERT OR IGNORE INTO unread_words SELECT 2, id FROM files");
        Update(connection);
    }

    /// <summary>Brings the words up to date with what this transaction has changed.</summary>
    internal static void Update(SqliteConnection connection)
    {
        List<(int Kind, long Id)> notes = Notes(connection);
        if (notes.Count == 0)
            return;
        using var writer = new Writer(connection);
        foreach ((int kind, long id) in notes)
            writer.Write(kind, id);
        Run(connection, "DELETE FROM unread_words");
    }

    private static List<(int, long)> Notes(SqliteConnection connection)
    {
        var notes = new List<(int, long)>();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT kind, id FROM unread_words";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            notes.Add((reader.GetInt32(0), reader.GetInt64(1)));
        return notes;
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

    private sealed class Writer : IDisposable
    {
        private static readonly string[] s_read =
        [
            "SELECT key, '' FROM tag_values WHERE id = @id",
            "SELECT value, '' FROM annotations WHERE id = @id AND kind NOT IN ('tag', 'box')",
            "SELECT name, path FROM files WHERE id = @id",
        ];

        private static readonly string[] s_delete = ["DELETE FROM tag_words WHERE rowid = @id", "DELETE FROM text_words WHERE rowid = @id", "DELETE FROM file_words WHERE rowid = @id"];

        private static readonly string[] s_insert =
        [
            "INSERT INTO tag_words (rowid, words) VALUES (@id, @a)", "INSERT INTO text_words (rowid, words) VALUES (@id, @a)", "INSERT INTO file_words (rowid, name, folder) VALUES (@id, @a, @b)",
        ];

        private readonly SqliteCommand[] _read, _delete, _insert;

        internal Writer(SqliteConnection connection)
        {
            _read = [.. s_read.Select(sql => Command(connection, sql, "@id"))];
            _delete = [.. s_delete.Select(sql => Command(connection, sql, "@id"))];
            _insert = [.. s_insert.Select((sql, kind) => kind == File ? Command(connection, sql, "@id", "@a", "@b") : Command(connection, sql, "@id", "@a"))];
        }

        internal void Write(int kind, long id)
        {
            _delete[kind].Parameters[0].Value = id;
            _delete[kind].ExecuteNonQuery();
            _read[kind].Parameters[0].Value = id;
            (string Text, string Path)? found = null;
            using (SqliteDataReader reader = _read[kind].ExecuteReader())
            {
                if (reader.Read())
                    found = (reader.GetString(0), reader.GetString(1));
            }

            if (found is not { } row)
                return;
            SqliteParameterCollection values = _insert[kind].Parameters;
            values[0].Value = id;
            values[1].Value = kind == File ? WordText.OfName(row.Text) : WordText.Of(row.Text);
            if (kind == File)
                values[2].Value = FoldersOf(row.Path);
            _insert[kind].ExecuteNonQuery();
        }

        public void Dispose()
        {
            foreach (SqliteCommand command in _read.Concat(_delete).Concat(_insert))
                command.Dispose();
        }

        /// <summary>Uploads lie in folders of Pictor's own, whose names say nothing.</summary>
        private static string FoldersOf(string path)
        {
            string? folder = Path.IsPathRooted(path) ? Path.GetDirectoryName(path) : null;
            return folder is null ? "" : string.Join(' ', folder.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).TakeLast(Folders).Select(WordText.OfName));
        }

        private static SqliteCommand Command(SqliteConnection connection, string sql, params string[] names)
        {
            SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (string name in names)
                command.Parameters.Add(new SqliteParameter(name, DBNull.Value));
            return command;
        }
    }
}

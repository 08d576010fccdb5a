using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Tests;

/// <summary>Takes schema steps back, to see them taken again.</summary>
internal static class OlderCatalogue
{
    public static void WithoutWords(SqliteConnection connection)
    {
        foreach (string trigger in connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'words!_%' ESCAPE '!'").AsList())
            connection.Execute($"DROP TRIGGER {trigger}");
        connection.Execute(
            """
            DROP TABLE text_words; DROP TABLE file_words; DROP TABLE tag_words; DROP TABLE tag_values; DROP TABLE unread_words;
            DROP TABLE fingerprints; DROP TABLE duplicates; DROP INDEX pictures_size; DELETE FROM meta WHERE key = 'duplicates';
            PRAGMA user_version = 2
            """);
    }
}

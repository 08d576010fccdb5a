using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Tests.Keeping;

/// <summary>Turns the catalogue of a library into one as an earlier Pictor would have made it: that version's own steps, filled with what its tables can hold.</summary>
internal static class OldCatalogue
{
    public static void Make(string library, int version)
    {
        string path = Path.Combine(library, CatalogueFile.FileName), newer = path + ".newer";
        File.Move(path, newer);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        foreach (SchemaStep step in Schema.Steps.Where(s => s.Version <= version))
            connection.Execute(step.Sql);
        connection.Execute($"PRAGMA application_id = {Schema.ApplicationId}; PRAGMA user_version = {version}; PRAGMA foreign_keys = OFF");
        connection.Execute("ATTACH @newer AS newer", new { newer });
        foreach (string table in connection.Query<string>("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").AsList())
        {
            // A table that has another name today is empty.
            if (!connection.ExecuteScalar<bool>("SELECT count(*) FROM newer.sqlite_master WHERE name = @table", new { table }))
                continue;
            string columns = string.Join(", ", connection.Query<string>("SELECT name FROM pragma_table_info(@table, 'main')", new { table }));
            string only = table == "meta" ? " WHERE key IN (SELECT key FROM main.meta)" : "";
            connection.Execute($"DELETE FROM main.{table} WHERE '{table}' <> 'meta'; INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}{only}");
        }

        connection.Execute("DETACH newer");
        File.Delete(newer);
    }
}

using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Correcting;

/// <summary>The pictures that a change is for, as a table of this connection: a change of a hundred thousand pictures is a few statements.</summary>
internal static class Chosen
{
    /// <exception cref="InputException">Ids that no picture has (<c>picture.unknown</c>); several are named at once.</exception>
    internal static void Fill(SqliteConnection connection, IReadOnlyCollection<string> ids, bool hiddenToo)
    {
        connection.Execute("CREATE TEMP TABLE IF NOT EXISTS chosen (picture INTEGER PRIMARY KEY); DELETE FROM chosen");
        string json = JsonSerializer.Serialize(ids);
        string[] unknown = [.. connection.Query<string>("SELECT DISTINCT value FROM json_each(@json) WHERE value NOT IN (SELECT id FROM pictures) LIMIT 6", new { json })];
        if (unknown.Length > 0)
        {
            throw new InputException("ids", $"no picture of this library has the id {string.Join(", ", unknown.Take(5).Select(id => $"'{id}'"))}{(unknown.Length > 5 ? " and others" : "")}", "Ids are 16 hex digits; leave out those that are gone. Nothing was changed.")
            {
                Code = "picture.unknown",
            };
        }

        connection.Execute("INSERT OR IGNORE INTO chosen SELECT row FROM pictures WHERE id IN (SELECT value FROM json_each(@json)) AND hidden <= @hiddenToo", new { json, hiddenToo });
    }
}

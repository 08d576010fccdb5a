using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Finding.Asking;

namespace Pictor.Library.Finding;

/// <summary>Rows of pictures that fit a condition, or in an order.</summary>
internal static class PictureRows
{
    /// <summary>Below this many rows each is looked up; above, the whole table is read.</summary>
    private const int Few = 2000;

    /// <summary>All that can be found and fit.</summary>
    internal static IEnumerable<long> Of(SqliteConnection connection, Condition condition) =>
        connection.Query<long>($"SELECT p.row FROM pictures p WHERE {Where(condition)}", condition.Parameters, buffered: false);

    /// <summary>Of some rows those that fit.</summary>
    internal static HashSet<long> Among(SqliteConnection connection, Condition condition, ICollection<long> rows)
    {
        if (rows.Count > Few)
            return [.. Of(connection, condition)];
        var parameters = new DynamicParameters(condition.Parameters);
        parameters.Add("among", JsonSerializer.Serialize(rows));
        return [.. connection.Query<long>($"SELECT p.row FROM json_each(@among) j JOIN pictures p ON p.row = j.value WHERE {Where(condition)}", parameters)];
    }

    /// <summary>A page of all that fit, in an order, and how many there are.</summary>
    internal static (List<long> Rows, int Total) Page(SqliteConnection connection, Condition condition, HashSet<long> unwanted, SearchSort sort, int offset, int limit)
    {
        var parameters = new DynamicParameters(condition.Parameters);
        string where = Where(condition);
        if (unwanted.Count > 0)
        {
            parameters.Add("unwanted", JsonSerializer.Serialize(unwanted));
            where += " AND p.row NOT IN (SELECT value FROM json_each(@unwanted))";
        }

        int total = connection.ExecuteScalar<int>($"SELECT count(*) FROM pictures p WHERE {where}", parameters);
        parameters.Add("limit", limit);
        parameters.Add("offset", offset);
        return (connection.Query<long>($"SELECT p.row FROM pictures p WHERE {where} ORDER BY {Order(sort)} LIMIT @limit OFFSET @offset", parameters).AsList(), total);
    }

    /// <summary>Some rows in an order other than relevance.</summary>
    internal static List<long> Sorted(SqliteConnection connection, ICollection<long> rows, SearchSort sort) =>
        connection.Query<long>($"SELECT p.row FROM json_each(@rows) j JOIN pictures p ON p.row = j.value ORDER BY {Order(sort)}", new { rows = JsonSerializer.Serialize(rows) }).AsList();

    private static string Where(Condition condition) => $"p.hidden = 0{(condition.AsksForMissing ? "" : " AND p.missing = 0")} AND {condition.Sql}";

    /// <summary>The order as SQL over the pictures <c>p</c>.</summary>
    internal static string Order(SearchSort sort) => sort switch
    {
        SearchSort.Oldest => "p.sort_at, p.row",
        SearchSort.Rating => "p.rating DESC, p.favourite DESC, p.sort_at DESC, p.row DESC",
        SearchSort.Size => "p.bytes DESC, p.row DESC",
        SearchSort.Name => "(SELECT min(f.name_key) FROM files f WHERE f.picture = p.row), p.row",
        _ => "p.sort_at DESC, p.row DESC",
    };
}

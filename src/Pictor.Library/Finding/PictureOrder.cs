using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Pictures;

namespace Pictor.Library.Finding;

/// <summary>Pictures in an order other than relevance.</summary>
internal static class PictureOrder
{
    /// <summary>The first <paramref name="count"/> of some rows, in order.</summary>
    internal static int[] First(Lookup lookup, IEnumerable<int> rows, SearchSort sort, int count)
    {
        if (sort == SearchSort.Name)
            return ByName(lookup.Connection, rows, count);
        int[] all = [.. rows];
        Leading.Sort(all, count, By(lookup.Columns, sort));
        return all.Length > count ? all[..count] : all;
    }

    /// <summary>Which of two rows comes first.</summary>
    private static Comparison<int> By(PictureColumns columns, SearchSort sort)
    {
        return sort switch
        {
            SearchSort.Oldest => (a, b) => columns.SortAt[a].CompareTo(columns.SortAt[b]) is var order and not 0 ? order : a.CompareTo(b),
            SearchSort.Rating => (a, b) =>
                columns.Rating(b).CompareTo(columns.Rating(a)) is var stars and not 0 ? stars : columns.IsFavourite(b).CompareTo(columns.IsFavourite(a)) is var favourite and not 0 ? favourite : Newest(a, b),
            SearchSort.Size => (a, b) => columns.Bytes[b].CompareTo(columns.Bytes[a]) is var order and not 0 ? order : b.CompareTo(a),
            _ => Newest,
        };

        int Newest(int a, int b) => columns.SortAt[b].CompareTo(columns.SortAt[a]) is var order and not 0 ? order : b.CompareTo(a);
    }

    private static int[] ByName(SqliteConnection connection, IEnumerable<int> rows, int count) =>
    [
        .. connection.Query<int>(
            "SELECT j.value FROM json_each(@rows) j LEFT JOIN files f ON f.picture = j.value GROUP BY j.value ORDER BY min(f.name_key), j.value LIMIT @count", new { rows = JsonSerializer.Serialize(rows), count }),
    ];
}

using Dapper;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Tests.Correcting;

/// <summary>Everything in a catalogue that people can change, as lines of text: two equal lists are two equal libraries.</summary>
internal static class Statements
{
    public static string[] Of(Place place)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = place[place.Library, "catalogue.db"], Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        // hex(ieee) in place of digits: a box must come back to the last bit. Times of models' lines move with each run.
        return
        [
            .. connection.Query<string>("""
                SELECT 'annotation ' || id || '|' || picture || '|' || kind || '|' || value || '|' || value_key || '|' || ifnull(label_id, '-') || '|' || rejected || '|' || source || '|' || rank || '|'
                    || ifnull(model, '-') || '|' || iif(rank = 1, '', time) || '|' || quote(confidence) || '|' || quote(x) || '|' || quote(y) || '|' || quote(width) || '|' || quote(height) FROM annotations ORDER BY id
                """),
            .. connection.Query<string>("SELECT 'picture ' || row || '|' || hidden || '|' || favourite || '|' || rating FROM pictures ORDER BY row"),
            .. connection.Query<string>("SELECT 'fact ' || picture || '|' || fact || '|' || rejected FROM facts ORDER BY picture, fact"),
            .. connection.Query<string>("SELECT 'alias ' || id || '|' || from_key || '|' || value || '|' || value_key FROM tag_aliases ORDER BY id"),
            .. connection.Query<string>("SELECT 'collection ' || id || '|' || name || '|' || ifnull(query, '-') || '|' || person FROM collections ORDER BY id"),
            .. connection.Query<string>("SELECT 'member ' || id || '|' || collection || '|' || picture FROM collection_pictures ORDER BY id"),
        ];
    }
}

using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Pictor.Library.Pictures;

/// <summary>
/// The columns of all pictures in memory, true to the catalogue at each question. Looking a picture up in SQLite takes a microsecond or two, and a common word or a filter has to look up half
/// of a library: at a hundred thousand pictures that alone would be most of what a search may take.
/// </summary>
internal sealed class PictureTable
{
    private readonly Lock _lock = new();
    private PictureColumns _columns = new(0);
    private long _seen = ChangedPictures.Never;

    /// <summary>As of now; hold it no longer than for one question.</summary>
    internal PictureColumns Of(SqliteConnection connection)
    {
        lock (_lock)
        {
            ChangedPictures changed = ChangedPictures.Since(connection, _seen);
            if (changed.Pictures is null)
                _columns = ReadAll(connection);
            else if (changed.Pictures.Count > 0)
                ReadSome(connection, changed.Pictures);
            _seen = changed.Latest;
            return _columns;
        }
    }

    private static PictureColumns ReadAll(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT max(row) FROM pictures";
        var columns = new PictureColumns(Room(command.ExecuteScalar() as long? ?? 0));
        command.CommandText = $"SELECT {PictureColumns.Names} FROM pictures NOT INDEXED";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            // A picture may have come in between.
            if (reader.GetInt64(0) >= columns.Length)
                columns = columns.Grown(Room(reader.GetInt64(0)));
            columns.Set(reader);
        }

        return columns;
    }

    private void ReadSome(SqliteConnection connection, IReadOnlyList<long> rows)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {PictureColumns.Names} FROM pictures WHERE row IN (SELECT value FROM json_each(@rows))";
        command.Parameters.AddWithValue("@rows", JsonSerializer.Serialize(rows));
        var gone = rows.ToHashSet();
        if (rows.Max() is var greatest && greatest >= _columns.Length)
            _columns = _columns.Grown(Room(greatest));
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            _columns.Set(reader);
            gone.Remove(reader.GetInt64(0));
        }

        foreach (long row in gone)
            _columns.Remove(row);
    }

    private static int Room(long greatest) => checked((int)(greatest + 1 + Math.Max(1024, greatest / 8)));
}

using System.Text.Json;
using Pictor.Library.Catalogue;

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
    internal PictureColumns Of(PreparedStatements statements)
    {
        lock (_lock)
        {
            ChangedPictures changed = ChangedPictures.Since(statements, _seen);
            if (changed.Pictures is null)
                _columns = ReadAll(statements);
            else if (changed.Pictures.Count > 0)
                ReadSome(statements, changed.Pictures);
            _seen = changed.Latest;
            return _columns;
        }
    }

    private static PictureColumns ReadAll(PreparedStatements statements)
    {
        var columns = new PictureColumns(Room(statements.Scalar("SELECT max(row) FROM pictures") as long? ?? 0));
        statements.Each($"SELECT {PictureColumns.Names} FROM pictures NOT INDEXED", row =>
        {
            // A picture may have come in between.
            if (row.Long(0) >= columns.Length)
                columns = columns.Grown(Room(row.Long(0)));
            columns.Set(row);
        });
        return columns;
    }

    private void ReadSome(PreparedStatements statements, IReadOnlyList<long> rows)
    {
        if (rows.Max() is var greatest && greatest >= _columns.Length)
            _columns = _columns.Grown(Room(greatest));
        var gone = rows.ToHashSet();
        statements.Each(
            $"SELECT {PictureColumns.Names} FROM pictures WHERE row IN (SELECT value FROM json_each(@rows))",
            row =>
            {
                _columns.Set(row);
                gone.Remove(row.Long(0));
            },
            ("@rows", JsonSerializer.Serialize(rows)));
        foreach (long row in gone)
            _columns.Remove(row);
    }

    private static int Room(long greatest) => checked((int)(greatest + 1 + Math.Max(1024, greatest / 8)));
}

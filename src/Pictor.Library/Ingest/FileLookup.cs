using Microsoft.Data.Sqlite;

namespace Pictor.Library.Ingest;

/// <summary>Asks the catalogue for one path after the other with one prepared statement; this is all that a known file costs besides its stat.</summary>
internal sealed class FileLookup : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter _path;

    /// <param name="connection">Of the one who asks.</param>
    /// <param name="imports">Ask for files that were copied in, not for files where they are.</param>
    internal FileLookup(SqliteConnection connection, bool imports = false)
    {
        _command = connection.CreateCommand();
        _command.CommandText = imports
            ? "SELECT 0, picture, size, modified, 0, problem, transient FROM imports WHERE path = @path"
            : "SELECT id, picture, size, modified, missing, problem, transient FROM files WHERE path = @path";
        _path = _command.Parameters.Add("@path", SqliteType.Text);
        _command.Prepare();
    }

    internal KnownFile? Find(string path)
    {
        _path.Value = path;
        using SqliteDataReader reader = _command.ExecuteReader();
        if (!reader.Read())
            return null;
        return new KnownFile
        {
            Id = reader.GetInt64(0),
            Picture = reader.IsDBNull(1) ? null : reader.GetInt64(1),
            Size = reader.GetInt64(2),
            Modified = reader.GetInt64(3),
            Missing = reader.GetInt64(4) != 0,
            Problem = reader.IsDBNull(5) ? null : reader.GetString(5),
            Transient = reader.GetInt64(6) != 0,
        };
    }

    public void Dispose() => _command.Dispose();
}

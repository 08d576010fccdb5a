using Microsoft.Data.Sqlite;
using Pictor.Library.Ingest;

namespace Pictor.Library.Importing;

/// <summary>Asks the catalogue which sidecars it has read as they are; nothing is asked for pictures without any.</summary>
internal sealed class SidecarLookup : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter _path, _picture;

    internal SidecarLookup(SqliteConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText = "SELECT size, modified, problem FROM sidecars WHERE path = @path AND picture = @picture";
        _path = _command.Parameters.Add("@path", SqliteType.Text);
        _picture = _command.Parameters.Add("@picture", SqliteType.Integer);
        _command.Prepare();
    }

    /// <summary>Those that are new or differ from what was read.</summary>
    internal IReadOnlyList<FoundFile> Changed(long? picture, IReadOnlyList<FoundFile> sidecars) =>
        picture is not { } row || sidecars.Count == 0 ? [] : [.. sidecars.Where(s => Find(row, s.Path) is not { } known || known.Size != s.Size || known.Modified != s.Modified)];

    /// <summary>What is wrong with those that have not changed.</summary>
    internal IReadOnlyList<SkippedFile> Problems(long? picture, IEnumerable<FoundFile> sidecars) =>
        picture is not { } row ? [] : [.. sidecars.Where(s => Find(row, s.Path)?.Problem is not null).Select(s => new SkippedFile(s.Path, Find(row, s.Path)!.Value.Problem!))];

    public void Dispose() => _command.Dispose();

    private (long Size, long Modified, string? Problem)? Find(long picture, string path)
    {
        (_path.Value, _picture.Value) = (path, picture);
        using SqliteDataReader reader = _command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetString(2)) : null;
    }
}

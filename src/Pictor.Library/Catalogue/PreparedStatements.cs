using Microsoft.Data.Sqlite;

namespace Pictor.Library.Catalogue;

/// <summary>
/// Statements that one transaction runs for each of many rows: compiled once, bound again and again. Compiling costs several times what running one of them does,
/// and ingest runs a dozen for each picture.
/// </summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    internal void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null.</summary>
    internal object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>The first row, or null.</summary>
    internal T? Row<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values) where T : struct
    {
        using SqliteDataReader reader = Bind(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
            command.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach ((string name, object? value) in values)
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            command.Prepare();
            _commands.Add(sql, command);
            return command;
        }

        for (int i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }
}

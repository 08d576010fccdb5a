using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pictor.Library.Catalogue;

/// <summary>
/// Statements that are run for each of many rows: compiled once, bound again and again. Compiling costs several times what running one of them does, and so does the binding by name
/// of an ADO.NET command; ingest runs two dozen for each picture. The statements belong to one connection, are used by one thread at a time, and end before it.
/// </summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    // Another program holds the file for a moment: thirty seconds in all, as for the catalogue's other statements.
    private const int BusyMilliseconds = 50, Patience = 600;

    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    /// <param name="sql">One statement; the same text is compiled once.</param>
    /// <param name="values">All parameters, in an order that is always the same for this text. Numbers, texts, bytes, truth values and null.</param>
    internal void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Each(sql, _ => { }, values);

    /// <summary>The first column of the first row (a number, a text or bytes), or null.</summary>
    internal object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        Statement statement = Bind(sql, values);
        try
        {
            return statement.Step() ? new StatementRow(statement.Handle).Value(0) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The first row, or null.</summary>
    internal T? Row<T>(string sql, Func<StatementRow, T> read, params ReadOnlySpan<(string Name, object? Value)> values) where T : struct
    {
        Statement statement = Bind(sql, values);
        try
        {
            return statement.Step() ? read(new StatementRow(statement.Handle)) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>All rows.</summary>
    internal List<T> Rows<T>(string sql, Func<StatementRow, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var rows = new List<T>();
        Each(sql, row => rows.Add(read(row)), values);
        return rows;
    }

    /// <summary>Hands each row over; it holds until the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Each(string sql, Action<StatementRow> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        Statement statement = Bind(sql, values);
        try
        {
            while (statement.Step())
                read(new StatementRow(statement.Handle));
        }
        finally
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
            statement.Handle.Dispose();
        _statements.Clear();
    }

    private Statement Bind(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_statements.TryGetValue(sql, out Statement? statement))
            _statements.Add(sql, statement = Statement.Compile(connection, sql, values));
        for (int i = 0; i < values.Length; i++)
            statement.Bind(i, values[i].Value);
        return statement;
    }

    private sealed class Statement(sqlite3 database, sqlite3_stmt handle, int[] places)
    {
        internal sqlite3_stmt Handle => handle;

        internal static Statement Compile(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> values)
        {
            sqlite3 database = connection.Handle!;
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out sqlite3_stmt handle), database);
            int[] places = new int[values.Length];
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = raw.sqlite3_bind_parameter_index(handle, values[i].Name);
                if (places[i] == 0)
                    throw new InvalidOperationException($"The statement has no parameter {values[i].Name}: {sql}");
            }

            return raw.sqlite3_bind_parameter_count(handle) == places.Length
                ? new Statement(database, handle, places)
                : throw new InvalidOperationException($"Not all parameters are given: {sql}");
        }

        internal void Bind(int place, object? value)
        {
            int at = places[place];
            int answer = value switch
            {
                null => raw.sqlite3_bind_null(handle, at),
                long number => raw.sqlite3_bind_int64(handle, at, number),
                int number => raw.sqlite3_bind_int(handle, at, number),
                bool truth => raw.sqlite3_bind_int(handle, at, truth ? 1 : 0),
                double number => raw.sqlite3_bind_double(handle, at, number),
                string text => raw.sqlite3_bind_text(handle, at, text),
                byte[] bytes => bytes.Length == 0 ? raw.sqlite3_bind_zeroblob(handle, at, 0) : raw.sqlite3_bind_blob(handle, at, bytes),
                _ => throw new ArgumentException($"A {value.GetType()} cannot be bound.", nameof(value)),
            };
            SqliteException.ThrowExceptionForRC(answer, database);
        }

        internal bool Step()
        {
            int answer = raw.sqlite3_step(handle);
            for (int tries = 0; (answer & 0xFF) == raw.SQLITE_BUSY && tries < Patience; tries++)
            {
                Thread.Sleep(BusyMilliseconds);
                answer = raw.sqlite3_step(handle);
            }

            if (answer is raw.SQLITE_ROW or raw.SQLITE_DONE)
                return answer == raw.SQLITE_ROW;
            SqliteException.ThrowExceptionForRC(answer, database);
            return false;
        }

        /// <summary>Its answer is that of the last step, which was told already.</summary>
        internal void Reset() => raw.sqlite3_reset(handle);
    }
}

/// <summary>The row that a statement stands on.</summary>
internal readonly struct StatementRow(sqlite3_stmt statement)
{
    internal long Long(int column) => raw.sqlite3_column_int64(statement, column);

    internal double Double(int column) => raw.sqlite3_column_double(statement, column);

    internal string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    internal bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>Until the next row.</summary>
    internal ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    internal object? Value(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => Long(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_TEXT => Text(column),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
        _ => null,
    };
}

using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Tests.Catalogue;

public sealed class PreparedStatementsTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly PreparedStatements _statements;

    public PreparedStatementsTests()
    {
        _connection.Open();
        _statements = new PreparedStatements(_connection);
        _statements.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, value ANY UNIQUE)");
    }

    public static TheoryData<object?, object?> Values => new()
    {
        { null, null }, { 7, 7L }, { long.MinValue, long.MinValue }, { true, 1L }, { false, 0L }, { 0.1, 0.1 }, { "", "" }, { "猫 café 🐈", "猫 café 🐈" },
        { new byte[] { 0, 255 }, new byte[] { 0, 255 } }, { Array.Empty<byte>(), Array.Empty<byte>() },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Bind_AnyKind_ComesBackAsItWas(object? value, object? expected)
    {
        Put(1, "x"); // what was bound before is forgotten
        Put(2, value);

        Assert.Equal(expected, _statements.Scalar("SELECT value FROM t WHERE id = @id", ("@id", 2)));
        Assert.Equal("x", _statements.Scalar("SELECT value FROM t WHERE id = @id", ("@id", 1)));
    }

    [Fact]
    public void Execute_Refused_TellsAndCanGoOn()
    {
        Put(1, "a");

        SqliteException refused = Assert.Throws<SqliteException>(() => Put(2, "a"));
        Put(2, "b");

        Assert.Equal(19, refused.SqliteErrorCode);
        Assert.Equal([1, 2], _statements.Rows("SELECT id FROM t ORDER BY id", row => row.Long(0)));
        Assert.Null(_statements.Row("SELECT id FROM t WHERE id > @id", row => row.Long(0), ("@id", 2)));
    }

    [Fact]
    public void Execute_WrongParameters_IsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => _statements.Scalar("SELECT @a", ("@b", 1)));
        Assert.Throws<InvalidOperationException>(() => _statements.Scalar("SELECT @a, @b", ("@a", 1)));
        Assert.Throws<ArgumentException>(() => _statements.Scalar("SELECT @a", ("@a", DateTime.UnixEpoch)));
        Assert.Throws<SqliteException>(() => _statements.Execute("SELEC"));
    }

    /// <summary>Columns may come and go between two uses of a compiled statement.</summary>
    [Fact]
    public void Execute_AfterTheTableChanged_IsCompiledAgain()
    {
        Put(1, "a");
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "ALTER TABLE t ADD COLUMN more TEXT; VACUUM";
        command.ExecuteNonQuery();

        Put(2, "b");

        Assert.Equal(2L, _statements.Scalar("SELECT count(*) FROM t"));
    }

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    private void Put(long id, object? value) => _statements.Execute("INSERT INTO t (id, value) VALUES (@id, @value)", ("@id", id), ("@value", value));
}

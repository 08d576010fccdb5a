using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Ingest;

/// <summary>Asks from many threads whether a content is complete: in the catalogue, and read by the model. Each asker keeps its connection and compiled statement for the next.</summary>
internal sealed class KnownContent(CatalogueFile catalogue) : IDisposable
{
    private const string Sql =
        """
        SELECT EXISTS (SELECT 1 FROM pictures p WHERE p.id = @id AND p.sha256 = @sha256
            AND (p.hidden = 1 OR (@again = 0 AND (@model IS NULL OR EXISTS (SELECT 1 FROM readings r WHERE r.model = @model AND r.picture = p.row)))))
        """;

    private readonly ConcurrentBag<(SqliteConnection Connection, PreparedStatements Statements)> _askers = [];

    internal bool IsComplete(string id, string sha256, long? model, bool again)
    {
        if (!_askers.TryTake(out (SqliteConnection Connection, PreparedStatements Statements) asker))
        {
            SqliteConnection connection = catalogue.Read();
            asker = (connection, new PreparedStatements(connection));
        }

        bool complete = asker.Statements.Scalar(Sql, ("@id", id), ("@sha256", sha256), ("@model", model), ("@again", again)) is 1L;
        _askers.Add(asker);
        return complete;
    }

    public void Dispose()
    {
        while (_askers.TryTake(out (SqliteConnection Connection, PreparedStatements Statements) asker))
        {
            asker.Statements.Dispose();
            asker.Connection.Dispose();
        }
    }
}

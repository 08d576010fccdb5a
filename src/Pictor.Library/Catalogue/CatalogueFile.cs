using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Finding;
using Pictor.Library.Pictures;

namespace Pictor.Library.Catalogue;

/// <summary>
/// <c>catalogue.db</c>: many readers on pooled connections, one writer behind a gate. The journal is a write-ahead log with <c>synchronous = FULL</c>:
/// NORMAL would survive kill -9, but not the loss of power, and an upload that was acknowledged must survive both.
/// </summary>
internal sealed class CatalogueFile : IAsyncDisposable
{
    internal const string FileName = "catalogue.db";

    // 64 MB for each of the few readers: with SQLite's 2 MB a common word in a large library is mostly reading the same pages again.
    private const string ReaderCache = "PRAGMA cache_size = -65536";

    // The writer looks up ids that lie anywhere in the tables: with SQLite's 2 MB each costs reading pages as soon as the library is large. A log of 16 MB, written back once for
    // some thousand pictures, in place of 4 MB.
    private const string WriterCache = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4096";

    private readonly string _path;
    private readonly string _readers;
    private readonly SqliteConnection? _writer;
    private readonly PreparedStatements? _statements;
    private readonly SemaphoreSlim _gate = new(1);
    private long _changes;

    private CatalogueFile(string path, string readers, SqliteConnection? writer)
    {
        _path = path;
        _readers = readers;
        _writer = writer;
        _statements = writer is null ? null : new PreparedStatements(writer);
    }

    internal bool ReadOnly => _writer is null;

    /// <summary>How many changes this process has made: what was derived at the same number still holds.</summary>
    internal long Changes => Interlocked.Read(ref _changes);

    /// <summary>Compiled statements of the writer's connection, kept from one change to the next. For use inside a change only.</summary>
    internal PreparedStatements Statements => _statements ?? throw new InvalidOperationException("The catalogue was opened for reading.");

    /// <summary>The tables were made just now.</summary>
    internal bool IsNew { get; private init; }

    /// <summary>Opens for writing, making or migrating the tables where need be. The caller holds the library's lock.</summary>
    internal static CatalogueFile OpenForWriting(string folder, IReadOnlyList<SchemaStep>? steps = null, TimeSpan? patience = null)
    {
        string path = Path.Combine(folder, FileName);
        bool isNew = false;
        return Guarded(path, () =>
        {
            var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = (int)(patience ?? TimeSpan.FromSeconds(30)).TotalSeconds }.ToString());
            try
            {
                writer.Open();
                isNew = Schema.Check(writer, path, (steps ?? Schema.Steps)[^1].Version) == 0; // before anything is written to a file of somebody else
                writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
                writer.Execute(WriterCache);
                Schema.Migrate(writer, path, steps ?? Schema.Steps);
                CatchUp(writer);
                ChangedPictures.Trim(writer);
            }
            catch
            {
                writer.Dispose();
                throw;
            }

            return new CatalogueFile(path, Readers(path), writer) { IsNew = isNew };
        });
    }

    /// <summary>Opens for questions while another process may write; works on a read-only folder too.</summary>
    internal static CatalogueFile OpenForReading(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new InputException(folder, "there is no library in this folder", "Name its folder with --library, or make one: pictor index FOLDER --library " + folder + ".")
            {
                Code = "library.not-found",
            };
        }

        string readers = Readers(path);
        try
        {
            return Guarded(path, () => CheckedReader(path, readers));
        }
        catch (InputException e) when (e.InnerException is SqliteException { SqliteErrorCode: 14 or 8 } && LogIsEmpty(path))
        {
            // SQLite wants to make the log's index file beside the database, which a read-only folder refuses. With nothing in the log the database alone is
            // whole, and in such a folder nobody can be writing.
            return Guarded(path, () => CheckedReader(path, new SqliteConnectionStringBuilder
            {
                DataSource = new Uri(path).AbsoluteUri + "?immutable=1",
                Mode = SqliteOpenMode.ReadOnly,
            }.ToString()));
        }
    }

    /// <summary>A connection for questions, from a pool. Dispose it soon.</summary>
    internal SqliteConnection Read() => Guarded(_path, () =>
    {
        var connection = new SqliteConnection(_readers);
        connection.Open();
        connection.Execute(ReaderCache); // pooled connections keep it, and their pages
        return connection;
    });

    /// <summary>Asks one question.</summary>
    internal T Read<T>(Func<SqliteConnection, T> question) => Guarded(_path, () =>
    {
        using SqliteConnection connection = Read();
        return question(connection);
    });

    /// <summary>
    /// Asks one question on a connection that nobody used before. SQLite's check of a full-text table needs it: it goes by the structure that an earlier check on the same connection
    /// saw, and finds the table malformed when another connection has written since.
    /// </summary>
    internal T ReadAlone<T>(Func<SqliteConnection, T> question) => Guarded(_path, () =>
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_readers) { Pooling = false }.ToString());
        connection.Open();
        return question(connection);
    });

    /// <summary>Makes one change, whole or not at all. It is on disk when this returns; what has begun is not cancelled.</summary>
    /// <param name="change">Runs inside the transaction.</param>
    /// <param name="afterwards">Runs after the commit and before the next change; for what is derived from the catalogue.</param>
    /// <param name="cancellationToken">Cancels the waiting only.</param>
    internal async Task<T> WriteAsync<T>(Func<SqliteConnection, T> change, Action<SqliteConnection, T>? afterwards = null, CancellationToken cancellationToken = default)
    {
        SqliteConnection writer = Writer();
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Guarded(_path, () =>
            {
                // Dapper's commands take the connection's transaction only when it is told of it; a plain BEGIN needs no telling.
                writer.Execute("BEGIN IMMEDIATE");
                T result;
                try
                {
                    result = change(writer);
                    WordIndex.Update(Statements);
                    writer.Execute("COMMIT");
                }
                catch
                {
                    RollBack(writer);
                    throw;
                }

                Interlocked.Increment(ref _changes);
                afterwards?.Invoke(writer, result);
                return result;
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Reads while no change can happen.</summary>
    internal T ReadQuietly<T>(Func<SqliteConnection, T> question)
    {
        if (ReadOnly)
            return Read(question);
        _gate.Wait();
        try
        {
            return Guarded(_path, () => question(_writer!));
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        using (var pool = new SqliteConnection(_readers))
            SqliteConnection.ClearPool(pool);
        _statements?.Dispose();
        _writer?.Dispose(); // the last connection folds the log into the database
        _gate.Dispose();
    }

    private SqliteConnection Writer() => _writer
        ?? throw new InputException(Path.GetDirectoryName(_path)!, "this library was opened for reading only", "Open it for writing.") { Code = "library.read-only" };

    /// <summary>Another program may have written to the tables.</summary>
    private static void CatchUp(SqliteConnection writer)
    {
        if (writer.ExecuteScalar<long>("SELECT count(*) FROM unread_words") == 0)
            return;
        writer.Execute("BEGIN IMMEDIATE");
        using var statements = new PreparedStatements(writer);
        WordIndex.Update(statements);
        writer.Execute("COMMIT");
    }

    private static void RollBack(SqliteConnection writer)
    {
        try
        {
            writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Some errors (disk full) have rolled back already; the first error is the one to tell.
        }
    }

    private static string Readers(string path) => new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString();

    private static bool LogIsEmpty(string path) => new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 };

    private static CatalogueFile CheckedReader(string path, string readers)
    {
        var file = new CatalogueFile(path, readers, writer: null);
        int version = file.Read(connection => Schema.Check(connection, path, Schema.Current));
        if (version < Schema.Current)
        {
            throw new InputException(path, version == 0 ? "this catalogue is still empty" : $"this catalogue has schema {version}, older than {Schema.Current}", "Open the library once for writing: pictor index FOLDER.")
            {
                Code = "library.older",
            };
        }

        return file;
    }

    private static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw e.SqliteErrorCode switch
            {
                26 => Schema.NotACatalogue(path, e),
                11 => new InputException(path, "this catalogue is damaged", "Restore it from a backup, or move it away and index your folders again.", e) { Code = "library.damaged" },
                5 or 6 => new InputException(path, "another program holds this catalogue and does not let go", "Close what has it open (a database browser, a backup, a sync tool) and try again; nothing was changed.", e) { Code = "library.locked" },
                13 => new InputException(path, "the disk is full", "Make room and try again; what was acknowledged before is safe.", e) { Code = "library.disk-full" },
                8 or 14 => new InputException(path, "this catalogue cannot be opened or written", "Check the folder's rights, or open it for reading.", e) { Code = "library.not-writable" },
                10 => new InputException(path, $"the disk failed: {e.Message}", "Check the disk; what was acknowledged before is safe.", e) { Code = "library.disk-failed" },
                _ => e,
            };
        }
    }
}

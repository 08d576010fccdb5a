using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Correcting;
using Pictor.Library.Pictures;

namespace Pictor.Library.Collecting;

/// <summary>Collections by hand and by saved query. Each act is a line of the history and can be undone.</summary>
internal sealed class Collections(CatalogueFile catalogue, ChangeLog log)
{
    private const int LongestName = 200;

    private sealed class Row
    {
        public long Id { get; set; }

        public string Name { get; set; } = "";

        public string? Query { get; set; }

        public string Person { get; set; } = "";

        public long Time { get; set; }

        public long Pictures { get; set; }

        internal CollectionItem ToItem() => new(Id, Name, Query, Query is null ? (int)Pictures : null, Person, DateTimeOffset.FromUnixTimeMilliseconds(Time));
    }

    private const string Select = """
        SELECT c.id, c.name, c.query, c.person, c.time,
            (SELECT count(*) FROM collection_pictures m JOIN pictures p ON p.row = m.picture WHERE m.collection = c.id AND p.hidden = 0) AS Pictures FROM collections c
        """;

    internal IReadOnlyList<CollectionItem> All() => catalogue.Read<IReadOnlyList<CollectionItem>>(connection => [.. connection.Query<Row>($"{Select} ORDER BY c.name_key").Select(r => r.ToItem())]);

    /// <summary>By id, or by name.</summary>
    /// <exception cref="InputException">There is none (<c>collection.unknown</c>).</exception>
    internal CollectionItem Get(string reference) => catalogue.Read(connection => Find(connection, reference).ToItem());

    internal async Task<(CollectionItem Item, ChangeReceipt Receipt)> CreateAsync(string name, string? query, IReadOnlyList<string> ids, string person, CancellationToken cancellationToken)
    {
        (string text, string key) = Named(name);
        if (query is not null && ids.Count > 0)
            throw new InputException("collection", "has both a query and pictures", "A saved query finds its pictures itself; leave one of the two out.") { Code = "collection.invalid" };
        if (query is not null && string.IsNullOrWhiteSpace(query))
            throw new InputException("query", "the saved query is empty", "Give the words to look for.") { Code = "collection.invalid" };
        (long id, ChangeReceipt receipt) = await log.WriteAsync(
            person, "collection",
            change =>
            {
                Refuse(change.Connection, key, except: 0, text);
                long made = change.Connection.ExecuteScalar<long>(
                    "INSERT INTO collections (name, name_key, query, person, time) VALUES (@text, @key, @query, @person, @Now) RETURNING id", new { text, key, query = query?.Trim(), person, change.Now });
                Put(change.Connection, made, ids);
                change.Detail = new { create = text, query };
                return made;
            },
            cancellationToken).ConfigureAwait(false);
        return (catalogue.Read(connection => Find(connection, id).ToItem()), receipt);
    }

    internal async Task<ChangeReceipt> ChangeAsync(string reference, string? name, string? query, IReadOnlyList<string> add, IReadOnlyList<string> remove, string person, CancellationToken cancellationToken)
    {
        (string Text, string Key)? named = name is null ? null : Named(name);
        (_, ChangeReceipt receipt) = await log.WriteAsync(
            person, "collection",
            change =>
            {
                SqliteConnection connection = change.Connection;
                Row row = Find(connection, reference);
                if (row.Query is not null && add.Count + remove.Count > 0)
                    throw new InputException(row.Name, "is a saved query, which finds its pictures itself", "Change its query, or make a collection by hand.") { Code = "collection.invalid" };
                if (row.Query is null && query is not null)
                    throw new InputException(row.Name, "was made by hand", "Make another collection with this query.") { Code = "collection.invalid" };
                if (named is { } to && to.Text != row.Name)
                {
                    Refuse(connection, to.Key, row.Id, to.Text);
                    connection.Execute("UPDATE collections SET name = @Text, name_key = @Key WHERE id = @Id", new { to.Text, to.Key, row.Id });
                }

                if (query is not null && query.Trim() != row.Query)
                    connection.Execute("UPDATE collections SET query = @query WHERE id = @Id", new { query = query.Trim(), row.Id });
                if (remove.Count > 0)
                {
                    Chosen.Fill(connection, remove, hiddenToo: true);
                    connection.Execute("DELETE FROM collection_pictures WHERE collection = @Id AND picture IN (SELECT picture FROM chosen)", new { row.Id });
                }

                Put(connection, row.Id, add);
                change.Detail = new { collection = row.Name, name, query, add = add.Count, remove = remove.Count };
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    /// <summary>The pictures stay; the collection can be brought back by undoing this.</summary>
    internal async Task<ChangeReceipt> DeleteAsync(string reference, string person, CancellationToken cancellationToken)
    {
        (_, ChangeReceipt receipt) = await log.WriteAsync(
            person, "collection",
            change =>
            {
                Row row = Find(change.Connection, reference);
                change.Connection.Execute("DELETE FROM collection_pictures WHERE collection = @Id; DELETE FROM collections WHERE id = @Id", new { row.Id });
                change.Detail = new { delete = row.Name, row.Query };
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    /// <summary>A page of the ids of one made by hand, in the order in which they were put in.</summary>
    internal (IReadOnlyList<string> Ids, string? Next, int Total) Members(long id, int limit, string? cursor)
    {
        limit = Cursor.Limit(limit);
        long after = Cursor.Read(cursor, 1)?[0] ?? 0;
        return catalogue.Read(connection =>
        {
            const string From = "FROM collection_pictures m JOIN pictures p ON p.row = m.picture WHERE m.collection = @id AND p.hidden = 0";
            int total = connection.ExecuteScalar<int>($"SELECT count(*) {From}", new { id });
            List<(long Key, string Id)> rows = connection.Query<(long, string)>($"SELECT m.id, p.id {From} AND m.id > @after ORDER BY m.id LIMIT @count", new { id, after, count = limit + 1 }).AsList();
            return ((IReadOnlyList<string>)[.. rows.Take(limit).Select(r => r.Id)], rows.Count > limit ? Cursor.Write(rows[limit - 1].Key) : null, total);
        });
    }

    /// <summary>All ids of one made by hand, in the order in which they were put in.</summary>
    internal IReadOnlyList<string> Members(long id) => catalogue.Read<IReadOnlyList<string>>(connection => connection.Query<string>(
        "SELECT p.id FROM collection_pictures m JOIN pictures p ON p.row = m.picture WHERE m.collection = @id AND p.hidden = 0 ORDER BY m.id", new { id }).AsList());

    private static void Put(SqliteConnection connection, long collection, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
            return;
        Chosen.Fill(connection, ids, hiddenToo: false);
        connection.Execute("INSERT OR IGNORE INTO collection_pictures (collection, picture) SELECT @collection, picture FROM chosen", new { collection });
    }

    private static (string Text, string Key) Named(string name)
    {
        string text = TextKey.WellFormed(name).Trim(), key = TextKey.Of(text);
        if (key.Length == 0 || text.Length > LongestName)
            throw new InputException("name", key.Length == 0 ? "the collection has no name" : $"the name is longer than {LongestName} characters", "Give it a name.") { Code = "collection.invalid" };
        return (text, key);
    }

    private static void Refuse(SqliteConnection connection, string key, long except, string name)
    {
        if (connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM collections WHERE name_key = @key AND id <> @except)", new { key, except }))
            throw new InputException(name, "a collection of this name is there already", "Give it another name.") { Code = "collection.exists" };
    }

    private static Row Find(SqliteConnection connection, long id) => connection.QueryFirst<Row>($"{Select} WHERE c.id = @id", new { id });

    private static Row Find(SqliteConnection connection, string reference)
    {
        string key = TextKey.Of(reference);
        Row? row = connection.QueryFirstOrDefault<Row>($"{Select} WHERE c.name_key = @key", new { key })
            ?? (long.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? connection.QueryFirstOrDefault<Row>($"{Select} WHERE c.id = @id", new { id }) : null);
        if (row is not null)
            return row;
        string? near = NearestWord.Of(reference, connection.Query<string>("SELECT name FROM collections"));
        throw new InputException(reference, "no collection of this library is called that", near is null ? "List the collections to see them." : $"Did you mean '{near}'?") { Code = "collection.unknown" };
    }
}

using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Finding;

namespace Pictor.Library.Facts;

/// <summary>The SQL of the table facts. Their source is the file, so a picture has each once; what a person rejected stays rejected whenever the file is read again.</summary>
internal static class FactTable
{
    private static readonly string[] s_last = [Fact.PlacePrefix, Fact.CameraPrefix, Fact.LensPrefix];

    /// <summary>A picture for which a fact holds.</summary>
    internal readonly record struct Row(long Picture, string Fact, double? Share);

    /// <param name="connection">The writer.</param>
    /// <param name="picture">Its row.</param>
    /// <param name="facts">What holds now.</param>
    internal static void Replace(SqliteConnection connection, long picture, IReadOnlyList<Fact> facts)
    {
        connection.Execute("DELETE FROM facts WHERE picture = @picture AND rejected = 0", new { picture });
        if (facts.Count == 0)
            return;

        // All in one statement: a picture has up to ten.
        connection.Execute(
            "INSERT INTO facts (picture, fact, share) SELECT @picture, value ->> 'Id', value ->> 'Share' FROM json_each(@facts) WHERE true ON CONFLICT DO NOTHING",
            new { picture, facts = JsonSerializer.Serialize(facts) });
    }

    internal static IReadOnlyList<FactItem> Of(SqliteConnection connection, long picture)
    {
        // In the order of the words; years come first, cameras and lenses last.
        Dictionary<string, int> order = FactWords.Words.Concepts.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
        return
        [
            .. connection.Query<(string Fact, double? Share, bool Rejected)>("SELECT fact, share, rejected FROM facts WHERE picture = @picture", new { picture })
                .OrderBy(f => Array.FindIndex(s_last, prefix => f.Fact.StartsWith(prefix, StringComparison.Ordinal)) is >= 0 and var last ? order.Count + last : order.GetValueOrDefault(f.Fact, -1))
                .Select(f => (f, Name: FactWords.NameOf(f.Fact)))
                .Select(f => new FactItem(f.f.Fact, f.Name.English, f.Name.Chinese, f.f.Share, f.f.Rejected)),
        ];
    }

    /// <summary>Pictures that can be found and for which the word holds as a fact.</summary>
    internal static IEnumerable<Row> Find(Lookup lookup, string key)
    {
        foreach (IReadOnlyList<string> all in FactWords.Of(key))
        {
            RowSet[] others = [.. all.Skip(1).Select(other => Rows(lookup.Connection, [other]))];
            foreach (Row row in Holding(lookup, all[0]).Where(row => Array.TrueForAll(others, o => o.Contains(row.Picture))))
                yield return row;
        }

        foreach (Row row in Gear(lookup.Connection, key).SelectMany(gear => Holding(lookup, gear)))
            yield return row;
        if (PlaceWord.TryParse(key, out GeoPoint place))
        {
            foreach (Row row in Near(lookup, place))
                yield return row;
        }
    }

    /// <summary>The pictures, found or not, for which one of the facts holds.</summary>
    internal static RowSet Rows(SqliteConnection connection, IEnumerable<string> facts)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT picture FROM facts WHERE fact IN (SELECT value FROM json_each(@facts)) AND rejected = 0";
        command.Parameters.AddWithValue("@facts", JsonSerializer.Serialize(facts));
        return RowSet.Read(command);
    }

    /// <summary>Rejects, or takes the rejection back, wherever the word means a fact of this picture.</summary>
    /// <returns>How many facts were changed.</returns>
    internal static int Reject(SqliteConnection connection, long picture, string key, bool rejected)
    {
        return Named(connection, key).Sum(fact => connection.Execute("UPDATE facts SET rejected = @rejected WHERE picture = @picture AND fact = @fact AND rejected <> @rejected", new { picture, fact, rejected }));
    }

    /// <summary>The facts that a word is the name of.</summary>
    internal static IReadOnlyList<string> Named(SqliteConnection connection, string key) =>
        [.. FactWords.Of(key).Where(all => all.Count == 1).Select(all => all[0]), .. Gear(connection, key), .. PlaceWord.TryParse(key, out GeoPoint place) ? [PlaceWord.IdOf(place)] : Array.Empty<string>()];

    private static List<Row> Holding(Lookup lookup, string fact)
    {
        var rows = new List<Row>();
        lookup.Statements.Each(
            "SELECT picture, share FROM facts WHERE fact = @fact AND rejected = 0",
            row =>
            {
                if (row.Long(0) is var picture && lookup.Columns.IsVisible(picture))
                    rows.Add(new Row(picture, fact, row.IsNull(1) ? null : row.Double(1)));
            },
            ("@fact", fact));
        return rows;
    }

    /// <summary>The cameras among <see cref="Gear"/>.</summary>
    internal static IEnumerable<string> Cameras(SqliteConnection connection, string key) => Gear(connection, key).Where(fact => fact.StartsWith(Fact.CameraPrefix, StringComparison.Ordinal));

    /// <summary>Cameras and lenses of this library of which the word is the name or a part by whole words: "canon" and "eos 5d" are parts of "Canon EOS 5D".</summary>
    private static IEnumerable<string> Gear(SqliteConnection connection, string key)
    {
        string padded = ' ' + key + ' ';
        return Beginning(connection, Fact.CameraPrefix).Concat(Beginning(connection, Fact.LensPrefix))
            .Where(fact => $" {TextKey.Of(fact[(fact.IndexOf(':', StringComparison.Ordinal) + 1)..])} ".Contains(padded, StringComparison.Ordinal));
    }

    /// <summary>The different facts that begin so. From one to the next by the index: going through all pictures' facts for a dozen cameras would take a hundred times as long.</summary>
    private static List<string> Beginning(SqliteConnection connection, string prefix)
    {
        using var statements = new PreparedStatements(connection);
        return statements.Rows(
            """
            WITH RECURSIVE distinct_facts (fact) AS (
                SELECT min(fact) FROM facts WHERE fact >= @prefix AND fact < @end
                UNION ALL SELECT (SELECT min(fact) FROM facts f WHERE f.fact > d.fact AND f.fact < @end) FROM distinct_facts d WHERE d.fact IS NOT NULL)
            SELECT fact FROM distinct_facts WHERE fact IS NOT NULL
            """,
            row => row.Text(0), ("@prefix", prefix), ("@end", prefix[..^1] + (char)(prefix[^1] + 1)));
    }

    /// <summary>Pictures taken within <see cref="PlaceWord.Nearby"/> of a place. Degrees of longitude become shorter towards the poles.</summary>
    private static IEnumerable<Row> Near(Lookup lookup, GeoPoint place)
    {
        double across = PlaceWord.Nearby / Math.Max(0.01, Math.Cos(place.Latitude * Math.PI / 180));
        return lookup.Statements.Rows(
            """
            SELECT f.picture, f.fact FROM metadata m JOIN facts f ON f.picture = m.picture
            WHERE m.latitude BETWEEN @south AND @north AND m.longitude BETWEEN @west AND @east
                AND f.fact >= 'place:' AND f.fact < 'place;' AND f.rejected = 0
            """,
            row => new Row(row.Long(0), row.Text(1), null),
            ("@south", place.Latitude - PlaceWord.Nearby), ("@north", place.Latitude + PlaceWord.Nearby), ("@west", place.Longitude - across), ("@east", place.Longitude + across))
            .Where(row => lookup.Columns.IsVisible(row.Picture));
    }
}

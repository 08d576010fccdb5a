using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Facts;

/// <summary>The SQL of the table facts. Their source is the file, so a picture has each once; what a person rejected stays rejected whenever the file is read again.</summary>
internal static class FactTable
{
    private static readonly string[] s_last = [Fact.PlacePrefix, Fact.CameraPrefix, Fact.LensPrefix];

    /// <summary>A picture for which a fact holds.</summary>
    internal sealed record Row(long Picture, string Fact, double? Share);

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
    internal static IEnumerable<Row> Find(SqliteConnection connection, string key)
    {
        foreach (IReadOnlyList<string> all in FactWords.Of(key))
        {
            foreach (Row row in Holding(connection, all[0]))
            {
                if (all.Skip(1).All(other => Holds(connection, row.Picture, other)))
                    yield return row;
            }
        }

        foreach (string gear in Gear(connection, key))
        {
            foreach (Row row in Holding(connection, gear))
                yield return row;
        }

        if (PlaceWord.TryParse(key, out GeoPoint place))
        {
            foreach (Row row in Near(connection, place))
                yield return row;
        }
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

    private static List<Row> Holding(SqliteConnection connection, string fact) => connection.Query<Row>(
        "SELECT f.picture, f.fact, f.share FROM facts f JOIN pictures p ON p.row = f.picture WHERE f.fact = @fact AND f.rejected = 0 AND p.hidden = 0 AND p.missing = 0",
        new { fact }).AsList();

    private static bool Holds(SqliteConnection connection, long picture, string fact) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM facts WHERE picture = @picture AND fact = @fact AND rejected = 0)", new { picture, fact });

    /// <summary>The cameras among <see cref="Gear"/>.</summary>
    internal static IEnumerable<string> Cameras(SqliteConnection connection, string key) => Gear(connection, key).Where(fact => fact.StartsWith(Fact.CameraPrefix, StringComparison.Ordinal));

    /// <summary>Cameras and lenses of this library of which the word is the name or a part by whole words: "canon" and "eos 5d" are parts of "Canon EOS 5D".</summary>
    private static IEnumerable<string> Gear(SqliteConnection connection, string key)
    {
        string padded = ' ' + key + ' ';
        return connection.Query<string>("SELECT DISTINCT fact FROM facts WHERE (fact >= 'camera:' AND fact < 'camera;') OR (fact >= 'lens:' AND fact < 'lens;')")
            .Where(fact => $" {TextKey.Of(fact[(fact.IndexOf(':', StringComparison.Ordinal) + 1)..])} ".Contains(padded, StringComparison.Ordinal));
    }

    /// <summary>Pictures taken within <see cref="PlaceWord.Nearby"/> of a place. Degrees of longitude become shorter towards the poles.</summary>
    private static List<Row> Near(SqliteConnection connection, GeoPoint place)
    {
        double across = PlaceWord.Nearby / Math.Max(0.01, Math.Cos(place.Latitude * Math.PI / 180));
        return connection.Query<Row>(
            """
            SELECT f.picture, f.fact, f.share FROM metadata m JOIN facts f ON f.picture = m.picture JOIN pictures p ON p.row = m.picture
            WHERE m.latitude BETWEEN @south AND @north AND m.longitude BETWEEN @west AND @east
                AND f.fact >= 'place:' AND f.fact < 'place;' AND f.rejected = 0 AND p.hidden = 0 AND p.missing = 0
            """,
            new
            {
                south = place.Latitude - PlaceWord.Nearby,
                north = place.Latitude + PlaceWord.Nearby,
                west = place.Longitude - across,
                east = place.Longitude + across,
            }).AsList();
    }
}

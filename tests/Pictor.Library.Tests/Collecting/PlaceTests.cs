using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Collecting;

namespace Pictor.Library.Tests.Collecting;

/// <summary>Places in events and in questions.</summary>
public sealed class PlaceTests
{
    private const long Minute = 60_000, Hour = 60 * Minute;
    private static readonly GeoPoint s_paris = new(48.8584, 2.2945), s_versailles = new(48.8049, 2.1204), s_sydney = new(-33.8568, 151.2153);

    [Fact]
    public void Distance_IsThatOfTheGreatCircle()
    {
        Assert.Equal(13.9, GeoDistance.Between(s_paris, s_versailles), 0.2);
        Assert.Equal(16_960, GeoDistance.Between(s_paris, s_sydney), 25.0);
        Assert.Equal(Math.PI * GeoDistance.Radius, GeoDistance.Between(new(0, -90), new(0, 90)), 0.001);
        Assert.Equal(0, GeoDistance.Between(s_paris, s_paris));
        Assert.Equal(2 * Math.PI / 360 * GeoDistance.Radius, GeoDistance.Between(new(0, 179.5), new(0, -179.5)), 0.001);
        Assert.Null(GeoDistance.Middle([]));
        Assert.Equal(179.9, GeoDistance.Middle([new(0, 179.8), new(0, 179.9), new(0, -179.9)])!.Value.Longitude);
    }

    [Fact]
    public void Events_EndWhereThePlaceDoes_AndTripsHoldTogether()
    {
        // An hour at one place, an hour at another 14 km away, without a pause that the time alone would tell.
        (long, GeoPoint?)[] two = [.. Enumerable.Range(0, 20).Select(i => (i * 3 * Minute, (GeoPoint?)Around(s_paris, i))), .. Enumerable.Range(0, 20).Select(i => (Hour + (25 * Minute) + (i * 3 * Minute), (GeoPoint?)Around(s_versailles, i)))];
        Assert.Equal([0], EventGaps.Starts(Times(two)));
        Assert.Equal([0, 20], Starts(two));

        // A picture between that tells no place goes with the side that is nearer in time.
        (long, GeoPoint?)[] between = [.. two[..20], (Hour - (2 * Minute), null), .. two[20..]];
        Assert.Equal([0, 21], Starts(between));

        // Driving on, 15 km from picture to picture, is one trip.
        Assert.Equal([0], Starts([.. Enumerable.Range(0, 15).Select(i => (i * 15 * Minute, (GeoPoint?)new GeoPoint(45 + (i * 0.135), 7)))]));

        // One picture whose receiver was wrong parts nothing: nobody comes to Sydney and back in minutes.
        (long Time, GeoPoint? Place)[] wrong = [.. two[..20]];
        wrong[9].Place = s_sydney;
        Assert.Equal([0], Starts(wrong));

        // A flight is told among few pictures too.
        Assert.Equal([0, 1], Starts([(0, s_paris), (22 * Hour, s_sydney)]));
    }

    [Theory]
    [InlineData("near:48.8584,2.2945", 0)]
    [InlineData("near:48.8584,2.2945,20km", 0, 1)]
    [InlineData("附近：48.8584，2.2945，20公里", 0, 1)]
    [InlineData("place:\"48.86° N, 2.29° E\"", 0)]
    [InlineData("near:48.8584,2.2945,10mi", 0, 1)]
    [InlineData("near:48.8584,2.2945,500m", 0)]
    [InlineData("near:48.8590,2.2945,10m")]
    [InlineData("near:33.86S,151.21E", 2)]
    [InlineData("near:0,180,100km", 3, 4)]
    [InlineData("near:0,-179.9,30km", 4)]
    [InlineData("near:89.9,0,50km", 5)]
    [InlineData("near:48.86,2.29|-33.86,151.21", 0, 2)]
    [InlineData("near:0,0,20038km", 0, 1, 2, 3, 4, 5)]
    [InlineData("-near:48.86,2.29,50km", 2, 3, 4, 5, 6)]
    [InlineData("is:geotagged")]
    public async Task Near_FindsWhatIsWithinTheCircle(string question, params int[] expected)
    {
        using var place = new Place();
        place.MakePictures(7);
        await using PictureLibrary library = await place.OpenAsync();
        await library.IndexAsync([place.Pictures]);
        string[] ids = [.. Directory.GetFiles(place.Pictures).Order(StringComparer.Ordinal).Select(Place.IdOf)];
        await LocateAsync(place, ids, s_paris, s_versailles, s_sydney, new GeoPoint(0, 179.5), new GeoPoint(0, -179.9), new GeoPoint(89.95, 170));

        Page<Hit> hits = await library.FindAsync(new PictureQuery(question, null));

        Assert.Equal(expected.Select(i => ids[i]).Order(StringComparer.Ordinal), hits.Items.Select(h => h.Id).Order(StringComparer.Ordinal));
        Assert.Equal([ids[0], ids[1]], (await library.FindAsync(new PictureQuery($"near:{ids[0]},15km", null))).Items.Select(h => h.Id).OrderBy(id => Array.IndexOf(ids, id)));
    }

    [Theory]
    [InlineData("sea near:paris", 10, "'paris' is no place")]
    [InlineData("near:91,0", 6, "is no place")]
    [InlineData("near:48.86,2.35,0km", 6, "no distance on earth")]
    [InlineData("near:0123456789abcdef", 6, "there is no picture")]
    public async Task Near_WhatIsNoPlace_IsToldWithItsPosition(string question, int at, string problem)
    {
        using var place = new Place();
        await using PictureLibrary library = await place.OpenAsync();
        InputException fault = await Assert.ThrowsAsync<InputException>(() => library.FindAsync(new PictureQuery(question, null)));
        Assert.Equal($"text, character {at}", fault.Subject);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_OfASilentModel_AreNamedFromConceptsThenFacts_AndEventsTellTheirPlace()
    {
        using var place = new Place();
        place.MakePictures(24);
        await using PictureLibrary library = await place.OpenAsync();
        await library.Models.AddAsync(place.Package("pets", threshold: 1, names: ["Labrador retriever", "Chihuahua", "standard poodle", "teapot", "barn", "pizza", "go-kart", "broom", "compass", "comic book"]));
        await library.IndexAsync([place.Pictures]);
        string[] ids = [.. library.List().Items.Select(i => i.Id)];
        await LocateAsync(place, ids, [.. Enumerable.Repeat(s_paris, 3)]);
        using (var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            connection.Open();
            connection.Execute("UPDATE pictures SET taken_at = 1000 * row WHERE id IN @some", new { some = ids[..8] });
            connection.Execute("DELETE FROM facts; DELETE FROM probabilities");
            connection.Execute("INSERT INTO facts (picture, fact) SELECT row, 'night' FROM pictures WHERE id IN @some", new { some = ids[..6] });

            // Two days later three breeds, none of them likely enough to be a tag.
            connection.Execute("UPDATE pictures SET taken_at = 200000000 + 1000 * row WHERE id IN @some", new { some = ids[8..16] });
            byte[] classes = Pictor.Library.Finding.ClassShares.Pack([0.3f, 0.25f, 0.2f, 0.05f]);
            connection.Execute("INSERT INTO probabilities (model, picture, classes) SELECT 1, row, @classes FROM pictures WHERE id IN @some", new { classes, some = ids[8..16] });
        }

        IReadOnlyList<PictureGroup> events = await library.GroupsAsync(GroupBy.Event);

        Assert.Equal(2, events.Count);
        Assert.Equal("1970-01-03 · dog", events[0].Name);
        Assert.Null(events[0].Place);
        PictureGroup night = events[1];
        Assert.Equal("1970-01-01 · night", night.Name);
        Assert.Equal(["night"], night.Tags);
        Assert.Equal(new GroupPlace(s_paris.Latitude, s_paris.Longitude), night.Place);
    }

    private static async Task LocateAsync(Place place, string[] ids, params GeoPoint[] places)
    {
        await using var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False");
        connection.Open();
        for (int i = 0; i < places.Length; i++)
        {
            connection.Execute(
                "DELETE FROM metadata WHERE picture = (SELECT row FROM pictures WHERE id = @id); INSERT INTO metadata (picture, latitude, longitude) SELECT row, @Latitude, @Longitude FROM pictures WHERE id = @id",
                new { id = ids[i], places[i].Latitude, places[i].Longitude });
        }
    }

    private static GeoPoint Around(GeoPoint place, int i) => new(place.Latitude + (0.001 * Math.Sin(i)), place.Longitude + (0.001 * Math.Cos(i)));

    private static long[] Times((long Time, GeoPoint? Place)[] pictures) => [.. pictures.Select(p => p.Time)];

    private static List<int> Starts((long Time, GeoPoint? Place)[] pictures) => EventGaps.Starts(Times(pictures), [.. pictures.Select(p => p.Place)]);
}

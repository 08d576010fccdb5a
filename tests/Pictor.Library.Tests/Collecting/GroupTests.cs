using System.Numerics.Tensors;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Collecting;

namespace Pictor.Library.Tests.Collecting;

public sealed class GroupTests
{
    private const long Minute = 60_000, Hour = 60 * Minute, Day = 24 * Hour;

    [Fact]
    public void EventGaps_FarLongerThanThoseAround_AreBorders()
    {
        // A day out in bursts of a picture a minute, with a lunch of an hour and a half; two days later an evening.
        long[] times =
        [
            .. Enumerable.Range(0, 30).Select(i => i * Minute), .. Enumerable.Range(0, 30).Select(i => 30 * Minute + (90 * Minute) + (i * Minute)),
            .. Enumerable.Range(0, 10).Select(i => (2 * Day) + (i * 5 * Minute)),
        ];
        Assert.Equal([0, 30, 60], EventGaps.Starts(times));

        // A hike with a picture every half an hour holds together, also where somebody rested for two hours.
        long[] hike = [.. Enumerable.Range(0, 12).Select(i => i * 30 * Minute), .. Enumerable.Range(0, 12).Select(i => (12 * 30 * Minute) + (90 * Minute) + (i * 30 * Minute))];
        Assert.Equal([0], EventGaps.Starts(hike));
        Assert.Equal([0, 1, 2], EventGaps.Starts([0, Day, 2 * Day]));
        Assert.Empty(EventGaps.Starts([]));
        Assert.Equal([0], EventGaps.Starts([5]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void LookClusters_OfSeparateDirections_AreThose(int seed)
    {
        var random = new Random(seed);
        (float[] Vector, int Truth)[] vectors = [.. Enumerable.Range(0, 72).Select(i => (Vector(random, i % 6), i % 6)).OrderBy(_ => random.Next())];

        (int Group, float Score)[] groups = LookClusters.Of([.. vectors.Select(v => v.Vector)]);

        Assert.Equal(6, groups.Select(g => g.Group).Distinct().Count());
        foreach (int[] same in vectors.Select((v, i) => (v.Truth, groups[i].Group)).GroupBy(p => p.Truth, (_, g) => g.Select(p => p.Group).Distinct().ToArray()))
            Assert.Single(same);
        Assert.Empty(LookClusters.Of([]));
    }

    [Fact]
    public void LookClusters_OfMoreThanTheyLookAt_PutAllWhereTheyBelong()
    {
        var random = new Random(3);
        (float[] Vector, int Truth)[] vectors = [.. Enumerable.Range(0, 12_001).Select(i => (Vector(random, i % 6), i % 6)).OrderBy(_ => random.Next())];

        (int Group, float Score)[] groups = LookClusters.Of([.. vectors.Select(v => v.Vector)]);

        Assert.All(vectors.Select((v, i) => (v.Truth, groups[i].Group)).GroupBy(p => p.Group, p => p.Truth), group => Assert.Single(group.Distinct()));
        Assert.All(groups, g => Assert.InRange(g.Score, 0.5f, 1.0001f));
    }

    [Fact]
    public void PictureWords_InAnyOrder_AreThoseOfEachPicture()
    {
        var random = new Random(4);
        List<(long Picture, WordShare Word)> entries = [.. Enumerable.Range(0, 500).Select(i => ((long)random.Next(3, 60), new WordShare(i, random.NextSingle())))];

        var words = new PictureWords(entries);

        for (long picture = 0; picture < 100; picture++)
            Assert.Equal(entries.Where(e => e.Picture == picture).Select(e => e.Word), words.Of(picture).ToArray());
        Assert.Equal(500, words.All.Length);
        Assert.Equal(0, new PictureWords([]).Of(7).Length);
    }

    [Fact]
    public async Task Groups_ByEventAndLook_AreNamedFromTheirTags()
    {
        using var place = new Place();
        place.MakePictures(24);
        await using PictureLibrary library = await place.OpenWithModelAsync("a");
        await library.IndexAsync([place.Pictures]);
        string[] ids = [.. library.List().Items.Select(i => i.Id)];
        await library.ChangeAsync(new PictureSelection { Ids = ids[..8] }, new BulkChange { Add = ["beach"] }, "ann");
        using (var connection = new SqliteConnection($"Data Source={place[place.Library, "catalogue.db"]};Pooling=False"))
        {
            connection.Open();
            for (int i = 0; i < 16; i++)
                connection.Execute("UPDATE pictures SET taken_at = @time WHERE id = @id", new { id = ids[i], time = (i < 8 ? 0 : 30 * Day) + (i * Minute) + (365 * Day) });
        }

        IReadOnlyList<PictureGroup> events = await library.GroupsAsync(GroupBy.Event), looks = await library.GroupsAsync(GroupBy.Look);

        Assert.Equal([8, 8], events.Select(g => g.Pictures));
        Assert.Equal(ids[..8], events[1].Ids);
        Assert.StartsWith("1971-01-01 · beach", events[1].Name, StringComparison.Ordinal);
        Assert.Equal(new DateTime(1971, 1, 1), events[1].From!.Value.Date);
        Assert.DoesNotContain("beach", events[0].Name, StringComparison.Ordinal);
        Assert.All(looks, g => Assert.True(g.Pictures >= 2 && g.Ids.Count == g.Pictures));
        Assert.Equal(looks.SelectMany(g => g.Ids).Count(), looks.SelectMany(g => g.Ids).Distinct().Count());
    }

    private static float[] Vector(Random random, int axis)
    {
        float[] vector = [.. Enumerable.Range(0, 16).Select(i => (float)((i == axis ? 1 : 0) + (0.1 * random.NextDouble())))];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}

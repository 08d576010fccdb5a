using System.Globalization;
using Dapper;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Facts;
using Pictor.Library.Finding;
using Pictor.VectorSearch;

namespace Pictor.Library.Collecting;

/// <summary>Automatic groups, each named from what is far more frequent in it than in the whole library.</summary>
internal sealed class Groups(CatalogueFile catalogue, LibraryModels models, TagWords words)
{
    private const int Smallest = 2;

    private const int TagsInAName = 2;

    // Not a positional record: SQLite gives an empty result's columns no type, and then Dapper finds no constructor that fits.
    private sealed class Row
    {
        public long Key { get; set; }

        public string Id { get; set; } = "";

        public long TakenAt { get; set; }

        public double? Latitude { get; set; }

        public double? Longitude { get; set; }

        internal GeoPoint? Place => Latitude is { } latitude && Longitude is { } longitude ? new GeoPoint(latitude, longitude) : null;
    }

    internal IReadOnlyList<PictureGroup> Of(GroupBy by) => by == GroupBy.Event ? Events() : Looks();

    private IReadOnlyList<PictureGroup> Events() => catalogue.Read<IReadOnlyList<PictureGroup>>(connection =>
    {
        List<Row> rows = connection.Query<Row>(
            """
            SELECT p.row AS Key, p.id, p.taken_at AS TakenAt, m.latitude, m.longitude FROM pictures p LEFT JOIN metadata m ON m.picture = p.row
            WHERE p.hidden = 0 AND p.missing = 0 AND p.taken_at IS NOT NULL ORDER BY p.taken_at, p.row
            """).AsList();
        List<int> starts = EventGaps.Starts([.. rows.Select(r => r.TakenAt)], [.. rows.Select(r => r.Place)]);
        using AnnotatorLease? lease = models.Borrow();
        var names = new GroupNames(connection, lease?.Active, words);
        var groups = new List<PictureGroup>();
        for (int i = starts.Count - 1; i >= 0; i--)
        {
            List<Row> mine = rows[starts[i]..(i + 1 < starts.Count ? starts[i + 1] : rows.Count)];
            if (mine.Count < Smallest)
                continue;
            DateTime from = Time(mine[0].TakenAt), to = Time(mine[^1].TakenAt);
            IReadOnlyList<string> telling = names.Of([.. mine.Select(r => r.Key)]);
            GeoPoint? place = GeoDistance.Middle([.. mine.Select(r => r.Place).OfType<GeoPoint>()]);
            groups.Add(new PictureGroup(NameOf(telling, Days(from, to), place), telling, mine.Count, from, to, [.. mine.Select(r => r.Id)])
            {
                Place = place is { } known ? new GroupPlace(known.Latitude, known.Longitude) : null,
            });
        }

        return groups;
    });

    private IReadOnlyList<PictureGroup> Looks()
    {
        using AnnotatorLease lease = models.BorrowOrExplain();
        FlatIndex index = lease.Active.Vectors;
        return catalogue.Read<IReadOnlyList<PictureGroup>>(connection =>
        {
            var rows = new List<Row>();
            var vectors = new List<float[]>();
            foreach (Row row in connection.Query<Row>("SELECT row AS Key, id, 0 AS TakenAt FROM pictures WHERE hidden = 0 AND missing = 0 ORDER BY row"))
            {
                float[] vector = new float[index.Dimensions];
                if (!index.TryGet(row.Key, vector))
                    continue;
                rows.Add(row);
                vectors.Add(vector);
            }

            (int Group, float Score)[] clusters = LookClusters.Of(vectors);
            var names = new GroupNames(connection, lease.Active, words);
            return
            [
                .. Enumerable.Range(0, rows.Count).GroupBy(i => clusters[i].Group).Where(g => g.Count() >= Smallest).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g =>
                {
                    int[] mine = [.. g.OrderByDescending(i => clusters[i].Score).ThenBy(i => i)];
                    IReadOnlyList<string> telling = names.Of([.. mine.Select(i => rows[i].Key)]);
                    return new PictureGroup(NameOf(telling, null, null), telling, mine.Length, null, null, [.. mine.Select(i => rows[i].Id)]);
                }),
            ];
        });
    }

    // A place is coordinates, which name an event only where nothing else does.
    private static string NameOf(IReadOnlyList<string> telling, string? days, GeoPoint? place) =>
        string.Join(" · ", new[] { days, telling.Count > 0 ? string.Join(", ", telling.Take(TagsInAName)) : place is { } known ? PlaceWord.NameOf(known).English : null }.OfType<string>());

    private static string Days(DateTime from, DateTime to) => from.Date == to.Date
        ? from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} – {to:yyyy-MM-dd}");

    private static DateTime Time(long milliseconds) => DateTime.SpecifyKind(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).DateTime, DateTimeKind.Unspecified);
}

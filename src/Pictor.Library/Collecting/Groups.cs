using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.VectorSearch;

namespace Pictor.Library.Collecting;

/// <summary>Automatic groups, each named from its tags: those that are far more frequent in it than in the whole library.</summary>
internal sealed class Groups(CatalogueFile catalogue, LibraryModels models)
{
    private const int Smallest = 2;

    /// <summary>A tag must hold for this share of a group to name it.</summary>
    private const double LeastShare = 0.2;

    private const int TagsInAName = 2;
    private const int TagsTold = 5;

    // Not a positional record: SQLite gives an empty result's columns no type, and then Dapper finds no constructor that fits.
    private sealed class Row
    {
        public long Key { get; set; }

        public string Id { get; set; } = "";

        public long TakenAt { get; set; }
    }

    internal IReadOnlyList<PictureGroup> Of(GroupBy by) => by == GroupBy.Event ? Events() : Looks();

    private IReadOnlyList<PictureGroup> Events() => catalogue.Read<IReadOnlyList<PictureGroup>>(connection =>
    {
        List<Row> rows = connection.Query<Row>("SELECT row AS Key, id, taken_at AS TakenAt FROM pictures WHERE hidden = 0 AND missing = 0 AND taken_at IS NOT NULL ORDER BY taken_at, row").AsList();
        List<int> starts = EventGaps.Starts([.. rows.Select(r => r.TakenAt)]);
        var tags = new TagCounts(connection);
        var groups = new List<PictureGroup>();
        for (int i = starts.Count - 1; i >= 0; i--)
        {
            List<Row> mine = rows[starts[i]..(i + 1 < starts.Count ? starts[i + 1] : rows.Count)];
            if (mine.Count < Smallest)
                continue;
            DateTime from = Time(mine[0].TakenAt), to = Time(mine[^1].TakenAt);
            IReadOnlyList<string> telling = tags.Telling([.. mine.Select(r => r.Key)]);
            groups.Add(new PictureGroup(NameOf(telling, Days(from, to)), telling, mine.Count, from, to, [.. mine.Select(r => r.Id)]));
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
            var tags = new TagCounts(connection);
            return
            [
                .. Enumerable.Range(0, rows.Count).GroupBy(i => clusters[i].Group).Where(g => g.Count() >= Smallest).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g =>
                {
                    int[] mine = [.. g.OrderByDescending(i => clusters[i].Score).ThenBy(i => i)];
                    IReadOnlyList<string> telling = tags.Telling([.. mine.Select(i => rows[i].Key)]);
                    return new PictureGroup(NameOf(telling, null), telling, mine.Length, null, null, [.. mine.Select(i => rows[i].Id)]);
                }),
            ];
        });
    }

    private static string NameOf(IReadOnlyList<string> tags, string? days) =>
        string.Join(" · ", new[] { days, string.Join(", ", tags.Take(TagsInAName)) }.Where(part => !string.IsNullOrEmpty(part)));

    private static string Days(DateTime from, DateTime to) => from.Date == to.Date
        ? from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} – {to:yyyy-MM-dd}");

    private static DateTime Time(long milliseconds) => DateTime.SpecifyKind(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).DateTime, DateTimeKind.Unspecified);

    /// <summary>Which tags each picture carries, to compare a group with the whole.</summary>
    private sealed class TagCounts
    {
        private readonly ILookup<long, string> _tags;
        private readonly Dictionary<string, (string Value, int Count)> _all;
        private readonly int _pictures;

        internal TagCounts(SqliteConnection connection)
        {
            List<(long Picture, string Key, string Value)> said = connection.Query<(long, string, string)>(
                "SELECT DISTINCT picture, value_key, value FROM said WHERE kind IN ('tag', 'box')").AsList();
            _tags = said.Select(s => (s.Picture, s.Key)).Distinct().ToLookup(s => s.Picture, s => s.Key);
            _all = said.GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (g.First().Value, g.Select(s => s.Picture).Distinct().Count()), StringComparer.Ordinal);
            _pictures = Math.Max(1, connection.ExecuteScalar<int>("SELECT count(*) FROM pictures WHERE hidden = 0"));
        }

        /// <summary>By count in the group times how many times likelier there than anywhere; where nothing is likelier, simply the most frequent.</summary>
        internal IReadOnlyList<string> Telling(long[] group) =>
        [
            .. group.SelectMany(picture => _tags[picture]).CountBy(key => key).Where(t => t.Value >= LeastShare * group.Length)
                .Select(t => (t.Key, Weight: t.Value * (0.01 + Math.Max(0, Math.Log((double)t.Value / group.Length * _pictures / _all[t.Key].Count)))))
                .OrderByDescending(t => t.Weight).ThenBy(t => t.Key, StringComparer.Ordinal).Take(TagsTold).Select(t => _all[t.Key].Value),
        ];
    }
}

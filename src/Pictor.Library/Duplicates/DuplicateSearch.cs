using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Catalogue;
using Pictor.Library.Ingest;
using Pictor.Library.Pictures;
using Pictor.VectorSearch;

namespace Pictor.Library.Duplicates;

/// <summary>
/// Finds pictures that are one, in four tiers, and keeps the groups in the catalogue: same bytes (files of one picture), same pixels, copies (fingerprints compared and verified), look-alikes
/// (vectors of the active model). Nothing is deleted.
/// </summary>
internal sealed class DuplicateSearch(CatalogueFile catalogue, LibraryModels models, Contents contents, Preparation preparation)
{
    private sealed record Tie(long Picture, DuplicateTier Tier, long MemberOf, double Similarity);

    /// <summary>The groups are those of the library as it is now.</summary>
    internal bool IsCurrent => catalogue.Read(IsCurrentIn);

    /// <summary>Somebody has looked for them.</summary>
    internal bool WereSought => catalogue.Read(connection => connection.ExecuteScalar<bool>("SELECT value <> 0 FROM meta WHERE key = 'duplicates'"));

    internal static bool IsCurrentIn(SqliteConnection connection) =>
        connection.ExecuteScalar<bool>("SELECT (SELECT value FROM meta WHERE key = 'duplicates') = (SELECT value FROM meta WHERE key = 'vectors')");

    internal async Task<DuplicateOutcome> FindAsync(IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        await new MissingFingerprints(catalogue, preparation, contents).FillAsync(progress, cancellationToken).ConfigureAwait(false);
        long token = catalogue.Read(connection => connection.ExecuteScalar<long>("SELECT value FROM meta WHERE key = 'vectors'"));
        (List<long> rows, List<PictureFingerprint?> prints) = Load();
        IReadOnlyList<DuplicateSet> sets = DuplicateFinder.Find(prints, progress: progress, cancellationToken: cancellationToken);
        List<Tie> ties =
        [
            .. Ties(DuplicateTier.SamePixels, DuplicateFinder.Find(prints, options: new DuplicateOptions { Near = false }, cancellationToken: cancellationToken), rows),
            .. Ties(DuplicateTier.Copy, sets.Where(s => s.Kind == DuplicateKind.Near), rows),
        ];
        var known = ties.GroupBy(t => t.Picture).ToDictionary(g => g.Key, g => g.Last().MemberOf);
        ties.AddRange(LookAlikes(known, progress, cancellationToken));
        await catalogue.WriteAsync(
            connection =>
            {
                connection.Execute("DELETE FROM duplicates");
                foreach (Tie tie in ties)
                    connection.Execute("INSERT INTO duplicates VALUES (@Picture, @tier, @MemberOf, @Similarity)", new { tie.Picture, tier = (int)tie.Tier, tie.MemberOf, tie.Similarity });
                return connection.Execute("UPDATE meta SET value = @token WHERE key = 'duplicates'", new { token });
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        Dictionary<string, int> groups = ties.GroupBy(t => t.Tier).ToDictionary(g => DuplicateTiers.NameOf(g.Key), g => g.Select(t => t.MemberOf).Distinct().Count(), StringComparer.Ordinal);
        groups[DuplicateTiers.NameOf(DuplicateTier.SameBytes)] = catalogue.Read(connection => connection.ExecuteScalar<int>(
            "SELECT count(*) FROM (SELECT 1 FROM files f JOIN pictures p ON p.row = f.picture WHERE f.missing = 0 AND p.hidden = 0 GROUP BY f.picture HAVING count(*) > 1)"));
        return new DuplicateOutcome(rows.Count, groups, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    private (List<long>, List<PictureFingerprint?>) Load() => catalogue.Read(connection =>
    {
        var rows = new List<long>();
        var prints = new List<PictureFingerprint?>();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT f.picture, f.data FROM fingerprints f JOIN pictures p ON p.row = f.picture WHERE p.hidden = 0 AND p.missing = 0 ORDER BY f.picture";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(reader.GetInt64(0));
            prints.Add(PictureFingerprint.FromBytes(reader.GetFieldValue<byte[]>(1)));
        }

        return (rows, prints);
    });

    private static IEnumerable<Tie> Ties(DuplicateTier tier, IEnumerable<DuplicateSet> sets, List<long> rows) =>
        sets.SelectMany(set => set.Members.Zip(set.Similarity, (member, similarity) => new Tie(rows[member], tier, rows[set.Members[0]], similarity)));

    /// <summary>
    /// Pictures that are each other's nearest, and as near as the closest twentieth of a sample is to its nearest: how near that is depends on the model and on the library. Copies that the
    /// tiers above have joined count as one.
    /// </summary>
    private List<Tie> LookAlikes(Dictionary<long, long> copies, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        using AnnotatorLease? lease = models.Borrow();
        if (lease is null || lease.Active.Model.EmbeddingLength == 0)
            return [];
        FlatIndex index = lease.Active.Vectors;
        long[] rows = [.. catalogue.Read(connection => connection.Query<long>("SELECT row FROM pictures WHERE hidden = 0 AND missing = 0 ORDER BY row").AsList())];
        var nearest = new Dictionary<long, Neighbour>(rows.Length);
        var gate = new Lock();
        int done = 0;
        Parallel.ForEach(rows, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, row =>
        {
            float[] vector = new float[index.Dimensions];
            if (!index.TryGet(row, vector) || index.Search(vector, 1, other => other != row && !AreOne(row, other)) is not [var near, ..])
                return;
            lock (gate)
            {
                nearest[row] = near;
                if (++done % 500 == 0)
                    progress?.Report(new Progress("Looking for look-alikes", done, rows.Length));
            }
        });
        if (nearest.Count < 20)
            return [];
        double[] scores = [.. nearest.Values.Select(n => (double)n.Score).Order()];
        double cut = Math.Max(LeastLookAlike, scores[(int)(scores.Length * 0.95)]);
        var ties = new List<Tie>();
        foreach ((long row, Neighbour near) in nearest.Where(n => n.Value.Score >= cut && n.Key < n.Value.Id).OrderBy(n => n.Key))
        {
            if (nearest.TryGetValue(near.Id, out Neighbour back) && back.Id == row)
                ties.AddRange([new Tie(row, DuplicateTier.LookAlike, row, near.Score), new Tie(near.Id, DuplicateTier.LookAlike, row, near.Score)]);
        }

        return ties;

        bool AreOne(long a, long b) => copies.TryGetValue(a, out long of) && copies.TryGetValue(b, out long other) && of == other;
    }

    // Whatever the library: pictures further apart than this do not look alike to anyone.
    private const double LeastLookAlike = 0.9;
}

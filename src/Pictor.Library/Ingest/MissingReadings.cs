using Dapper;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Pictures;

namespace Pictor.Library.Ingest;

/// <summary>Pictures that the model has not read: taken in before there was one, or before it was switched.</summary>
internal sealed class MissingReadings(CatalogueFile catalogue, Preparation preparation, IngestWriter writer, Contents contents)
{
    private sealed record Row(long Key, string Id);

    internal async Task<int> FillAsync(ActiveModel model, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        long last = 0;
        int done = 0;
        while (true)
        {
            List<Row> rows = catalogue.Read(connection => connection.Query<Row>(
                """
                SELECT p.row AS Key, p.id FROM pictures p
                WHERE p.row > @last AND p.hidden = 0 AND p.missing = 0 AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.model = @model AND r.picture = p.row)
                ORDER BY p.row LIMIT @count
                """,
                new { last, model = model.Model.Id, count = Reading.BatchSize * Environment.ProcessorCount }).AsList());
            if (rows.Count == 0)
                return done;
            last = rows[^1].Key;

            var prepared = new Prepared?[rows.Count];
            await Parallel.ForAsync(
                0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                async (i, token) => prepared[i] = await PrepareAsync(rows[i], model, token).ConfigureAwait(false)).ConfigureAwait(false);
            List<Prepared[]> batches = [.. prepared.OfType<Prepared>().Chunk(Reading.BatchSize)];
            await Parallel.ForEachAsync(batches, cancellationToken, (batch, _) =>
            {
                Reading.Run(batch, model);
                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
            done += await writer.CommitReadingsAsync([.. batches.SelectMany(b => b)], model, cancellationToken).ConfigureAwait(false);
            progress?.Report(new Progress("Annotating pictures", done));
        }
    }

    /// <summary>Null when the file is away or no longer what it was; the next index will tell.</summary>
    private async Task<Prepared?> PrepareAsync(Row row, ActiveModel model, CancellationToken cancellationToken)
    {
        if (contents.Read(row.Id) is not { } file)
            return null;
        var prepared = new Prepared { Path = "", Name = row.Id };
        await preparation.DescribeAsync(prepared, file.Bytes, model, again: true, cancellationToken).ConfigureAwait(false);
        return prepared.Planes is null || prepared.Id != row.Id ? null : prepared;
    }
}

using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Annotating;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Duplicates;
using Pictor.Library.Facts;
using Pictor.Library.Finding;

namespace Pictor.Library.Ingest;

/// <summary>What became of a prepared file.</summary>
internal enum Fate
{
    Refused,
    Added,
    Known,
    Changed,
}

/// <summary>The last stage: picture, file, reading and annotations of a batch in one transaction, then the index.</summary>
internal sealed class IngestWriter(CatalogueFile catalogue, LibraryModels models, TimeProvider time)
{
    /// <returns>One fate for each file, in order.</returns>
    internal async Task<Fate[]> CommitAsync(IReadOnlyList<Prepared> batch, ActiveModel? model, CancellationToken cancellationToken)
    {
        var touched = new HashSet<long>();
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return await catalogue.WriteAsync(
            connection =>
            {
                touched.Clear();
                VectorStore.NoteChange(connection);
                long? active = DeployedModel.Active(connection)?.Id;
                return batch.Select(file => Commit(connection, file, model, active, now, touched)).ToArray();
            },
            (connection, _) => Follow(connection, touched),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what a model read of pictures that are known; their files are left alone.</summary>
    /// <returns>How many were written.</returns>
    internal async Task<int> CommitReadingsAsync(IReadOnlyList<Prepared> batch, ActiveModel model, CancellationToken cancellationToken)
    {
        var touched = new HashSet<long>();
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return await catalogue.WriteAsync(
            connection =>
            {
                touched.Clear();
                VectorStore.NoteChange(connection);
                long? active = DeployedModel.Active(connection)?.Id;
                foreach (Prepared file in batch)
                {
                    if (connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @Id", new { file.Id }) is not { } row)
                        continue;
                    if (file.Facts is not null)
                        FactTable.Replace(connection, row, file.Facts);
                    Write(connection, row, file, model, active, now);
                    touched.Add(row);
                }

                return touched.Count;
            },
            (connection, _) => Follow(connection, touched),
            cancellationToken).ConfigureAwait(false);
    }

    private void Follow(SqliteConnection connection, HashSet<long> touched)
    {
        using AnnotatorLease? lease = models.Borrow();
        VectorStore.Follow(connection, lease?.Active, touched);
    }

    private static Fate Commit(SqliteConnection connection, Prepared file, ActiveModel? model, long? active, long now, HashSet<long> touched)
    {
        if (file.Returned)
        {
            connection.Execute("UPDATE files SET missing = 0 WHERE id = @Id", new { file.Known!.Id });
            Touch(connection, file.Known.Picture, touched);
            return file.Problem is null ? Fate.Known : Fate.Refused;
        }

        long? picture = null;
        bool isNew = false;
        if (file.Problem is null)
            (picture, isNew) = PictureRow(connection, file, now);

        // The path's row as it is now: an earlier file of this very batch may have written it.
        long? before = connection.ExecuteScalar<long?>("SELECT picture FROM files WHERE path = @Path", new { file.Path });
        connection.Execute(
            """
            INSERT INTO files (path, name, name_key, picture, size, modified, missing, problem, transient)
            VALUES (@Path, @Name, @key, @picture, @Size, @Modified, 0, @Problem, @Transient)
            ON CONFLICT (path) DO UPDATE SET picture = excluded.picture, size = excluded.size, modified = excluded.modified,
                missing = 0, problem = excluded.problem, transient = excluded.transient
            """,
            new { file.Path, Name = TextKey.WellFormed(file.Name), key = TextKey.Of(file.Name), picture, file.Size, file.Modified, file.Problem, file.Transient });
        Touch(connection, picture, touched);
        if (before is not null && before != picture)
            Touch(connection, before, touched);
        if (picture is null)
            return Fate.Refused;
        if (file.Facts is not null)
            FactTable.Replace(connection, picture.Value, file.Facts);
        if (file.Fingerprint is not null)
            MissingFingerprints.Write(connection, picture.Value, file.Fingerprint);
        if (model is not null && file.Probabilities is not null)
            Write(connection, picture.Value, file, model, active, now);
        return before is not null && before != picture ? Fate.Changed : isNew ? Fate.Added : Fate.Known;
    }

    private static (long? Row, bool IsNew) PictureRow(SqliteConnection connection, Prepared file, long now)
    {
        (long Row, string Sha256)? known = connection.QueryFirstOrDefault<(long, string)?>("SELECT row, sha256 FROM pictures WHERE id = @Id", new { file.Id });
        if (known is { } row)
        {
            if (row.Sha256 == file.Sha256)
                return (row.Row, false);
            file.Problem = $"Another picture has the same id {file.Id} by chance; this one cannot be told from it.";
            return (null, false);
        }

        if (file.Header is not { } header)
        {
            // It was complete when it was hashed, and has been taken away since.
            file.Problem = "The picture was removed while it was read; it will be tried again next time.";
            file.Transient = true;
            return (null, false);
        }

        long? taken = header.TakenAt is { } t ? new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)).ToUnixTimeMilliseconds() : null;
        long added = connection.ExecuteScalar<long>(
            """
            INSERT INTO pictures (id, sha256, width, height, bytes, format, taken_at, added_at, sort_at)
            VALUES (@Id, @Sha256, @Width, @Height, @Size, @format, @taken, @now, @sort) RETURNING row
            """,
            new { file.Id, file.Sha256, header.Width, header.Height, file.Size, format = header.Format.ToString().ToLowerInvariant(), taken, now, sort = taken ?? now });
        return (added, true);
    }

    /// <summary>A model's word replaces its own earlier one, and never what people said or rejected.</summary>
    private static void Write(SqliteConnection connection, long picture, Prepared file, ActiveModel model, long? active, long now)
    {
        connection.Execute(
            """
            INSERT INTO readings (model, picture, embedding, time) VALUES (@model, @picture, @embedding, @now)
            ON CONFLICT (model, picture) DO UPDATE SET embedding = excluded.embedding, time = excluded.time
            """,
            new { model = model.Model.Id, picture, embedding = MemoryMarshal.AsBytes<float>(file.Embedding).ToArray(), now });
        connection.Execute(
            "INSERT INTO probabilities (model, picture, classes) VALUES (@model, @picture, @classes) ON CONFLICT (model, picture) DO UPDATE SET classes = excluded.classes",
            new { model = model.Model.Id, picture, classes = ClassShares.Pack(file.Probabilities) });
        AnnotationTable.ReplaceModels(connection, picture, model.Model.Id, model.Annotator.TagsOf(file.Probabilities), now);
        connection.Execute(
            "UPDATE pictures SET shown_model = @model WHERE row = @picture AND (shown_model IS NULL OR @model = @active)",
            new { model = model.Model.Id, picture, active });
    }

    /// <summary>Brings a picture's <c>missing</c> up to date and notes it for the index.</summary>
    internal static void Touch(SqliteConnection connection, long? picture, HashSet<long> touched)
    {
        if (picture is null)
            return;
        connection.Execute("UPDATE pictures SET missing = NOT EXISTS (SELECT 1 FROM files WHERE picture = @picture AND missing = 0) WHERE row = @picture", new { picture });
        touched.Add(picture.Value);
    }
}

using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Annotating;
using Pictor.Library.Catalogue;
using Pictor.Library.Deployment;
using Pictor.Library.Duplicates;
using Pictor.Library.Facts;
using Pictor.Library.Finding;
using Pictor.Library.Importing;
using Pictor.Library.Pictures;

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
internal sealed class IngestWriter(CatalogueFile catalogue, LibraryModels models, Thumbnails thumbnails, TimeProvider time)
{
    /// <returns>One fate for each file, in order.</returns>
    internal async Task<Fate[]> CommitAsync(IReadOnlyList<Prepared> batch, ActiveModel? model, CancellationToken cancellationToken)
    {
        var touched = new HashSet<long>();
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Fate[] fates = await catalogue.WriteAsync(
            connection =>
            {
                touched.Clear();
                VectorStore.NoteChange(connection);
                long? active = DeployedModel.Active(connection)?.Id;
                PreparedStatements statements = catalogue.Statements;
                return batch.Select(file => Commit(connection, statements, file, model, active, now, touched)).ToArray();
            },
            (_, _) => Follow(touched),
            cancellationToken).ConfigureAwait(false);
        foreach (Prepared file in batch.Where(f => f is { Problem: null, Thumbnail: not null }))
            thumbnails.Keep(file.Id, file.Thumbnail!);
        return fates;
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
                PreparedStatements statements = catalogue.Statements;
                foreach (Prepared file in batch)
                {
                    if (connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @Id", new { file.Id }) is not { } row)
                        continue;
                    if (file.Facts is not null)
                        FactTable.Replace(connection, row, file.Facts);
                    Imports.Take(connection, row, file, now);
                    Write(connection, statements, row, isNew: false, file, model, active, now);
                    touched.Add(row);
                }

                return touched.Count;
            },
            (_, _) => Follow(touched),
            cancellationToken).ConfigureAwait(false);
    }

    private void Follow(HashSet<long> touched)
    {
        using AnnotatorLease? lease = models.Borrow();
        VectorStore.Follow(catalogue.Statements, lease?.Active, touched);
    }

    private static Fate Commit(SqliteConnection connection, PreparedStatements statements, Prepared file, ActiveModel? model, long? active, long now, HashSet<long> touched)
    {
        if (file.Returned)
        {
            connection.Execute("UPDATE files SET missing = 0 WHERE id = @Id", new { file.Known!.Id });
            Touch(connection, file.Known.Picture, touched);
            if (file.Known.Picture is { } known && file.Sidecars.Count > 0)
                Imports.Take(connection, known, file, now);
            return file.Problem is not null ? Fate.Refused : file.Sidecars.Count > 0 ? Fate.Changed : Fate.Known;
        }

        long? picture = null;
        bool isNew = false;
        if (file.Problem is null)
            (picture, isNew) = PictureRow(statements, file, now);

        if (file.Source is not null && Import(connection, file, picture) is { } fate)
            return fate;

        // The path's row as it is now: an earlier file of this very batch may have written it.
        var before = (long?)statements.Scalar("SELECT picture FROM files WHERE path = @path", ("@path", file.Path));
        statements.Execute(
            """
            INSERT INTO files (path, name, name_key, picture, size, modified, missing, problem, transient)
            VALUES (@path, @name, @key, @picture, @size, @modified, 0, @problem, @transient)
            ON CONFLICT (path) DO UPDATE SET picture = excluded.picture, size = excluded.size, modified = excluded.modified,
                missing = 0, problem = excluded.problem, transient = excluded.transient,
                name = CASE WHEN substr(path, -length(name)) = name THEN excluded.name ELSE name END,
                name_key = CASE WHEN substr(path, -length(name)) = name THEN excluded.name_key ELSE name_key END
            """,
            ("@path", file.Path), ("@name", TextKey.WellFormed(file.Name)), ("@key", TextKey.Of(file.Name)), ("@picture", picture),
            ("@size", file.Size), ("@modified", file.Modified), ("@problem", file.Problem), ("@transient", file.Transient));
        if (isNew)
            touched.Add(picture!.Value); // it is there, and says so from the start
        else
            Touch(connection, picture, touched);
        if (before is not null && before != picture)
            Touch(connection, before, touched);
        if (picture is null)
            return Fate.Refused;
        if (file.Facts is not null)
            Write(connection, statements, picture.Value, isNew, file.Facts);
        Imports.Take(connection, picture.Value, file, now, isNew);
        if (file.Fingerprint is not null)
            MissingFingerprints.Write(statements, picture.Value, file.Fingerprint);
        if (model is not null && file.Probabilities is not null)
            Write(connection, statements, picture.Value, isNew, file, model, active, now);
        return before is not null && before != picture ? Fate.Changed : isNew ? Fate.Added : Fate.Known;
    }

    /// <summary>Remembers where a copy came from.</summary>
    /// <returns>The fate of a file that was not copied; null when its copy is to be catalogued.</returns>
    private static Fate? Import(SqliteConnection connection, Prepared file, long? picture)
    {
        FoundFile source = file.Source!;
        connection.Execute(
            """
            INSERT INTO imports (path, picture, size, modified, problem, transient) VALUES (@Path, @picture, @Size, @Modified, @Problem, @Transient)
            ON CONFLICT (path) DO UPDATE SET picture = excluded.picture, size = excluded.size, modified = excluded.modified, problem = excluded.problem, transient = excluded.transient
            """,
            new { source.Path, picture, source.Size, source.Modified, file.Problem, file.Transient });
        return picture is null ? Fate.Refused : null;
    }

    private static (long? Row, bool IsNew) PictureRow(PreparedStatements statements, Prepared file, long now)
    {
        (long Row, string Sha256)? known = statements.Row("SELECT row, sha256 FROM pictures WHERE id = @id", row => (row.Long(0), row.Text(1)), ("@id", file.Id));
        if (known is { } there)
        {
            if (there.Sha256 == file.Sha256)
                return (there.Row, false);
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
        long sort = taken ?? Math.Min(now, new DateTimeOffset(new DateTime((file.Source?.Modified ?? file.Modified), DateTimeKind.Utc)).ToUnixTimeMilliseconds());
        long added = (long)statements.Scalar(
            """
            INSERT INTO pictures (id, sha256, width, height, bytes, format, taken_at, added_at, sort_at)
            VALUES (@id, @sha256, @width, @height, @size, @format, @taken, @now, @sort) RETURNING row
            """,
            ("@id", file.Id), ("@sha256", file.Sha256), ("@width", header.Width), ("@height", header.Height), ("@size", file.Size),
            ("@format", header.Format.ToString().ToLowerInvariant()), ("@taken", taken), ("@now", now), ("@sort", sort))!;
        return (added, true);
    }

    private static void Write(SqliteConnection connection, PreparedStatements statements, long picture, bool isNew, IReadOnlyList<Fact> facts)
    {
        if (!isNew)
            FactTable.Replace(connection, picture, facts);
        else
        {
            foreach (Fact fact in facts)
                statements.Execute("INSERT INTO facts (picture, fact, share) VALUES (@picture, @fact, @share) ON CONFLICT DO NOTHING", ("@picture", picture), ("@fact", fact.Id), ("@share", fact.Share));
        }
    }

    /// <summary>A model's word replaces its own earlier one, and never what people said or rejected.</summary>
    private static void Write(SqliteConnection connection, PreparedStatements statements, long picture, bool isNew, Prepared file, ActiveModel model, long? active, long now)
    {
        statements.Execute(
            """
            INSERT INTO readings (model, picture, embedding, time) VALUES (@model, @picture, @embedding, @now)
            ON CONFLICT (model, picture) DO UPDATE SET embedding = excluded.embedding, time = excluded.time
            """,
            ("@model", model.Model.Id), ("@picture", picture), ("@embedding", MemoryMarshal.AsBytes<float>(file.Embedding).ToArray()), ("@now", now));
        statements.Execute(
            "INSERT INTO probabilities (model, picture, classes) VALUES (@model, @picture, @classes) ON CONFLICT (model, picture) DO UPDATE SET classes = excluded.classes",
            ("@model", model.Model.Id), ("@picture", picture), ("@classes", ClassShares.Pack(file.Probabilities)));
        AnnotationTable.ReplaceModels(connection, statements, picture, model.Model.Id, model.Annotator.TagsOf(file.Probabilities), now, isNew);
        statements.Execute(
            "UPDATE pictures SET shown_model = @model WHERE row = @picture AND (shown_model IS NULL OR @model = @active)",
            ("@model", model.Model.Id), ("@picture", picture), ("@active", active));
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

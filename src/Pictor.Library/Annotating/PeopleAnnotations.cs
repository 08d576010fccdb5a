using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Facts;
using Pictor.Library.Finding;
using Pictor.Library.Pictures;

namespace Pictor.Library.Annotating;

/// <summary>What people say, reject, hide and rate. Each act is also a line of the history: who, when, what.</summary>
internal sealed class PeopleAnnotations(CatalogueFile catalogue, LibraryModels models, TagWords words, TimeProvider time)
{
    internal async Task<AnnotationItem> AddAsync(string id, AnnotationKind kind, string value, BoundingBox? box, string person, CancellationToken cancellationToken)
    {
        string text = TextKey.WellFormed(value).Trim();
        string key = TextKey.Of(text);
        if (key.Length == 0)
            throw new InputException("value", "the annotation says nothing", "Give a word or a text.") { Code = "annotation.empty" };
        if ((kind == AnnotationKind.Box) != (box is not null) && kind is AnnotationKind.Box or AnnotationKind.Tag)
            throw new InputException("box", kind == AnnotationKind.Box ? "a box annotation needs a box" : "a tag holds for the whole picture", "Use kind box with a box, or kind tag without.") { Code = "annotation.box" };
        if (box is { IsValid: false })
            throw new InputException("box", "the box does not lie inside the picture", "Give x, y, width and height as fractions 0..1 of the upright picture.") { Code = "annotation.box" };

        var annotation = new Annotation(kind, text, null, 1, AnnotationSource.Person(person), box);
        long now = Now();
        return await catalogue.WriteAsync(
            connection =>
            {
                long picture = RowOf(connection, id);
                List<AnnotationRow> alike = [.. connection.Query<AnnotationRow>($"SELECT {AnnotationTable.Columns} FROM annotations a WHERE a.picture = @picture", new { picture })
                    .Where(a => AnnotationTable.AreAlike(a, annotation))];

                // The last word of a person counts: an earlier rejection of the same statement is withdrawn.
                foreach (AnnotationRow rejected in alike.Where(a => a.Rejected))
                    connection.Execute("UPDATE annotations SET rejected = 0 WHERE id = @Id", new { rejected.Id });
                if (kind == AnnotationKind.Tag)
                    FactTable.Reject(connection, picture, key, rejected: false);
                string? labelId = alike.Select(a => a.LabelId).FirstOrDefault(l => l is not null);
                long row = alike.Find(a => a.Source == annotation.Source.ToString())?.Id
                    ?? AnnotationTable.Insert(connection, picture, annotation with { LabelId = labelId }, model: null, now);
                Note(connection, person, picture, "annotate", new { annotation = row, kind, value = text, box });
                return connection.QuerySingle<AnnotationRow>($"SELECT {AnnotationTable.Columns} FROM annotations a WHERE a.id = @row", new { row }).ToItem();
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    internal Task<bool> RejectAsync(string id, long annotationId, string person, CancellationToken cancellationToken) => catalogue.WriteAsync(
        connection =>
        {
            AnnotationRow? row = connection.QueryFirstOrDefault<AnnotationRow>(
                $"SELECT {AnnotationTable.Columns} FROM annotations a JOIN pictures p ON p.row = a.picture WHERE a.id = @annotationId AND p.id = @id AND p.hidden = 0", new { annotationId, id });
            if (row is null)
                return false;
            if (row.Source == AnnotationSource.Person(person).ToString() && !row.Rejected)
            {
                connection.Execute("DELETE FROM annotations WHERE id = @Id", new { row.Id });
                Note(connection, person, row.Picture, "withdraw", new { annotation = row.Id, row.Kind, row.Value, row.Box });
                return true;
            }

            // The statement is rejected, not the line: other models that say the same are wrong too, now and later.
            foreach (AnnotationRow other in connection.Query<AnnotationRow>($"SELECT {AnnotationTable.Columns} FROM annotations a WHERE a.picture = @Picture AND a.rank <= @Rank", new { row.Picture, row.Rank })
                .Where(a => AnnotationTable.AreAlike(a, row.Kind, row.ValueKey, row.Box)))
                connection.Execute("UPDATE annotations SET rejected = 1 WHERE id = @Id", new { other.Id });
            Note(connection, person, row.Picture, "reject", new { annotation = row.Id, row.Kind, row.Value, row.Box, row.Source });
            return true;
        },
        cancellationToken: cancellationToken);

    /// <summary>Rejects a word for a picture, said or not. What nobody has said is kept as a rejected line, which stops later runs as any other does.</summary>
    internal Task<bool> RejectTagAsync(string id, string value, string person, CancellationToken cancellationToken)
    {
        string text = TextKey.WellFormed(value).Trim(), key = TextKey.Of(text);
        if (key.Length == 0)
            throw new InputException("value", "there is no word to reject", "Give the tag or fact that does not hold.") { Code = "annotation.empty" };
        TagWords.Meaning meaning = words.Of(key); // the class of that name is meant in whatever language it was tagged
        return catalogue.WriteAsync(
            connection =>
            {
                if (connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @id AND hidden = 0", new { id }) is not { } picture)
                    return false;
                int facts = FactTable.Reject(connection, picture, key, rejected: true);
                int said = connection.Execute("UPDATE annotations SET rejected = 1 WHERE picture = @picture AND kind = 'tag' AND (value_key IN @Keys OR label_id IN @LabelIds)", new { picture, meaning.Keys, meaning.LabelIds });
                if (facts == 0 && said == 0)
                {
                    long row = AnnotationTable.Insert(connection, picture, new Annotation(AnnotationKind.Tag, text, null, 1, AnnotationSource.Person(person)), model: null, Now());
                    connection.Execute("UPDATE annotations SET rejected = 1 WHERE id = @row", new { row });
                }

                Note(connection, person, picture, "reject", new { kind = AnnotationKind.Tag, value = text, facts });
                return true;
            },
            cancellationToken: cancellationToken);
    }

    internal Task<bool> HideAsync(string id, bool hidden, string person, CancellationToken cancellationToken) => ChangeAsync(
        id, hidden ? "hide" : "unhide", person, new { hidden }, "UPDATE pictures SET hidden = @hidden WHERE row = @row", new { hidden }, cancellationToken);

    internal Task<bool> RateAsync(string id, int? rating, bool? favourite, string person, CancellationToken cancellationToken)
    {
        if (rating is < 0 or > 5)
            throw new InputException("rating", $"{rating} is not between 0 and 5", "Give 0 (none) to 5 stars.") { Code = "rating.invalid" };
        return ChangeAsync(
            id, "rate", person, new { rating, favourite },
            "UPDATE pictures SET rating = ifnull(@rating, rating), favourite = ifnull(@favourite, favourite) WHERE row = @row", new { rating, favourite }, cancellationToken);
    }

    private Task<bool> ChangeAsync(string id, string action, string person, object detail, string sql, object parameters, CancellationToken cancellationToken)
    {
        long? touched = null;
        return catalogue.WriteAsync(
            connection =>
            {
                touched = connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @id", new { id });
                if (touched is not { } row)
                    return false;
                var all = new DynamicParameters(parameters);
                all.Add("row", row);
                connection.Execute(sql, all);
                if (action is "hide" or "unhide")
                    VectorStore.NoteChange(connection);
                Note(connection, person, row, action, detail);
                return true;
            },
            (connection, _) =>
            {
                using AnnotatorLease? lease = models.Borrow();
                if (touched is { } row)
                    VectorStore.Follow(connection, lease?.Active, [row]);
            },
            cancellationToken);
    }

    private static long RowOf(SqliteConnection connection, string id) =>
        connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @id AND hidden = 0", new { id }) ?? throw Listing.Unknown(id);

    private void Note(SqliteConnection connection, string person, long picture, string action, object detail) => connection.Execute(
        "INSERT INTO history (time, person, picture, action, detail) VALUES (@now, @person, @picture, @action, @detail)",
        new { now = Now(), person, picture, action, detail = JsonSerializer.Serialize(detail, PictorJson.Compact) });

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}

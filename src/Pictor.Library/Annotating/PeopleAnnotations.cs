using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;
using Pictor.Library.Correcting;
using Pictor.Library.Facts;
using Pictor.Library.Finding;
using Pictor.Library.Pictures;

namespace Pictor.Library.Annotating;

/// <summary>What people say, reject, hide and rate, one picture at a time. Each act is also a line of the history, and can be undone.</summary>
internal sealed class PeopleAnnotations(ChangeLog log, TagWords words)
{
    internal Task<(AnnotationItem Item, ChangeReceipt Receipt)> AddAsync(string id, AnnotationKind kind, string value, BoundingBox? box, string person, CancellationToken cancellationToken)
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
        return log.WriteAsync(
            person, "annotate",
            change =>
            {
                SqliteConnection connection = change.Connection;
                long picture = RowOf(connection, id);
                List<AnnotationRow> alike = [.. connection.Query<AnnotationRow>($"SELECT {AnnotationTable.Columns} FROM annotations a WHERE a.picture = @picture", new { picture })
                    .Where(a => AnnotationTable.AreAlike(a, annotation))];

                // The last word of a person counts: an earlier rejection of the same statement is withdrawn. What was only a rejection says nothing without it.
                foreach (AnnotationRow rejected in alike.Where(a => a.Rejected))
                    connection.Execute(rejected.Confidence == 0 ? "DELETE FROM annotations WHERE id = @Id" : "UPDATE annotations SET rejected = 0 WHERE id = @Id", new { rejected.Id });
                if (kind == AnnotationKind.Tag)
                    FactTable.Reject(connection, picture, key, rejected: false);
                string? labelId = alike.Select(a => a.LabelId).FirstOrDefault(l => l is not null);
                long row = alike.Find(a => a.Source == annotation.Source.ToString() && !(a.Rejected && a.Confidence == 0))?.Id
                    ?? AnnotationTable.Insert(connection, picture, annotation with { LabelId = labelId }, model: null, change.Now);
                Tell(change, picture, new { annotation = row, kind, value = text, box });
                return connection.QuerySingle<AnnotationRow>($"SELECT {AnnotationTable.Columns} FROM annotations a WHERE a.id = @row", new { row }).ToItem();
            },
            cancellationToken);
    }

    internal Task<(bool IsKnown, ChangeReceipt Receipt)> RejectAsync(string id, long annotationId, string person, CancellationToken cancellationToken) => log.WriteAsync(
        person, "reject",
        change =>
        {
            SqliteConnection connection = change.Connection;
            AnnotationRow? row = connection.QueryFirstOrDefault<AnnotationRow>(
                $"SELECT {AnnotationTable.Columns} FROM annotations a JOIN pictures p ON p.row = a.picture WHERE a.id = @annotationId AND p.id = @id AND p.hidden = 0", new { annotationId, id });
            if (row is null)
                return false;
            if (row.Source == AnnotationSource.Person(person).ToString() && !row.Rejected)
            {
                connection.Execute("DELETE FROM annotations WHERE id = @Id", new { row.Id });
                change.Action = "withdraw";
                Tell(change, row.Picture, new { annotation = row.Id, row.Kind, row.Value, row.Box });
                return true;
            }

            // The statement is rejected, not the line: other models that say the same are wrong too, now and later.
            foreach (AnnotationRow other in connection.Query<AnnotationRow>($"SELECT {AnnotationTable.Columns} FROM annotations a WHERE a.picture = @Picture AND a.rank <= @Rank", new { row.Picture, row.Rank })
                .Where(a => AnnotationTable.AreAlike(a, row.Kind, row.ValueKey, row.Box)))
                connection.Execute("UPDATE annotations SET rejected = 1 WHERE id = @Id", new { other.Id });
            Tell(change, row.Picture, new { annotation = row.Id, row.Kind, row.Value, row.Box, row.Source });
            return true;
        },
        cancellationToken);

    /// <summary>Rejects a word for a picture, said or not. What nobody has said is kept as a rejected line, which stops later runs as any other does.</summary>
    internal Task<(bool IsKnown, ChangeReceipt Receipt)> RejectTagAsync(string id, string value, string person, CancellationToken cancellationToken)
    {
        if (TextKey.Of(value).Length == 0)
            throw new InputException("value", "there is no word to reject", "Give the tag or fact that does not hold.") { Code = "annotation.empty" };
        return log.WriteAsync(
            person, "reject",
            change =>
            {
                if (change.Connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @id AND hidden = 0", new { id }) is not { } picture)
                    return false;
                Chosen.Fill(change.Connection, [id], hiddenToo: false);
                TagStatements.Of(change, words, value, person).Reject();
                Tell(change, picture, new { kind = AnnotationKind.Tag, value = TextKey.WellFormed(value).Trim() });
                return true;
            },
            cancellationToken);
    }

    internal Task<(bool IsKnown, ChangeReceipt Receipt)> HideAsync(string id, bool hidden, string person, CancellationToken cancellationToken) => ChangeAsync(
        id, hidden ? "hide" : "unhide", person, new { hidden }, "UPDATE pictures SET hidden = @hidden WHERE row = @row", new { hidden }, cancellationToken);

    internal Task<(bool IsKnown, ChangeReceipt Receipt)> RateAsync(string id, int? rating, bool? favourite, string person, CancellationToken cancellationToken)
    {
        if (rating is < 0 or > 5)
            throw new InputException("rating", $"{rating} is not between 0 and 5", "Give 0 (none) to 5 stars.") { Code = "rating.invalid" };
        return ChangeAsync(
            id, "rate", person, new { rating, favourite },
            "UPDATE pictures SET rating = ifnull(@rating, rating), favourite = ifnull(@favourite, favourite) WHERE row = @row", new { rating, favourite }, cancellationToken);
    }

    private Task<(bool IsKnown, ChangeReceipt Receipt)> ChangeAsync(string id, string action, string person, object detail, string sql, object parameters, CancellationToken cancellationToken) => log.WriteAsync(
        person, action,
        change =>
        {
            if (change.Connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @id", new { id }) is not { } row)
                return false;
            var all = new DynamicParameters(parameters);
            all.Add("row", row);
            change.Connection.Execute(sql, all);
            Tell(change, row, detail);
            return true;
        },
        cancellationToken);

    private static void Tell(OpenChange change, long picture, object detail) => (change.Picture, change.Detail) = (picture, detail);

    private static long RowOf(SqliteConnection connection, string id) =>
        connection.ExecuteScalar<long?>("SELECT row FROM pictures WHERE id = @id AND hidden = 0", new { id }) ?? throw Listing.Unknown(id);
}

using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Imaging;
using Pictor.Library.Annotating;
using Pictor.Library.Catalogue;
using Pictor.Library.Ingest;

namespace Pictor.Library.Importing;

/// <summary>
/// From metadata to annotations of source <c>import</c>. All that a picture's file and sidecars say is kept beside the annotations, so that these can be made anew when one of them
/// changes: what still stands keeps its line, what is new gets one, what nobody says any more loses it. What a person rejected stays rejected.
/// A sidecar that is gone is no reason to forget: its words stay until another one speaks for the picture.
/// </summary>
internal static class Imports
{
    /// <summary>What <see cref="AnnotationItem.LabelId"/> says of a title, which is a caption like a description but is not written back as one.</summary>
    internal const string Title = "title";

    /// <summary>Takes over what preparation found; nothing happens where it did not look.</summary>
    /// <param name="connection">The writer.</param>
    /// <param name="picture">Its row.</param>
    /// <param name="file">What was found.</param>
    /// <param name="now">The time of the annotations.</param>
    /// <param name="isNew">The picture was made in this transaction: nothing was said of it before.</param>
    internal static void Take(SqliteConnection connection, long picture, Prepared file, long now, bool isNew = false)
    {
        if (file.Header is { } header)
            MetadataTable.Replace(connection, picture, header, file.Description, isNew);
        if (file.Sidecars.Count > 0)
            TakeSidecars(connection, picture, file.Sidecars);
        bool silent = (file.Description is null || file.Description.IsEmpty) && file.Sidecars.Count == 0;
        if (!silent || (file.Header is not null && !isNew && HasSpoken(connection, picture)))
            Annotate(connection, picture, now);
    }

    /// <summary>Of most pictures nobody says anything, and they should cost as little.</summary>
    private static bool HasSpoken(SqliteConnection connection, long picture) => connection.ExecuteScalar<bool>(
        "SELECT EXISTS (SELECT 1 FROM annotations WHERE picture = @picture AND source = 'import') OR EXISTS (SELECT 1 FROM sidecars WHERE picture = @picture)", new { picture });

    /// <summary>Makes the annotations agree with what is said.</summary>
    internal static void Annotate(SqliteConnection connection, long picture, long now)
    {
        DescriptiveMetadata said = SaidOf(connection, picture);
        List<AnnotationRow> all = connection.Query<AnnotationRow>($"SELECT {AnnotationTable.Columns} FROM annotations a WHERE a.picture = @picture", new { picture }).AsList();
        List<AnnotationRow> mine = all.FindAll(a => a.Source == AnnotationSource.Import.ToString() && !a.Rejected);
        using var statements = new PreparedStatements(connection);
        foreach (Annotation wanted in Statements(said).Select(statement => AnnotationTable.Renamed(statements, statement)))
        {
            AnnotationRow? there = mine.Find(a => AnnotationTable.AreAlike(a, wanted));
            if (there is not null)
            {
                mine.Remove(there);
                if (there.LabelId != wanted.LabelId || there.Value != wanted.Value)
                    connection.Execute("UPDATE annotations SET value = @Value, label_id = @LabelId WHERE id = @Id", new { wanted.Value, wanted.LabelId, there.Id });
            }
            else if (!all.Exists(a => a.Rejected && AnnotationTable.AreAlike(a, wanted)))
            {
                AnnotationTable.Insert(connection, picture, wanted, model: null, now);
            }
        }

        foreach (AnnotationRow gone in mine)
            connection.Execute("DELETE FROM annotations WHERE id = @Id", new { gone.Id });

        // The stars of a person stand, also when they are none.
        if (said.Rating is { } rating)
            connection.Execute("UPDATE pictures SET rating = @rating WHERE row = @picture", new { rating = PersonRated(connection, picture) ?? rating, picture });
    }

    /// <summary>The stars that a person gave last; null when nobody did, or took it back. Before schema 5 the table history noted it.</summary>
    internal static int? PersonRated(SqliteConnection connection, long picture) => connection.ExecuteScalar<int?>(
        """
        SELECT rating FROM pictures WHERE row = @picture AND (
            EXISTS (SELECT 1 FROM change_rows r JOIN changes c ON c.id = r.change WHERE r.subject = 'rating' AND r.row = @picture AND c.undone_by IS NULL AND c.undoes IS NULL)
            OR EXISTS (SELECT 1 FROM history WHERE picture = @picture AND action = 'rate' AND json_extract(detail, '$.rating') IS NOT NULL))
        """,
        new { picture });

    /// <summary>The file's own words and those of its sidecars; of texts and stars the last one that was given counts.</summary>
    internal static DescriptiveMetadata SaidOf(SqliteConnection connection, long picture)
    {
        DescriptiveMetadata all = MetadataTable.SaidIn(connection, picture);
        foreach (SidecarTable.Row sidecar in SidecarTable.Of(connection, picture))
        {
            var ours = new HashSet<string>(sidecar.Written.Select(TextKey.Of), StringComparer.Ordinal);
            all = new DescriptiveMetadata
            {
                Keywords = [.. all.Keywords.Concat(sidecar.Said.Keywords.Where(k => !ours.Contains(TextKey.Of(k.Word)))).GroupBy(k => TextKey.Of(k.Word), StringComparer.Ordinal).Select(g => g.FirstOrDefault(k => k.Path is not null) ?? g.First())],
                Title = sidecar.Said.Title ?? all.Title,
                Description = sidecar.Said.Description ?? all.Description,
                Rating = sidecar.Said.Rating ?? all.Rating,
            };
        }

        return all;
    }

    private static IEnumerable<Annotation> Statements(DescriptiveMetadata said)
    {
        foreach (Keyword keyword in said.Keywords.Where(k => TextKey.Of(k.Word).Length > 0).DistinctBy(k => TextKey.Of(k.Word), StringComparer.Ordinal))
            yield return new Annotation(AnnotationKind.Tag, keyword.Word, keyword.Path, 1, AnnotationSource.Import);
        if (said.Description is { } description && TextKey.Of(description).Length > 0)
            yield return new Annotation(AnnotationKind.Caption, description, null, 1, AnnotationSource.Import);
        if (said.Title is { } title && TextKey.Of(title).Length > 0 && TextKey.Of(title) != TextKey.Of(said.Description ?? ""))
            yield return new Annotation(AnnotationKind.Caption, title, Title, 1, AnnotationSource.Import);
    }

    // The picture was moved and its sidecar with it: what the old one said is said by the new one, or not at all.
    private static void TakeSidecars(SqliteConnection connection, long picture, IReadOnlyList<Sidecar> sidecars)
    {
        IReadOnlyList<SidecarTable.Row> before = SidecarTable.Of(connection, picture);
        SidecarTable.Row[] gone = [.. before.Where(row => !sidecars.Any(s => s.Path == row.Path) && !File.Exists(row.Path))];
        foreach (SidecarTable.Row row in gone)
            SidecarTable.Forget(connection, picture, row.Path);
        foreach (Sidecar sidecar in sidecars)
        {
            SidecarTable.Row? known = before.FirstOrDefault(row => row.Path == sidecar.Path);
            IReadOnlyList<string> written = known?.Written ?? [.. gone.SelectMany(row => row.Written)];

            // A sidecar that is broken today says what it said before.
            SidecarTable.Put(connection, picture, sidecar.Problem is null || known is null ? sidecar : sidecar with { Said = known.Said }, written);
        }
    }
}

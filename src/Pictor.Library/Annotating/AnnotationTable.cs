using Dapper;
using Microsoft.Data.Sqlite;
using Pictor.Library.Catalogue;

namespace Pictor.Library.Annotating;

/// <summary>A row of the table annotations.</summary>
internal sealed class AnnotationRow
{
    public long Id { get; set; }

    public long Picture { get; set; }

    public string Kind { get; set; } = "";

    public string Value { get; set; } = "";

    public string ValueKey { get; set; } = "";

    public string? LabelId { get; set; }

    public double Confidence { get; set; }

    public string Source { get; set; } = "";

    public int Rank { get; set; }

    public double? X { get; set; }

    public double? Y { get; set; }

    public double? Width { get; set; }

    public double? Height { get; set; }

    public bool Rejected { get; set; }

    public long Time { get; set; }

    internal BoundingBox? Box => X is { } x ? new BoundingBox(x, Y!.Value, Width!.Value, Height!.Value) : null;

    internal AnnotationItem ToItem() => new(
        Id, Enum.Parse<AnnotationKind>(Kind, ignoreCase: true), Value, LabelId, Confidence, Source, Box, Rejected, DateTimeOffset.FromUnixTimeMilliseconds(Time));
}

/// <summary>The SQL of the table annotations. A person outranks an import, an import a model; what a person rejected stays rejected whoever says it again.</summary>
internal static class AnnotationTable
{
    internal const string Columns = "a.id, a.picture, a.kind, a.value, a.value_key AS ValueKey, a.label_id AS LabelId, a.confidence, a.source, a.rank, a.x, a.y, a.width, a.height, a.rejected, a.time";

    internal static string Word(AnnotationKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Everything that stands about a picture: what people, imports and the shown model said, then what was rejected; one line for equal statements, the highest rank first.</summary>
    internal static IEnumerable<AnnotationRow> Of(SqliteConnection connection, long picture) =>
        connection.Query<AnnotationRow>(
            $"""
            SELECT {Columns} FROM annotations a JOIN pictures p ON p.row = a.picture
            WHERE a.picture = @picture AND (a.rejected = 1 OR a.rank > 1 OR a.model = p.shown_model)
            ORDER BY a.rejected, a.rank DESC, a.confidence DESC, a.id
            """,
            new { picture }).DistinctBy(a => (a.Kind, a.ValueKey, a.Box));

    /// <summary>What a model says now takes the place of what it said before. A line that says the same stays, with its id: whoever names it by that, or undoes a change of it, still means it.</summary>
    internal static void ReplaceModels(
        SqliteConnection connection, PreparedStatements statements, long picture, long model, IReadOnlyList<Annotation> annotations, long now, bool isNew = false)
    {
        List<AnnotationRow> before = isNew ? [] : connection.Query<AnnotationRow>(
            $"SELECT {Columns} FROM annotations a WHERE a.picture = @picture AND (a.rejected = 1 OR a.model = @model) ORDER BY a.id", new { picture, model }).AsList();
        foreach (Annotation said in annotations)
        {
            Annotation annotation = Renamed(statements, said);
            if (before.Exists(r => r.Rejected && AreAlike(r, annotation)))
                continue;
            AnnotationRow[] alike = [.. before.Where(r => AreAlike(r, annotation))];
            if ((Array.Find(alike, r => r.LabelId == annotation.LabelId) ?? alike.FirstOrDefault()) is not { } same)
            {
                Insert(statements, picture, annotation, model, now);
                continue;
            }

            before.Remove(same);
            connection.Execute(
                "UPDATE annotations SET confidence = @Confidence, label_id = @LabelId, time = @now, x = @X, y = @Y, width = @Width, height = @Height WHERE id = @Id",
                new { same.Id, annotation.Confidence, annotation.LabelId, now, annotation.Box?.X, annotation.Box?.Y, annotation.Box?.Width, annotation.Box?.Height });
        }

        foreach (AnnotationRow gone in before.Where(r => !r.Rejected))
            connection.Execute("DELETE FROM annotations WHERE id = @Id", new { gone.Id });
    }

    /// <summary>The word that people gave a tag in place of its own; models and imports that go on saying the old one are heard as the new.</summary>
    internal static Annotation Renamed(PreparedStatements statements, Annotation annotation) =>
        annotation.Kind is AnnotationKind.Tag or AnnotationKind.Box
            && statements.Scalar("SELECT value FROM tag_aliases WHERE from_key = @key", ("@key", TextKey.Of(annotation.Value))) is string value
            ? annotation with { Value = value }
            : annotation;

    internal static long Insert(SqliteConnection connection, long picture, Annotation said, long? model, long now)
    {
        using var statements = new PreparedStatements(connection);
        return Insert(statements, picture, said.Source.Rank == 2 ? Renamed(statements, said) : said, model, now);
    }

    /// <summary>The row of a word that is not to be renamed, or was already.</summary>
    private static long Insert(PreparedStatements statements, long picture, Annotation annotation, long? model, long now) => (long)statements.Scalar(
        """
        INSERT INTO annotations (picture, kind, value, value_key, label_id, confidence, source, rank, model, x, y, width, height, time)
        VALUES (@picture, @kind, @value, @key, @label, @confidence, @source, @rank, @model, @x, @y, @width, @height, @now) RETURNING id
        """,
        ("@picture", picture), ("@kind", Word(annotation.Kind)), ("@value", annotation.Value), ("@key", TextKey.Of(annotation.Value)), ("@label", annotation.LabelId),
        ("@confidence", annotation.Confidence), ("@source", annotation.Source.ToString()), ("@rank", annotation.Source.Rank), ("@model", model),
        ("@x", annotation.Box?.X), ("@y", annotation.Box?.Y), ("@width", annotation.Box?.Width), ("@height", annotation.Box?.Height), ("@now", now))!;

    /// <summary>The same statement: equal kind and word, and boxes that overlap by at least half (intersection over union).</summary>
    internal static bool AreAlike(AnnotationRow row, Annotation annotation) => AreAlike(row, Word(annotation.Kind), TextKey.Of(annotation.Value), annotation.Box);

    internal static bool AreAlike(AnnotationRow row, string kind, string key, BoundingBox? box)
    {
        if (row.Kind != kind || row.ValueKey != key)
            return false;
        if (row.Box is not { } a || box is not { } b)
            return row.Box is null && box is null;
        double width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X), height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        if (width <= 0 || height <= 0)
            return false;
        double shared = width * height;
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared) >= 0.5;
    }
}

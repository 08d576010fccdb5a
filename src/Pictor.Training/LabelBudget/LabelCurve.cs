using System.Text.Json;
using Pictor.Training.Runs;

namespace Pictor.Training.LabelBudget;

/// <summary><c>label-budget.json</c>: the points, the curve through them, and what more labels are worth.</summary>
public sealed record LabelCurve
{
    internal const int CurrentSchema = 1;
    internal const string FileName = "label-budget.json", PictureName = "label-budget.svg", PageName = "label-budget.html", PointsName = "points";

    /// <summary>Version of this file's shape.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The data set, absolute.</summary>
    public string Data { get; init; } = "";

    /// <summary>Network of the points, or "head".</summary>
    public string? Network { get; init; }

    /// <summary>Classes of the training part.</summary>
    public int Classes { get; init; }

    /// <summary>Pictures that every point is judged on.</summary>
    public int ValPictures { get; init; }

    /// <summary>The package of all pictures, absolute; null for heads.</summary>
    public string? Model { get; init; }

    /// <summary>Seconds spent.</summary>
    public double Seconds { get; init; }

    /// <summary>In words.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>Fit and intervals; null with fewer than three points.</summary>
    public LabelWorth? Worth { get; init; }

    /// <summary>Ascending.</summary>
    public IReadOnlyList<LabelPoint> Points { get; init; } = [];

    /// <summary>As in the file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PictorJson.Indented);

    internal static LabelCurve? TryRead(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<LabelCurve>(File.ReadAllText(path), PictorJson.Compact) is { Schema: CurrentSchema, Points: not null } curve
                ? curve
                : throw new InputException(path, "it is not a curve that this Pictor wrote", "Name another folder with --out.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"it cannot be read ({e.Message})", "Name another folder with --out.", e);
        }
    }

    /// <summary>The curve with its fit, written as JSON, picture and page.</summary>
    internal LabelCurve Publish(string folder, int draws, int seed)
    {
        LabelCurve curve = this with { Points = [.. Points.OrderBy(p => p.Mean)] };
        curve = curve with { Worth = LabelWorth.Of(curve.Points, ValPictures, draws, seed) };
        curve = curve with { Sentence = curve.Worth?.Sentence() ?? "There are fewer than three points, too few for a curve." };
        RunFiles.Replace(Path.Combine(folder, FileName), curve.ToJson() + "\n");
        RunFiles.Replace(Path.Combine(folder, PictureName), LabelPage.Picture(curve));
        RunFiles.Replace(Path.Combine(folder, PageName), LabelPage.Html(curve));
        return curve;
    }
}

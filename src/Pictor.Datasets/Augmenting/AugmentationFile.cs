using System.Globalization;
using System.Text.Json;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Reads, checks and writes <c>augment.json</c>. A misspelt field is a fault, not a change that quietly stays off.</summary>
internal static class AugmentationFile
{
    private const string Remedy = "The fields are crop (whole pixels), rotation (degrees 0..180), flip (true or false), brightness and contrast (0..1 each).";
    private static readonly string[] s_fields = ["crop", "rotation", "flip", "brightness", "contrast"];

    public static Augmentation Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, File.Exists(path) ? $"The file cannot be read ({e.Message})" : "There is no such file", Remedy, e);
        }

        return Parse(bytes, path);
    }

    public static Augmentation Parse(ReadOnlyMemory<byte> json, string subject)
    {
        try
        {
            if (json.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
                json = json[3..];
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return Read(document.RootElement, subject);
        }
        catch (JsonException e)
        {
            throw new InputException(subject, $"It is no JSON (line {e.LineNumber + 1})", Remedy, e);
        }
    }

    public static void Save(Augmentation augmentation, string path) => File.WriteAllText(path, JsonSerializer.Serialize(augmentation, PictorJson.Indented) + "\n");

    /// <summary>Checks the ranges; with a shape also that the crop leaves something of the picture.</summary>
    public static void Check(Augmentation a, string subject, PictureShape? shape = null)
    {
        var faults = new List<string>();
        int most = shape is { } s ? Math.Min(s.Width, s.Height) / 2 : 4096;
        if (a.Crop < 0 || a.Crop > most)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"crop is {a.Crop}, expected 0 to {most}{(shape is null ? "" : $" for pictures of {shape}")}"));
        Range(faults, "rotation", a.Rotation, 180);
        Range(faults, "brightness", a.Brightness, 1);
        Range(faults, "contrast", a.Contrast, 1);
        Throw(faults, subject);
    }

    private static Augmentation Read(JsonElement root, string subject)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InputException(subject, $"It holds a JSON {root.ValueKind} where an object is expected", Remedy);
        var faults = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Augmentation a = Augmentation.None;
        foreach (JsonProperty field in root.EnumerateObject())
        {
            if (!seen.Add(field.Name))
                faults.Add($"{field.Name} stands twice");
            a = field.Name switch
            {
                "crop" => a with { Crop = field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt32(out int crop) ? crop : Wrong(faults, field, "a whole number", 0) },
                "rotation" => a with { Rotation = Number(faults, field) },
                "flip" => a with { Flip = field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? field.Value.GetBoolean() : Wrong(faults, field, "true or false", false) },
                "brightness" => a with { Brightness = Number(faults, field) },
                "contrast" => a with { Contrast = Number(faults, field) },
                _ => Unknown(faults, field.Name, a),
            };
        }

        try
        {
            Check(a, subject);
        }
        catch (InputException e) when (faults.Count > 0)
        {
            faults.Add(e.Problem);
        }

        Throw(faults, subject);
        return a;
    }

    private static Augmentation Unknown(List<string> faults, string name, Augmentation unchanged)
    {
        faults.Add(NearestWord.Of(name, s_fields) is { } near ? $"there is no field '{name}'; did you mean '{near}'?" : $"there is no field '{name}'");
        return unchanged;
    }

    private static double Number(List<string> faults, JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetDouble(out double value) ? value : Wrong(faults, field, "a number", 0.0);

    private static T Wrong<T>(List<string> faults, JsonProperty field, string expected, T fallback)
    {
        string found = field.Value.GetRawText();
        faults.Add($"{field.Name} is {(found.Length > 40 ? found[..40] + "…" : found)}, expected {expected}");
        return fallback;
    }

    private static void Range(List<string> faults, string name, double value, double most)
    {
        if (!(value >= 0 && value <= most))
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, expected 0 to {most}"));
    }

    private static void Throw(List<string> faults, string subject)
    {
        if (faults.Count > 0)
            throw new InputException(subject, string.Join("; ", faults), Remedy);
    }
}

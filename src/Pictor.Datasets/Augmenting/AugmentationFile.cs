using System.Text.Json;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>Reads, checks and writes <c>augment.json</c>. A misspelt field is a fault, not a change that quietly stays off.</summary>
internal static class AugmentationFile
{
    private const string Preset = "preset";
    private static readonly string s_remedy =
        $"Give a preset's name ({string.Join(", ", AugmentationPresets.All.Select(p => p.Name))}) or an object of preset, {string.Join(", ", AugmentationFields.All.Select(f => f.Name))}.";

    public static Augmentation Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, File.Exists(path) ? $"The file cannot be read ({e.Message})" : "There is no such file", s_remedy, e);
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
            var faults = new List<string>();
            Augmentation augmentation = Read(document.RootElement, "", faults, null);
            Throw(faults, subject);
            return augmentation;
        }
        catch (JsonException e)
        {
            throw new InputException(subject, $"It is no JSON (line {e.LineNumber + 1})", s_remedy, e);
        }
    }

    public static void Save(Augmentation augmentation, string path) => File.WriteAllText(path, JsonSerializer.Serialize(augmentation, PictorJson.Indented) + "\n");

    /// <summary>Checks the ranges; with a shape also that the crop leaves something of the picture.</summary>
    public static void Check(Augmentation a, string subject, PictureShape? shape = null) => Throw([.. Faults(a, "", shape)], subject);

    public static IEnumerable<string> Faults(Augmentation a, string prefix, PictureShape? shape)
    {
        foreach (AugmentationField field in AugmentationFields.All)
        {
            bool isCrop = shape is not null && field.Name == "crop";
            string? fault = isCrop ? field.Fault(a, prefix, Math.Min(shape!.Value.Width, shape.Value.Height) / 2, $" for pictures of {shape}") : field.Fault(a, prefix);
            if (fault is not null)
                yield return fault;
        }
    }

    /// <summary>A preset's name or an object.</summary>
    public static Augmentation Read(JsonElement root, string prefix, ICollection<string> faults, Augmentation? basis)
    {
        Augmentation a = basis ?? Augmentation.None;
        if (root.ValueKind == JsonValueKind.String)
            return Named(root.GetString()!, prefix.TrimEnd('.'), faults) ?? a;
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{(prefix.Length > 0 ? prefix.TrimEnd('.') : "it")} holds a JSON {root.ValueKind} where a preset's name or an object is expected");
            return a;
        }

        // The preset comes first wherever it stands, for the other fields override it.
        foreach (JsonProperty field in root.EnumerateObject().Where(field => field.NameEquals(Preset)))
        {
            if (field.Value.ValueKind == JsonValueKind.String)
                a = Named(field.Value.GetString()!, prefix + Preset, faults) ?? a;
            else
                faults.Add($"{prefix}{Preset} is {Shorten(field.Value)}, expected a preset's name in quotes");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                faults.Add($"{prefix}{property.Name} stands twice");
            if (AugmentationFields.Find(property.Name) is not { } field)
                Unknown(property.Name, prefix, faults);
            else if (ValueOf(field, property.Value) is { } value)
                a = field.Set(a, value);
            else
                faults.Add($"{prefix}{field.Name} is {Shorten(property.Value)}, expected {field.Expected}");
        }

        foreach (string fault in Faults(a, prefix, null))
            faults.Add(fault);
        return a;
    }

    private static Augmentation? Named(string name, string where, ICollection<string> faults)
    {
        if (AugmentationPresets.Find(name) is { } preset)
            return preset.Augmentation;
        faults.Add($"{where}{(where.Length > 0 ? ": " : "")}{AugmentationPresets.Problem(name)}");
        return null;
    }

    private static void Unknown(string name, string prefix, ICollection<string> faults)
    {
        if (name == Preset)
            return;
        string? near = NearestWord.Of(name, [.. AugmentationFields.All.Select(field => field.Name), Preset]);
        faults.Add(near is null ? $"there is no field '{prefix}{name}'" : $"there is no field '{prefix}{name}'; did you mean '{prefix}{near}'?");
    }

    private static object? ValueOf(AugmentationField field, JsonElement value) => (field.Kind, value.ValueKind) switch
    {
        (AugmentationValue.Switch, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (AugmentationValue.Count, JsonValueKind.Number) when value.TryGetInt32(out int count) => count,
        (AugmentationValue.Number, JsonValueKind.Number) when value.TryGetDouble(out double number) => number,
        (AugmentationValue.Word, JsonValueKind.String) when field.Words.Contains(value.GetString()!, StringComparer.Ordinal) => value.GetString(),
        _ => null,
    };

    private static string Shorten(JsonElement value)
    {
        string found = value.GetRawText();
        return found.Length > 40 ? found[..40] + "…" : found;
    }

    private static void Throw(List<string> faults, string subject)
    {
        if (faults.Count > 0)
            throw new InputException(subject, string.Join("; ", faults), s_remedy);
    }
}

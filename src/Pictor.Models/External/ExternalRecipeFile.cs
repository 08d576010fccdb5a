using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pictor.Models.External;

/// <summary>Reads <see cref="ExternalRecipe"/> from JSON; a field that no recipe has is a fault.</summary>
public static class ExternalRecipeFile
{
    private const string Remedy = "Write a recipe such as { \"name\": \"mobilenet\", \"input\": { \"width\": 224, \"height\": 224, \"mean\": [0.485, 0.456, 0.406], \"std\": [0.229, 0.224, 0.225] }, "
        + "\"outputs\": { \"logits\": \"output\", \"embedding\": \"472\" } }.";

    private static readonly Dictionary<string, string[]> s_fields = new(StringComparer.Ordinal)
    {
        [""] = ["name", "version", "input", "outputs", "multiLabel", "tagThreshold", "about"],
        ["input"] = ["width", "height", "channels", "mean", "std", "colourOrder", "layout", "policy", "filter"],
        ["outputs"] = ["logits", "probabilities", "embedding"],
    };

    /// <summary>Reads a recipe file.</summary>
    /// <exception cref="InputException">recipe.invalid: missing, not JSON, unknown or missing fields.</exception>
    public static ExternalRecipe Load(string path)
    {
        try
        {
            JsonNode? json = JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (json is not JsonObject fields)
                throw Invalid(path, "it holds no JSON object", null);
            string[] faults = [.. Unknown("", fields), .. Unknown("input", fields["input"] as JsonObject), .. Unknown("outputs", fields["outputs"] as JsonObject)];
            if (faults.Length > 0)
                throw Invalid(path, string.Join("; ", faults), null);
            ExternalRecipe recipe = fields.Deserialize<ExternalRecipe>(PictorJson.Compact)!;
            return recipe is { Name: not null, Input: { Mean: not null, Std: not null }, Outputs: not null } ? recipe : throw Invalid(path, "name, input, outputs, mean or std is null", null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Invalid(path, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, File.Exists(path) ? $"it cannot be read: {e.Message}" : "there is no such file", e);
        }
    }

    private static IEnumerable<string> Unknown(string group, JsonObject? fields)
    {
        foreach ((string name, _) in fields ?? [])
        {
            if (s_fields[group].Contains(name, StringComparer.Ordinal))
                continue;
            string hint = NearestWord.Of(name, s_fields[group]) is { } near ? $"; did you mean '{near}'?" : "";
            yield return $"there is no field '{(group.Length > 0 ? $"{group}." : "")}{name}'{hint}";
        }
    }

    private static InputException Invalid(string path, string problem, Exception? inner) => new(path, problem, Remedy, inner) { Code = "recipe.invalid" };
}

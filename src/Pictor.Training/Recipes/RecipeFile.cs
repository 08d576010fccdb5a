using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pictor.Training.Recipes;

/// <summary>A recipe as a JSON file. What it does not say is the network's default; what no recipe has is a fault, not something that quietly does nothing.</summary>
public static class RecipeFile
{
    private const string Remedy = "Write a recipe such as { \"network\": \"mnist-cnn\", \"epochs\": 5, \"optimizer\": { \"kind\": \"adam\" } }.";

    // For people: what to expect of the recipe. Nothing computes with it.
    private const string Expectation = "expect";

    /// <summary>Reads a recipe, or the recipe inside a run's config.json. The caller changes it by flags, then calls <see cref="Recipe.Resolve"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">A network that overrides the file's, so that defaults are this one's.</param>
    /// <exception cref="InputException">Missing, not JSON, unknown fields or wrong kinds of values: all at once.</exception>
    public static Recipe Load(string path, string? network = null)
    {
        JsonObject fields = Parse(path);
        if (fields["recipe"] is JsonObject inner && fields.ContainsKey("schema"))
            fields = inner;
        fields.Remove(Expectation);

        string? named = network ?? (fields["network"] is JsonValue value && value.TryGetValue(out string? text) ? text : null);
        JsonObject recipe = JsonNode.Parse(JsonSerializer.Serialize(RecipeDefaults.For(named), PictorJson.Compact))!.AsObject();
        var faults = new List<string>();
        Merge("", fields, recipe, faults);
        if (faults.Count > 0)
            throw new InputException(path, string.Join("; ", faults), Remedy) { Code = "recipe.invalid" };
        Recipe read = recipe.Deserialize<Recipe>(PictorJson.Compact)!;
        return network is null ? read : read with { Network = network };
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: options) is JsonObject fields
                ? Checked(fields)
                : throw new InputException(path, "it holds no JSON object", Remedy);
        }
        catch (JsonException e)
        {
            throw new InputException(path, $"it is no JSON (line {e.LineNumber + 1})", Remedy, e);
        }
        catch (ArgumentException e)
        {
            throw new InputException(path, "a field stands twice", Remedy, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, File.Exists(path) ? $"it cannot be read ({e.Message})" : "there is no such file", Remedy, e);
        }
    }

    // A JsonObject finds a repeated field only when it is first walked.
    private static JsonObject Checked(JsonObject fields)
    {
        foreach ((string _, JsonNode? value) in fields)
        {
            if (value is JsonObject inner)
                Checked(inner);
        }

        return fields;
    }

    /// <summary>Lays the file's fields over the defaults, whose own kinds say what is right.</summary>
    private static void Merge(string prefix, JsonObject fields, JsonObject target, List<string> faults)
    {
        foreach ((string name, JsonNode? value) in fields.ToArray())
        {
            if (!target.ContainsKey(name))
            {
                string hint = NearestWord.Of(name, target.Select(field => field.Key)) is { } near ? $"; did you mean '{prefix}{near}'?" : "";
                faults.Add($"there is no field '{prefix}{name}'{hint}");
            }
            else if (target[name] is JsonObject inner && value is JsonObject given)
            {
                Merge($"{prefix}{name}.", given, inner, faults);
            }
            else if (RecipeFields.Problem(prefix + name, value) is { } problem)
            {
                faults.Add($"{prefix}{name} is {Shorten(value)}, expected {problem}");
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    private static string Shorten(JsonNode? value)
    {
        string text = value?.ToJsonString(PictorJson.Compact) ?? "null";
        return text.Length <= 40 ? text : text[..37] + "...";
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pictor.Training.Recipes;

/// <summary>A recipe as a JSON file. What it does not say is the network's default; what no recipe has is a fault, not something that quietly does nothing.</summary>
public static class RecipeFile
{
    internal const string Remedy = "Write a recipe such as { \"network\": \"mnist-cnn\", \"epochs\": 5, \"optimizer\": { \"kind\": \"adam\" } }.";

    // For people: what to expect of the recipe. Nothing computes with it.
    private const string Expectation = "expect";

    /// <summary>Reads a recipe, or the recipe inside a run's config.json, over the defaults of its network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">A network that overrides the file's, so that defaults are this one's.</param>
    /// <exception cref="InputException">Missing, not JSON, unknown fields or wrong kinds of values: all at once.</exception>
    public static Recipe Load(string path, string? network = null)
    {
        JsonObject fields = Read(path);
        string? named = network ?? (fields["network"] is JsonValue value && value.TryGetValue(out string? text) ? text : null);
        Recipe read = Over(RecipeDefaults.For(named), fields, path);
        return network is null ? read : read with { Network = network };
    }

    /// <summary>The fields that a file says, to be laid over a recipe by <see cref="Over"/>.</summary>
    /// <exception cref="InputException">Missing or not JSON.</exception>
    public static JsonObject Read(string path)
    {
        JsonObject fields = Parse(path);
        if (fields["recipe"] is JsonObject inner && fields.ContainsKey("schema"))
        {
            fields.Remove("recipe");
            fields = inner;
        }

        fields.Remove(Expectation);
        return fields;
    }

    /// <summary>A recipe with some of its fields said otherwise, as in a file.</summary>
    /// <exception cref="InputException">Unknown fields or wrong kinds of values: all at once.</exception>
    public static Recipe Over(Recipe recipe, JsonObject fields, string subject) => RecipeMerge.Over(recipe, fields, subject);

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
}

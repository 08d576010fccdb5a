using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pictor.Training.Recipes;

/// <summary>Which kind of value each field of a recipe takes.</summary>
internal static class RecipeFields
{
    private static readonly HashSet<string> s_words = new(["network", "optimizer.kind", "schedule.kind"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_counts = new(["size", "channels", "epochs", "batch", "patience", "seed", "threads", "augment.crop"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_open = new(["size", "channels", "dropout", "optimizer.learningRate"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_groups = new(["optimizer", "schedule", "augment"], StringComparer.Ordinal);

    /// <summary>What was expected, when the value is of another kind; ranges are checked later.</summary>
    public static string? Problem(string field, JsonNode? value)
    {
        if (s_groups.Contains(field))
            return "an object";
        if (value is null)
            return s_open.Contains(field) ? null : "a value";
        JsonValueKind kind = value.GetValueKind();
        if (s_words.Contains(field))
            return kind == JsonValueKind.String ? null : "a word in quotes";
        if (field == "augment.flip")
            return kind is JsonValueKind.True or JsonValueKind.False ? null : "true or false";
        if (s_counts.Contains(field))
            return kind == JsonValueKind.Number && value.AsValue().TryGetValue(out int _) ? null : "a whole number";
        return kind == JsonValueKind.Number && value.AsValue().TryGetValue(out double number) && double.IsFinite(number) ? null : "a number";
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pictor.Training.Recipes;

/// <summary>Which kind of value each field of a recipe takes.</summary>
internal static class RecipeFields
{
    private static readonly HashSet<string> s_words = new(
        ["network", "optimizer.kind", "schedule.kind", "loss.kind", "loss.classWeights", "sampling", "precision", "transfer.package", "distill.package"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_counts = new(
        ["size", "channels", "epochs", "batch", "accumulate", "patience", "seed", "threads", "samplesPerClass", "schedule.drops"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_open = new(
        ["size", "channels", "dropout", "samplesPerClass", "budget", "progressive", "optimizer.learningRate", "schedule.warmup", "transfer.package", "distill.package"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_groups = new(["optimizer", "schedule", "loss", "transfer", "distill"], StringComparer.Ordinal);

    /// <summary>What was expected, when the value is of another kind; ranges are checked later.</summary>
    public static string? Problem(string field, JsonNode? value)
    {
        if (s_groups.Contains(field))
            return "an object";
        if (value is null)
            return s_open.Contains(field) ? null : "a value";
        if (field == "progressive")
            return IsStages(value) ? null : "a list of { \"size\": pixels, \"epochs\": passes }";
        JsonValueKind kind = value.GetValueKind();
        if (s_words.Contains(field))
            return kind == JsonValueKind.String ? null : "a word in quotes";
        if (s_counts.Contains(field))
            return kind == JsonValueKind.Number && value.AsValue().TryGetValue(out int _) ? null : "a whole number";
        return kind == JsonValueKind.Number && value.AsValue().TryGetValue(out double number) && double.IsFinite(number) ? null : "a number";
    }

    private static bool IsStages(JsonNode value) => value is JsonArray stages && stages.All(stage => stage is JsonObject { Count: 2 } fields
        && Whole(fields["size"]) && Whole(fields["epochs"]));

    private static bool Whole(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue(out int _);
}

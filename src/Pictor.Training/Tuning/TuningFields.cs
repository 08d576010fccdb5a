using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Training.Recipes;

namespace Pictor.Training.Tuning;

/// <summary>Fields of a recipe by their dotted names.</summary>
internal static class TuningFields
{
    /// <summary>All of them; <c>augment</c> counts as one, and its own as <c>augment.rotation</c> too.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names("", JsonSerializer.SerializeToNode(new Recipe(), PictorJson.Compact)!.AsObject()).Append("augment")];

    public static void Put(JsonObject target, string field, JsonNode? value)
    {
        string[] parts = field.Split('.');
        foreach (string part in parts[..^1])
        {
            if (target[part] is not JsonObject inner)
            {
                // A preset by name becomes the basis of what is said of its fields.
                JsonNode? named = target[part]?.DeepClone();
                inner = named is null ? [] : new JsonObject { ["preset"] = named };
                target[part] = inner;
            }

            target = inner;
        }

        target[parts[^1]] = value;
    }

    public static bool IsSaid(JsonObject said, string field)
    {
        JsonNode? at = said;
        foreach (string part in field.Split('.'))
        {
            if (at is not JsonObject fields)
                return at is not null;
            if (!fields.TryGetPropertyValue(part, out at))
                return false;
        }

        return true;
    }

    private static IEnumerable<string> Names(string prefix, JsonObject fields) => fields.SelectMany(field => field.Value is JsonObject inner ? Names($"{prefix}{field.Key}.", inner) : [prefix + field.Key]);
}

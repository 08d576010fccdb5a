using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Datasets;

namespace Pictor.Training.Recipes;

/// <summary>Lays said fields over a recipe, whose own fields say what there is.</summary>
internal static class RecipeMerge
{
    private const string Augment = "augment";

    public static Recipe Over(Recipe recipe, JsonObject fields, string subject)
    {
        JsonObject target = JsonNode.Parse(JsonSerializer.Serialize(recipe, PictorJson.Compact))!.AsObject();
        var faults = new List<string>();
        fields = Unfolded(fields.DeepClone().AsObject(), faults);
        Augmentation augmentation = recipe.Augment;
        if (fields.TryGetPropertyValue(Augment, out JsonNode? augment))
        {
            fields.Remove(Augment);
            augmentation = Augmentation.Read(JsonSerializer.SerializeToElement(augment), "augment.", faults, recipe.Augment);
        }

        target.Remove(Augment);
        Merge("", fields, target, faults);
        if (faults.Count > 0)
            throw new InputException(subject, string.Join("; ", faults), RecipeFile.Remedy) { Code = "recipe.invalid" };
        return target.Deserialize<Recipe>(PictorJson.Compact)! with { Augment = augmentation };
    }

    /// <summary><c>"size": [32, 48, 64], "epochs": [12, 10, 8]</c> is short for two progressive stages and what follows them.</summary>
    private static JsonObject Unfolded(JsonObject fields, List<string> faults)
    {
        if (fields["size"] is not JsonArray && fields["epochs"] is not JsonArray)
            return fields;
        if (fields["size"] is not JsonArray sizes || fields["epochs"] is not JsonArray epochs || sizes.Count != epochs.Count || sizes.Count == 0
            || !sizes.Concat(epochs).All(v => v?.GetValueKind() == JsonValueKind.Number && v.AsValue().TryGetValue(out int _)))
        {
            faults.Add("size and epochs must be two lists of whole numbers of equal length when one of them is a list");
            fields.Remove("size");
            fields.Remove("epochs");
            return fields;
        }

        int total = epochs.Sum(e => e!.GetValue<int>());
        var stages = new JsonArray([.. sizes.Zip(epochs).SkipLast(1).Select(s => new JsonObject { ["size"] = s.First!.DeepClone(), ["epochs"] = s.Second!.DeepClone() })]);
        int last = sizes[^1]!.GetValue<int>();
        fields["size"] = last;
        fields["epochs"] = total;
        fields["progressive"] = stages.Count > 0 ? stages : null;
        return fields;
    }

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

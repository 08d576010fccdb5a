using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Datasets;
using Pictor.Training.Recipes;

namespace Pictor.Training.Tuning;

/// <summary>From JSON to a space; everything that is wrong with it is found before the first trial.</summary>
internal sealed class TuningSpaceReader(JsonObject said)
{
    public const string Remedy = """Write a space such as { "optimizer.learningRate": { "log": [0.01, 0.5] }, "loss.labelSmoothing": { "uniform": [0, 0.2] }, "augment": ["none", "digits"] }.""";
    private const string Augment = "augment.";
    private static readonly string[] s_kinds = ["log", "uniform", "choose"];

    // What these are is decided by how tuning works, and why.
    private static readonly Dictionary<string, string> s_reserved = new(StringComparer.Ordinal)
    {
        ["seed"] = "it also decides which pictures validate, and trials are compared on the same ones",
        ["budget"] = "trials are compared at equal numbers of epochs; --budget bounds the whole",
        ["epochs"] = "it is what halving gives out, and more of it always looks better; set it by --epochs",
        ["threads"] = "it changes the time, not the result",
    };

    private readonly List<string> _faults = [];

    public static TuningSpace Read(JsonObject declared, JsonObject said, string subject)
    {
        var reader = new TuningSpaceReader(said);
        var parameters = new List<TuningParameter>();
        foreach ((string field, JsonNode? value) in declared)
        {
            if (reader.Parameter(field, value) is { } parameter)
                parameters.Add(parameter);
        }

        if (declared.Count == 0)
            reader._faults.Add("it names no field to tune");
        // What one field's value makes of the others only shows in whole recipes; with other faults these would be told twice.
        if (reader._faults.Count == 0)
            reader.CheckValues(parameters);
        if (reader._faults.Count > 0)
            throw new InputException(subject, string.Join("; ", reader._faults), Remedy) { Code = "tune.space" };
        return new TuningSpace(parameters);
    }

    private TuningParameter? Parameter(string field, JsonNode? value)
    {
        if (s_reserved.TryGetValue(field, out string? why))
            return Fault($"'{field}' cannot be tuned: {why}");
        if (!TuningFields.All.Contains(field, StringComparer.Ordinal))
        {
            string hint = NearestWord.Of(field, TuningFields.All) is { } near ? $"; did you mean '{near}'?" : "";
            return Fault($"a recipe has no field '{field}'{hint}");
        }

        // A preset by flag is the basis of what is tuned of it.
        if (!field.StartsWith(Augment, StringComparison.Ordinal) && TuningFields.IsSaid(said, field))
            return Fault($"'{field}' is given by a flag or the recipe file and declared here as well");
        switch (value)
        {
            case JsonArray values:
                return Choice(field, values);
            case JsonObject { Count: 1 } shape when shape.First() is var (kind, content) && s_kinds.Contains(kind, StringComparer.Ordinal):
                return kind == "choose" ? content is JsonArray chosen ? Choice(field, chosen) : Fault($"{field}: \"choose\" needs a list of values") : Range(field, kind, content);
            case JsonObject { Count: 1 } shape:
                string word = shape.First().Key;
                string near = NearestWord.Of(word, s_kinds) is { } guess ? $"; did you mean \"{guess}\"?" : "";
                return Fault($"{field}: there is no \"{word}\", only log, uniform and choose{near}");
            default:
                return Fault($"{field} is {Shorten(value)}, expected a list of values, {{\"log\": [low, high]}} or {{\"uniform\": [low, high]}}");
        }
    }

    private TuningParameter? Choice(string field, JsonArray values)
    {
        if (values.Count == 0)
            return Fault($"{field}: the list of values is empty");
        return new TuningParameter.Choice(field, [.. values.Select(v => v?.DeepClone())]);
    }

    private TuningParameter? Range(string field, string kind, JsonNode? content)
    {
        if (content is not JsonArray { Count: 2 } ends || Number(ends[0]) is not { } low || Number(ends[1]) is not { } high)
            return Fault($"{field}: \"{kind}\" needs two numbers, [low, high], and has {Shorten(content)}");
        if (low >= high)
            return Fault($"{field}: the range {Shorten(content)} is empty; the first number must be less than the second");
        if (kind == "log" && low <= 0)
            return Fault($"{field}: a log range must begin above 0, and it begins at {Shorten(ends[0])}");
        return new TuningParameter.Range(field, low, high, kind == "log", TakesWholeNumbers(field));
    }

    // Every value at an edge, in a recipe where all else stays as it is said.
    private void CheckValues(List<TuningParameter> parameters)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (TuningParameter parameter in parameters)
        {
            foreach (JsonNode? value in parameter.Edges())
            {
                try
                {
                    TuningSpace.Apply(new JsonObject { [parameter.Field] = value?.DeepClone() }, said, null);
                }
                catch (InputException e)
                {
                    foreach (string fault in e.Problem.TrimEnd('.').Split("; ").Where(told.Add))
                        _faults.Add(fault);
                }
            }
        }
    }

    private static bool TakesWholeNumbers(string field) => field.StartsWith(Augment, StringComparison.Ordinal)
        ? AugmentationField.All.Any(f => f.Kind == AugmentationValue.Count && Augment + f.Name == field)
        : RecipeFields.Problem(field, JsonValue.Create(0.5)) is not null && RecipeFields.Problem(field, JsonValue.Create(1)) is null;

    private static double? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue(out double number) && double.IsFinite(number) ? number : null;

    private TuningParameter? Fault(string text)
    {
        _faults.Add(text);
        return null;
    }

    private static string Shorten(JsonNode? value)
    {
        string text = value?.ToJsonString(PictorJson.Compact) ?? "null";
        return text.Length <= 40 ? text : text[..37] + "...";
    }
}

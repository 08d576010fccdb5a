using System.Globalization;
using System.Text.Json.Nodes;
using Pictor.Training.Recipes;

namespace Pictor.Training.Tuning;

/// <summary>What tuning may change: fields of a recipe, each with a range or a choice of values.</summary>
/// <param name="Parameters">In the order of the declaration.</param>
public sealed record TuningSpace(IReadOnlyList<TuningParameter> Parameters)
{
    // Seldom are so many draws in a row known already while something new is left.
    private const int Attempts = 200;

    /// <summary>Reads a space from a JSON file and checks it against a recipe.</summary>
    /// <param name="path">Such as <c>{ "optimizer.learningRate": { "log": [0.01, 0.5] }, "augment": ["none", "digits"] }</c>.</param>
    /// <param name="said">Fields of the recipe that are given; a space must not name them again.</param>
    /// <exception cref="InputException">No JSON, unknown fields, empty ranges, values that no recipe takes: all at once.</exception>
    public static TuningSpace Load(string path, JsonObject said)
    {
        JsonObject declared;
        try
        {
            declared = RecipeFile.Read(path);
        }
        catch (InputException e)
        {
            throw new InputException(path, e.Problem, TuningSpaceReader.Remedy, e) { Code = "tune.space" };
        }

        return Read(declared, said, path);
    }

    /// <summary>A space as JSON.</summary>
    /// <param name="declared">Its fields.</param>
    /// <param name="said">As in <see cref="Load"/>.</param>
    /// <param name="subject">Where it came from, for errors.</param>
    /// <exception cref="InputException">As in <see cref="Load"/>.</exception>
    public static TuningSpace Read(JsonObject declared, JsonObject said, string subject = "space") => TuningSpaceReader.Read(declared, said, subject);

    /// <summary>Where nothing is declared: the learning rate around the network's own, weight decay, label smoothing and the augmentation.</summary>
    /// <param name="recipe">The defaults; its learning rate is decided.</param>
    /// <param name="said">Fields that are given and so not tuned.</param>
    /// <param name="channels">1 for grey pictures, 3 for colour, null where it is not known: augmentations are for the one or the other.</param>
    public static TuningSpace Usual(Recipe recipe, JsonObject said, int? channels = null)
    {
        double rate = recipe.Optimizer.LearningRate ?? RecipeDefaults.LearningRate(recipe.Network, recipe.Optimizer.Kind);
        string[] augmentations = (recipe.Channels ?? channels) switch
        {
            1 => ["none", "digits", "fashion"],
            3 => ["none", "everyday-small", "everyday"],
            _ => ["none", "digits", "fashion", "everyday-small"],
        };
        TuningParameter[] all =
        [
            new TuningParameter.Range("optimizer.learningRate", Rounded(rate / 5), Rounded(rate * 5), Log: true, Whole: false),
            new TuningParameter.Range("optimizer.weightDecay", 1e-5, 1e-2, Log: true, Whole: false),
            new TuningParameter.Range("loss.labelSmoothing", 0, 0.2, Log: false, Whole: false),
            new TuningParameter.Choice("augment", [.. augmentations.Select(name => (JsonNode?)JsonValue.Create(name))]),
        ];
        return new TuningSpace([.. all.Where(p => !TuningFields.IsSaid(said, p.Field))]);
    }

    /// <summary>The settings of trials 1, 2, ...: the same for the same seed, no two alike; fewer than asked for when the space holds no more.</summary>
    public IReadOnlyList<JsonObject> Draw(int seed, int count)
    {
        var drawn = new List<JsonObject>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (int trial = 1; trial <= count; trial++)
        {
            JsonObject? settings = null;
            for (int attempt = 0; attempt < Attempts && settings is null; attempt++)
            {
                JsonObject candidate = [];
                foreach (TuningParameter parameter in Parameters)
                {
                    var random = new TrialRandom(seed, trial, attempt, parameter.Field);
                    candidate[parameter.Field] = parameter.Draw(ref random);
                }

                if (known.Add(candidate.ToJsonString(PictorJson.Compact)))
                    settings = candidate;
            }

            if (settings is null)
                break;
            drawn.Add(settings);
        }

        return drawn;
    }

    /// <summary>The recipe of a trial: the defaults of its network, what is said, then what was drawn.</summary>
    /// <param name="settings">Values by field; empty: the defaults.</param>
    /// <param name="said">Fields of the recipe that are given.</param>
    /// <param name="defaults">What is not said; null: the network's own.</param>
    /// <exception cref="InputException">A recipe that cannot be trained.</exception>
    public static Recipe Apply(JsonObject settings, JsonObject said, Recipe? defaults)
    {
        JsonObject fields = said.DeepClone().AsObject();
        // "augment" before "augment.rotation", wherever they stand.
        foreach ((string field, JsonNode? value) in settings.OrderBy(s => s.Key.Length))
            TuningFields.Put(fields, field, value?.DeepClone());
        string? network = fields["network"] is JsonValue word && word.TryGetValue(out string? name) ? name : null;
        // What suits one network is not what suits another.
        Recipe basis = defaults is not null && (network is null || network == defaults.Network) ? defaults : RecipeDefaults.For(network ?? defaults?.Network);
        return RecipeFile.Over(basis, fields, "recipe").Resolve();
    }

    /// <summary>The declaration, as in a file.</summary>
    public JsonObject ToJson()
    {
        JsonObject declared = [];
        foreach (TuningParameter parameter in Parameters)
            declared[parameter.Field] = parameter.ToJson();
        return declared;
    }

    private static double Rounded(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

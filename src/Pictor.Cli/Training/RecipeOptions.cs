using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Cli.Datasets;
using Pictor.Cli.Terminal;
using Pictor.Datasets;
using Pictor.Training.Choosing;
using Pictor.Training.Recipes;

namespace Pictor.Cli.Training;

/// <summary>A recipe from a file, changed by flags; what neither says is the network's default, or is chosen by what the pictures are like.</summary>
/// <param name="budget">What <c>--budget</c> says in the help.</param>
internal sealed class RecipeOptions(string budget = "Choose the rest and end within this time (10m, 1h30m), the learning rate at zero.")
{
    private readonly Option<string> _budget = new("--budget") { Description = budget, HelpName = "TIME" };
    private readonly Option<string> _preset = new("--preset") { Description = "Choose the rest: quick (2 minutes), default (10) or best (an hour)." };
    private readonly Option<string> _recipe = new("--recipe") { Description = "Start from a recipe file (JSON).", HelpName = "FILE" };
    private readonly Option<string[]> _set = new("--set") { Description = "Any field of a recipe, such as loss.focalGamma=2 (may be repeated).", HelpName = "FIELD=VALUE" };
    private readonly AugmentationOptions _augmentation = new();

    // Each flag and the field of the recipe that it says.
    private readonly (Option<string> Option, string Field)[] _words =
    [
        (new("--network") { Description = "The network; 'pictor networks' lists them. Else it is chosen." }, "network"),
        (new("--optimizer") { Description = "adam, adamw or sgd." }, "optimizer.kind"),
        (new("--schedule") { Description = "one-cycle, cosine, linear, step or constant." }, "schedule.kind"),
        (new("--loss") { Description = "cross-entropy, focal, bce or huber; else by the data." }, "loss.kind"),
        (new("--class-weights") { Description = "none, or balanced: rare classes weigh more." }, "loss.classWeights"),
        (new("--sampling") { Description = "uniform, or balanced: classes equally often." }, "sampling"),
        (new("--precision") { Description = "float32, bfloat16, or auto: what is faster here." }, "precision"),
    ];

    private readonly (Option<double?> Option, string Field)[] _numbers =
    [
        (new("--epochs") { Description = "Passes over the training pictures." }, "epochs"),
        (new("--batch") { Description = "Pictures in a batch." }, "batch"),
        (new("--size") { Description = "Input side in pixels; else chosen from the pictures." }, "size"),
        (new("--channels") { Description = "1 (grey) or 3 (colour); else chosen from the pictures." }, "channels"),
        (new("--learning-rate") { Description = "Peak learning rate; else the network's default." }, "optimizer.learningRate"),
        (new("--weight-decay") { Description = "Decay of weights, not of biases and norms." }, "optimizer.weightDecay"),
        (new("--label-smoothing") { Description = "Share of the target spread over all classes, 0..1." }, "loss.labelSmoothing"),
        (new("--ema") { Description = "Decay per step of a moving average of the weights (0: off)." }, "ema"),
        (new("--dropout") { Description = "Dropout before the last layer, 0..1." }, "dropout"),
        (new("--samples-per-class") { Description = "Train on at most so many pictures of each class." }, "samplesPerClass"),
        (new("--patience") { Description = "Stop after so many epochs without a better validation loss (0: never)." }, "patience"),
        (new("--seed") { Description = "Seed of split, weights, order and augmentation (1)." }, "seed"),
        (new("--threads") { Description = "Threads that compute (0: one per core)." }, "threads"),
    ];

    public void AddTo(Command command)
    {
        command.Add(_budget);
        command.Add(_preset);
        command.Add(_words[0].Option);
        command.Add(_recipe);
        foreach ((Option<double?> option, _) in _numbers) command.Add(option);
        foreach ((Option<string> option, _) in _words.Skip(1)) command.Add(option);
        command.Add(_set);
        _augmentation.AddTo(command);
    }

    /// <summary>What file and flags say, flags last.</summary>
    public JsonObject Said(ParseResult parsed, Recipe? interrupted)
    {
        JsonObject said = parsed.GetValue(_recipe) is { } file ? RecipeFile.Read(file) : [];
        foreach ((Option<string> option, string field) in _words)
        {
            if (parsed.GetValue(option) is { } word) Put(said, field, JsonValue.Create(word));
        }

        foreach ((Option<double?> option, string field) in _numbers)
        {
            // Whole numbers stay whole, so that 1.5 epochs are refused as such.
            if (parsed.GetValue(option) is { } number) Put(said, field, number == Math.Floor(number) && Math.Abs(number) < int.MaxValue ? JsonValue.Create((int)number) : JsonValue.Create(number));
        }

        foreach (string pair in parsed.GetValue(_set) ?? [])
            Set(said, pair);
        if (_augmentation.IsSaid(parsed))
        {
            var faults = new List<string>();
            Augmentation basis = said["augment"] is { } given ? Augmentation.Read(JsonSerializer.SerializeToElement(given), "augment.", faults) : interrupted?.Augment ?? Augmentation.None;
            if (faults.Count == 0) said["augment"] = JsonSerializer.SerializeToNode(_augmentation.Read(parsed, basis), PictorJson.Compact);
        }

        return said;
    }

    /// <summary>The recipe where nothing has to be chosen.</summary>
    /// <param name="said">Of <see cref="Said"/>.</param>
    /// <param name="interrupted">The recipe of the run that is resumed; what is said changes it.</param>
    public static Recipe Read(JsonObject said, Recipe? interrupted) =>
        RecipeFile.Over(interrupted ?? RecipeDefaults.For(Network(said)), said, "recipe").Resolve();

    /// <summary>What a recipe is to be chosen by: always when a time or a preset is given, and when no network is.</summary>
    public RecipeRequest? Request(ParseResult parsed, JsonObject said)
    {
        string? preset = PresetName(parsed);
        double? seconds = Seconds(parsed);
        return preset is null && seconds is null && Network(said) is not null ? null : new RecipeRequest(preset, seconds, said);
    }

    /// <summary>What <c>--budget</c> says.</summary>
    public double? Seconds(ParseResult parsed) => parsed.GetValue(_budget) is { } text ? Duration.Seconds(text, "--budget") : null;

    /// <summary>What <c>--preset</c> says, checked.</summary>
    public string? PresetName(ParseResult parsed)
    {
        string? preset = parsed.GetValue(_preset);
        _ = Preset.Of(preset);
        return preset;
    }

    public static string? Network(JsonObject said) => said["network"] is JsonValue value && value.TryGetValue(out string? name) ? name : null;

    internal static void Put(JsonObject target, string field, JsonNode? value)
    {
        string[] parts = field.Split('.');
        foreach (string part in parts[..^1])
        {
            if (target[part] is not JsonObject inner) target[part] = inner = [];
            target = inner;
        }

        target[parts[^1]] = value;
    }

    private static void Set(JsonObject said, string pair)
    {
        int at = pair.IndexOf('=', StringComparison.Ordinal);
        if (at < 1)
            throw new InputException("--set", $"'{pair}' is no field with a value", "Write it as FIELD=VALUE, such as --set optimizer.momentum=0.8.");
        string text = pair[(at + 1)..];
        JsonNode? value;
        try
        {
            value = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            value = JsonValue.Create(text);
        }

        Put(said, pair[..at], value);
    }
}

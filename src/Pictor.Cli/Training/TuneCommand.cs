using System.CommandLine;
using System.Text.Json.Nodes;
using Pictor.Cli.Terminal;
using Pictor.Training.Choosing;
using Pictor.Training.Tuning;

namespace Pictor.Cli.Training;

/// <summary><c>tune</c>: search for a recipe that does better than the defaults.</summary>
internal sealed class TuneCommand : PictorCommand
{
    private readonly Option<string> _data = new("--data") { Description = "The data set; its validation part decides, its test part is never looked at.", Required = true, HelpName = "PATH" };
    private readonly Option<string> _space = new("--space") { Description = "What is tried, as JSON: fields of a recipe, each with a range or values; else learning rate, weight decay, label smoothing and augmentation.", HelpName = "FILE" };
    private readonly Option<string> _method = new("--method") { Description = "halving: few epochs for many, more for the best third; random: all at full length (halving)." };
    private readonly Option<int?> _trials = new("--trials") { Description = "Recipes to try beside the defaults; else as many as fit into the time, or 27." };
    private readonly Option<string> _by = new("--by") { Description = "valAccuracy or valLoss; else accuracy where there is one." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "Folder of the search; else runs/tune-DATA.", HelpName = "DIR" };
    private readonly Option<string> _name = new("--name") { Description = "Name of the packages; else that of the data and the network." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the search in --out: what is done stays, what was interrupted goes on." };
    private readonly Option<bool> _force = new("--force") { Description = "Start over in --out, dropping the search that is there." };
    private readonly RecipeOptions _recipe = new("End all of it within this time (30m, 2h), with what there is then.");

    public TuneCommand()
        : base(
            "tune", "Search for a recipe that does better than the defaults: a table, a page of what mattered, the best recipe and its package.",
            "pictor tune --data pictures/ --budget 1h", "pictor tune --data mnist/ --network mnist-cnn --epochs 9 --space space.json --method halving --trials 27 --out runs/tuned")
    {
        _method.AcceptOnlyFromAmong("halving", "random");
        _by.AcceptOnlyFromAmong("valAccuracy", "valLoss");
        Add(_data);
        Add(_space);
        Add(_method);
        Add(_trials);
        Add(_by);
        Add(_out);
        Add(_name);
        Add(_resume);
        Add(_force);
        _recipe.AddTo(this);
    }

    protected override string HowToResume(ParseResult parsed) => "Stopped. Every run up to here is kept: the same command with --resume goes on from there.";

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string data = Path.GetFullPath(parsed.GetRequiredValue(_data));
        string stem = Path.GetFileName(data.TrimEnd(Path.DirectorySeparatorChar)).Split('.')[0];
        JsonObject said = _recipe.Said(parsed, null);
        _ = RecipeOptions.Read(said, null);
        string name = PackageName.From(parsed.GetValue(_name) ?? (RecipeOptions.Network(said) is { } network ? $"{stem}-{network}" : stem));
        double? seconds = _recipe.Seconds(parsed);
        int? trials = parsed.GetValue(_trials);
        var job = new TuningJob(data, Path.GetFullPath(parsed.GetValue(_out) ?? Path.Combine("runs", $"tune-{name}")), name, said)
        {
            Version = PackageName.VersionOf(TimeProvider.System.GetLocalNow()),
            Space = parsed.GetValue(_space) is { } file ? TuningSpace.Load(file, said) : null,
            Method = parsed.GetValue(_method) == "random" ? TuningMethod.Random : TuningMethod.Halving,
            Trials = trials,
            Seconds = seconds,
            ByAccuracy = parsed.GetValue(_by) switch { "valAccuracy" => true, "valLoss" => false, _ => null },
            Request = Request(parsed, said, seconds),
            Resume = parsed.GetValue(_resume),
            Force = parsed.GetValue(_force),
        };
        TuneRecord record;
        IReadOnlyList<SkippedFile> skipped;
        using (ProgressDisplay progress = output.Progress())
        {
            (record, skipped) = await Tuner.RunAsync(job, progress, text =>
            {
                progress.Clear();
                output.Say(text);
            }, cancellationToken: cancellationToken);
        }

        output.RawResult(record.ToJson(), () => TuneText.Of(record));
        output.Say($"Page: {Path.Combine(job.Out, "tune.html")}");
        return output.Skips(skipped);
    }

    // Where no network is named, the defaults choose themselves, in a tenth of the time: the rest is for those that try to beat them.
    private RecipeRequest? Request(ParseResult parsed, JsonObject said, double? seconds)
    {
        const double Share = 0.1;
        string? preset = _recipe.PresetName(parsed);
        if (preset is null && RecipeOptions.Network(said) is not null)
            return null;
        return new RecipeRequest(preset ?? "quick", preset is null && seconds is { } all ? Math.Max(5, Share * all) : null, said);
    }
}

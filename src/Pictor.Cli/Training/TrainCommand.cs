using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Pictor.Cli.Correcting;
using Pictor.Cli.Terminal;
using Pictor.Models.Packages;
using Pictor.Training.Choosing;
using Pictor.Training.LabelBudget;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Cli.Training;

/// <summary><c>train</c>: labelled pictures in, a run folder with a model package out.</summary>
internal sealed class TrainCommand : PictorCommand
{
    private readonly Option<string> _data = new("--data") { Description = "The data set: a folder of class folders, an archive of one, or IDX files.", HelpName = "PATH" };
    private readonly LibraryData _library = new();
    private readonly Option<string> _out = new("--out", "-o") { Description = "The run folder; else runs/DATA.", HelpName = "DIR" };
    private readonly Option<string> _name = new("--name") { Description = "Name of the package; else that of the data and the network." };
    private readonly Option<string> _on = new("--on") { Description = "Build on a package: a head on its embeddings, in seconds.", HelpName = "PACKAGE" };
    private readonly Option<bool> _fineTune = new("--fine-tune") { Description = "With --on: train all layers of it further, the lower ones more slowly." };
    private readonly Option<string> _teacher = new("--teacher") { Description = "Learn from the probabilities of a package too (distillation).", HelpName = "PACKAGE" };
    private readonly Option<bool> _labelBudget = new("--label-budget") { Description = "Draw accuracy over the number of labelled pictures, and say what 50 more of each class are worth." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the run in --out from its last checkpoint." };
    private readonly Option<bool> _force = new("--force") { Description = "Start over in --out, dropping the run that is there." };
    private readonly RecipeOptions _recipe = new();

    public TrainCommand()
        : base(
            "train", "Train a network on labelled pictures; validated every epoch, packaged at the end.",
            "pictor train --data pictures/ --budget 10m", "pictor train --data mnist/ --network mnist-cnn --epochs 5 --out runs/mnist")
    {
        Add(_data);
        _library.AddTo(this);
        Add(_out);
        Add(_on);
        Add(_fineTune);
        Add(_teacher);
        _recipe.AddTo(this);
        Add(_name);
        Add(_labelBudget);
        Add(_resume);
        Add(_force);
        Validators.Add(result =>
        {
            if (result.GetValue(_fineTune) && result.GetValue(_on) is null)
                result.AddError("--fine-tune needs the package to start from: --on PACKAGE.");
            if (result.GetValue(_data) is null == !_library.IsNamed(result))
                result.AddError("Say what to learn from: --data PATH, or --library DIR for what people said there.");
        });
    }

    protected override string HowToResume(ParseResult parsed) => "Stopped. The last checkpoint is kept: the same command with --resume goes on from there.";

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        bool resume = parsed.GetValue(_resume);
        string data = parsed.GetValue(_data) is { } given ? Path.GetFullPath(given) : await _library.WriteAsync(parsed, parsed.GetValue(_out), parsed.GetValue(_name), resume, output, cancellationToken);
        if (parsed.GetValue(_labelBudget))
            return await LabelBudgetCommand.RunAsync(LabelJob(data, parsed), output, cancellationToken);
        if (parsed.GetValue(_on) is { } package && !parsed.GetValue(_fineTune))
            return await HeadAsync(ShippedPackages.PathOf(package), data, parsed, output, cancellationToken);
        string stem = Path.GetFileName(data.TrimEnd(Path.DirectorySeparatorChar)).Split('.')[0];
        string? named = parsed.GetValue(_out);
        TrainingJob? interrupted = resume && named is not null ? RunFolder.JobOf(Path.GetFullPath(named)) : null;
        JsonObject said = _recipe.Said(parsed, interrupted?.Recipe);
        if (parsed.GetValue(_teacher) is { } teacher)
            RecipeOptions.Put(said, "distill.package", Path.GetFullPath(ShippedPackages.PathOf(teacher)));
        if (parsed.GetValue(_on) is { } on)
            RecipeOptions.Put(said, "transfer.package", Path.GetFullPath(ShippedPackages.PathOf(on)));
        bool onPackage = said["transfer"]?["package"] is not null;
        RecipeRequest? request = interrupted is null && !onPackage ? _recipe.Request(parsed, said) : null;
        Recipe recipe = RecipeOptions.Read(said, interrupted?.Recipe);
        string kind = RecipeOptions.Network(said) is { } network ? $"-{network}" : onPackage ? "-tuned" : "";
        string name = PackageName.From(parsed.GetValue(_name) ?? interrupted?.Name ?? stem + kind);
        string folder = Path.GetFullPath(named ?? Path.Combine("runs", name));
        var job = new TrainingJob(data, folder, recipe, name, interrupted?.Version ?? PackageName.VersionOf(TimeProvider.System.GetLocalNow()), resume, request);
        RunFolder.Prepare(folder, job, resume, parsed.GetValue(_force));

        var display = new TrainingDisplay(output);
        TrainerMessage.Finished end = await display.FollowAsync(TrainerProcess.RunAsync(job, cancellationToken));
        output.Result(
            new { model = end.Model, end.Epochs, end.ValAccuracy, end.Seconds, end.Stopped, recipe = RunFolder.Open(folder).Job.Recipe, metrics = display.Epochs, skipped = display.Skipped },
            () => Text(end, data));
        return output.Skips(display.Skipped);
    }

    private Task<int> HeadAsync(string package, string data, ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        Recipe said = RecipeOptions.Read(_recipe.Said(parsed, null), null);
        return HeadRun.RunAsync(package, data, parsed.GetValue(_out), parsed.GetValue(_name), said.Seed, parsed.GetValue(_force), output, cancellationToken);
    }

    private LabelBudgetJob LabelJob(string data, ParseResult parsed)
    {
        JsonObject said = _recipe.Said(parsed, null);
        string? on = parsed.GetValue(_on) is { } package ? Path.GetFullPath(ShippedPackages.PathOf(package)) : null;
        if (on is not null && parsed.GetValue(_fineTune))
            RecipeOptions.Put(said, "transfer.package", on);
        if (parsed.GetValue(_teacher) is { } teacher)
            RecipeOptions.Put(said, "distill.package", Path.GetFullPath(ShippedPackages.PathOf(teacher)));
        return LabelBudgetCommand.Job(data, parsed.GetValue(_out), parsed.GetValue(_name), said) with
        {
            On = parsed.GetValue(_fineTune) ? null : on,
            Seconds = _recipe.Seconds(parsed),
            Request = on is null ? _recipe.Request(parsed, said) : null,
            Resume = parsed.GetValue(_resume),
            Force = parsed.GetValue(_force),
        };
    }

    private static string Text(TrainerMessage.Finished end, string data)
    {
        string accuracy = end.ValAccuracy is { } value ? string.Create(CultureInfo.InvariantCulture, $", {value * 100:0.00} % right on validation") : "";
        string early = end.Stopped ? ", stopped early" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{end.Model}\n{end.Epochs} epochs in {end.Seconds:0} s{accuracy}{early}\nJudge it: pictor evaluate --model {end.Model} --data {data}");
    }
}

using System.CommandLine;
using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Cli.Training;
using Pictor.Library;
using Pictor.Server;
using Pictor.Training.Evaluation;
using Pictor.Training.Runs;

namespace Pictor.Cli.Demo;

/// <summary><c>demo</c>: the whole path in one command, on real pictures where there are any: train, judge, index, serve.</summary>
internal sealed class DemoCommand : PictorCommand
{
    private readonly Argument<string?> _data = new("data") { Description = "Labelled pictures; else Fashion-MNIST where Debian's package put it, else drawn ones.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _out = new("--out", "-o") { Description = "Where everything is put.", DefaultValueFactory = _ => Path.Combine("runs", "demo"), HelpName = "DIR" };
    private readonly Option<string> _url = new("--url") { Description = "Where to listen (http://localhost:5080); port 0 picks one." };
    private readonly Option<bool> _noServe = new("--no-serve") { Description = "End after the library is filled." };
    private readonly Option<bool> _drawn = new("--drawn") { Description = "Use pictures that Pictor draws itself, even where others are at hand." };
    private readonly Option<bool> _force = new("--force") { Description = "Start over instead of serving what an earlier demo made." };

    public DemoCommand()
        : base("demo", "See the whole path in two minutes: train, judge, index, and a page to look at.", "pictor demo", "pictor demo pictures/ --out runs/mine --url http://localhost:8080")
    {
        Add(_data);
        Add(_out);
        Add(_url);
        Add(_noServe);
        Add(_drawn);
        Add(_force);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        string work = Path.GetFullPath(parsed.GetRequiredValue(_out));
        string run = Path.Combine(work, "run"), report = Path.Combine(work, "report"), library = Path.Combine(work, "library");
        if (parsed.GetValue(_force)) Drop(run, report, library, Path.Combine(work, "pictures"));

        int skipped = 0;
        if (File.Exists(Path.Combine(library, "catalogue.db")) && File.Exists(Path.Combine(report, "report.html")))
        {
            output.Say($"An earlier demo is there in {work}. --force starts over.");
        }
        else
        {
            DemoData data = await DemoData.ChooseAsync(parsed.GetValue(_data), parsed.GetValue(_drawn), work, cancellationToken);
            output.Say(data.Introduction);
            skipped += await TrainAsync(data, run, output, cancellationToken);
            skipped += await JudgeAsync(data, run, report, output, cancellationToken);
            skipped += await IndexAsync(data, run, work, library, output, cancellationToken);
        }

        string page = Path.Combine(report, "report.html");
        output.Say($"Report: {page}");
        if (output.Json && parsed.GetValue(_noServe)) output.JsonLine(new { run, report = page, library });
        if (!parsed.GetValue(_noServe)) await ServeAsync(parsed, library, output, cancellationToken);
        return skipped > 0 ? ExitCode.DoneWithSkips : ExitCode.Done;
    }

    private static async Task<int> TrainAsync(DemoData data, string run, CommandOutput output, CancellationToken cancellationToken)
    {
        output.Say("\n1. Train");
        var job = new TrainingJob(data.Path, run, await DemoRecipe.ForAsync(data.Path, cancellationToken), "demo", PackageName.VersionOf(TimeProvider.System.GetLocalNow()));
        RunFolder.Prepare(run, job, resume: false, force: true);
        var display = new TrainingDisplay(output);
        TrainerMessage.Finished end = await display.FollowAsync(TrainerProcess.RunAsync(job, cancellationToken));
        output.Say($"Packaged as {end.Model}");
        output.Skips(display.Skipped);
        return display.Skipped.Count;
    }

    private static async Task<int> JudgeAsync(DemoData data, string run, string report, CommandOutput output, CancellationToken cancellationToken)
    {
        output.Say("\n2. Judge it on pictures it has not seen");
        using ProgressDisplay progress = output.Progress();
        var options = new EvaluationOptions { Model = Path.Combine(run, "model.pictor"), Data = data.Path, Out = report };
        EvaluationOutcome outcome = await Evaluator.RunAsync(options, progress, cancellationToken);
        progress.Clear();
        output.Say(outcome.Text.TrimEnd());
        return outcome.Skipped.Count;
    }

    private static async Task<int> IndexAsync(DemoData data, string run, string work, string library, CommandOutput output, CancellationToken cancellationToken)
    {
        output.Say("\n3. Fill a library");
        using ProgressDisplay progress = output.Progress();
        string pictures = await DemoPictures.FolderAsync(data.Path, work, progress, cancellationToken);
        await using PictureLibrary catalogue = await PictureLibrary.OpenAsync(library, cancellationToken: cancellationToken);
        await catalogue.Models.AddAsync(Path.Combine(run, "model.pictor"), cancellationToken);
        IndexOutcome outcome = await catalogue.IndexAsync([pictures], progress: progress, cancellationToken: cancellationToken);
        progress.Clear();
        output.Say(string.Create(CultureInfo.InvariantCulture, $"{outcome.Added} pictures of {pictures} in {outcome.Seconds:0.0} s"));
        output.Skips(outcome.Skipped);
        return outcome.Skipped.Count;
    }

    private async Task ServeAsync(ParseResult parsed, string library, CommandOutput output, CancellationToken cancellationToken)
    {
        var options = new ServerOptions { Library = library };
        options = options with { Url = Settings.Of("url", parsed.GetValue(_url)) ?? options.Url, Key = Settings.Of("key", null) };
        await PictorServer.RunAsync(
            options,
            url =>
            {
                if (output.Json) output.JsonLine(new { url });
                output.Say($"\n4. Look at it\n  Open {url}/ in a browser: click a picture for its tags and what looks like it, drop one to search by it.\nCtrl-C stops.");
            },
            cancellationToken);
    }

    private static void Drop(params string[] folders)
    {
        foreach (string folder in folders.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
    }
}

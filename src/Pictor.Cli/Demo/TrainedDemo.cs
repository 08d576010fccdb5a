using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Cli.Training;
using Pictor.Library;
using Pictor.Training.Evaluation;
using Pictor.Training.Runs;

namespace Pictor.Cli.Demo;

/// <summary>The whole path, on real pictures where there are any: train, judge, index.</summary>
internal sealed class TrainedDemo(DemoFolders folders, CommandOutput output)
{
    private readonly string _page = Path.Combine(folders.Report, "report.html");

    private string Model => Path.Combine(folders.Run, "model.pictor");

    /// <summary>Walks the path, unless an earlier demo has; returns how many files were skipped.</summary>
    public async Task<int> RunAsync(string? named, bool drawn, bool serve, CancellationToken cancellationToken)
    {
        int skipped = 0;
        if (File.Exists(Path.Combine(folders.Library, "catalogue.db")) && File.Exists(_page))
        {
            output.Say($"An earlier demo is there in {folders.Work}. --force starts over.");
        }
        else
        {
            DemoData data = await DemoData.ChooseAsync(named, drawn, folders.Work, cancellationToken);
            output.Say(data.Introduction);
            skipped += await TrainAsync(data, cancellationToken);
            skipped += await JudgeAsync(data, cancellationToken);
            skipped += await IndexAsync(data, cancellationToken);
        }

        output.Say($"Report: {_page}");
        if (output.Json && !serve) output.JsonLine(new { run = folders.Run, report = _page, library = folders.Library });
        return skipped;
    }

    private async Task<int> TrainAsync(DemoData data, CancellationToken cancellationToken)
    {
        output.Say("\n1. Train");
        var job = new TrainingJob(data.Path, folders.Run, await DemoRecipe.ForAsync(data.Path, cancellationToken), "demo", PackageName.VersionOf(TimeProvider.System.GetLocalNow()));
        RunFolder.Prepare(folders.Run, job, resume: false, force: true);
        var display = new TrainingDisplay(output);
        TrainerMessage.Finished end = await display.FollowAsync(TrainerProcess.RunAsync(job, cancellationToken));
        output.Say($"Packaged as {end.Model}");
        output.Skips(display.Skipped);
        return display.Skipped.Count;
    }

    private async Task<int> JudgeAsync(DemoData data, CancellationToken cancellationToken)
    {
        output.Say("\n2. Judge it on pictures it has not seen");
        using ProgressDisplay progress = output.Progress();
        var options = new EvaluationOptions { Model = Model, Data = data.Path, Out = folders.Report };
        EvaluationOutcome outcome = await Evaluator.RunAsync(options, progress, cancellationToken);
        progress.Clear();
        output.Say(outcome.Text.TrimEnd());
        return outcome.Skipped.Count;
    }

    private async Task<int> IndexAsync(DemoData data, CancellationToken cancellationToken)
    {
        output.Say("\n3. Fill a library");
        using ProgressDisplay progress = output.Progress();
        string pictures = await DemoPictures.FolderAsync(data.Path, folders.Work, progress, cancellationToken);
        await using PictureLibrary catalogue = await PictureLibrary.OpenAsync(folders.Library, cancellationToken: cancellationToken);
        await catalogue.Models.AddAsync(Model, cancellationToken);
        IndexOutcome outcome = await catalogue.IndexAsync([pictures], progress: progress, cancellationToken: cancellationToken);
        progress.Clear();
        output.Say(string.Create(CultureInfo.InvariantCulture, $"{outcome.Added} pictures of {pictures} in {outcome.Seconds:0.0} s"));
        output.Skips(outcome.Skipped);
        return outcome.Skipped.Count;
    }
}

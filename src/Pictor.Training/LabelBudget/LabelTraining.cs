using System.Globalization;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;
using Pictor.Training.Tuning;

namespace Pictor.Training.LabelBudget;

/// <summary>The curve of trained networks: all pictures first, for that decides the recipe and tells the speed, then from few to many.</summary>
internal sealed class LabelTraining(LabelBudgetJob job, JobRunner runner, TimeProvider time, LabelCurve? before)
{
    // Kept for starting, decoding and packaging.
    private const double Usable = 0.9;

    private readonly long _start = time.GetTimestamp();
    private readonly double _spentBefore = before?.Seconds ?? 0;
    private LabelCurve _curve = new();
    private IReadOnlyList<SkippedFile> _skipped = [];
    private JobOutcome? _all;

    public IProgress<Progress>? Progress { get; init; }

    public required Action<string> Say { get; init; }

    private double Spent => _spentBefore + time.GetElapsedTime(_start).TotalSeconds;

    public async Task<(LabelCurve Curve, IReadOnlyList<SkippedFile> Skipped)> RunAsync(LabelCurve curve, CancellationToken cancellationToken)
    {
        _curve = curve with { Points = [.. curve.Points.Select(p => before?.Points.FirstOrDefault(b => b.PerClass == p.PerClass && b.Pictures == p.Pictures && b.IsFinished) ?? p with { Folder = FolderOf(p), State = "stopped" })] };
        LabelPoint all = _curve.Points[^1];
        double wholeCost = _curve.Points.Sum(p => Cost(p));
        try
        {
            if (!all.IsFinished)
                await RunAsync(all, FirstJob(all, wholeCost), cancellationToken).ConfigureAwait(false);
            Recipe recipe = RunFolder.JobOf(Path.Combine(job.Out, FolderOf(all)))!.Recipe;
            int epochs = _curve.Points[^1].Epochs ?? recipe.Epochs;
            recipe = recipe with { Epochs = epochs, Budget = null };
            _curve = _curve with { Network = recipe.Network };
            foreach (LabelPoint point in _curve.Points.SkipLast(1).Where(p => !p.IsFinished).ToArray())
            {
                double left = job.Seconds is { } limit ? limit - Spent : double.MaxValue;
                if (left <= 0)
                    break;
                await RunAsync(point, new TrainingJob(job.Data, "", Scaled(recipe, point, left), job.Name, job.Version), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _curve = (_curve with { Seconds = Math.Round(Spent, 3) }).Publish(job.Out, 1, job.Seed);
        }

        return (_curve, _skipped);
    }

    private static string FolderOf(LabelPoint point) => string.Create(CultureInfo.InvariantCulture, $"{LabelCurve.PointsName}/{(point.PerClass is { } n ? $"{n:00000}" : "all")}");

    private double Cost(LabelPoint point) => LabelSteps.Cost(point.Pictures, _curve.Points[^1].Pictures, _curve.ValPictures);

    private TrainingJob FirstJob(LabelPoint all, double wholeCost)
    {
        Recipe recipe = TuningSpace.Apply([], job.Said, null);
        double? share = job.Seconds is { } seconds ? Math.Max(1, Usable * seconds * Cost(all) / wholeCost) : null;
        return new TrainingJob(job.Data, "", recipe, job.Name, job.Version, Request: job.Request is { } request ? request with { Seconds = share ?? request.Seconds } : null);
    }

    // The same recipe with more passes over fewer pictures; with a budget, what is left is shared by cost.
    private Recipe Scaled(Recipe recipe, LabelPoint point, double left)
    {
        LabelPoint all = _curve.Points[^1];
        double passes = recipe.Epochs * LabelSteps.Passes(point.Pictures, all.Pictures, _curve.ValPictures);
        if (left < double.MaxValue && all.Seconds > 0)
        {
            double seconds = _all?.EpochSeconds is > 0 and var pure ? pure : all.Seconds, beside = Math.Max(0, all.Seconds - seconds);
            LabelPoint[] rest = [.. _curve.Points.SkipLast(1).Where(p => !p.IsFinished)];
            double needed = rest.Sum(Cost) * seconds, available = (Usable * left) - (rest.Length * beside);
            passes *= Math.Clamp(available / needed, 0, 1);
        }

        int batch = LabelSteps.Batch(point.Pictures, recipe.Batch);
        // Smaller batches take smaller steps (Goyal et al. 2017); adam sets its own.
        double rate = recipe.Optimizer.LearningRate!.Value * (recipe.Optimizer.Kind == "sgd" ? (double)batch / recipe.Batch : 1);
        return recipe with
        {
            Epochs = (int)Math.Clamp(Math.Round(passes), 1, 100_000),
            Progressive = null,
            Batch = batch,
            SamplesPerClass = point.PerClass,
            Optimizer = recipe.Optimizer with { LearningRate = rate },
        };
    }

    private async Task RunAsync(LabelPoint point, TrainingJob run, CancellationToken cancellationToken)
    {
        string relative = FolderOf(point);
        run = run with { Out = Path.Combine(job.Out, relative) };
        double began = Spent;
        string name = point.PerClass is { } n ? $"{n} of each class" : "All pictures";
        using CancellationTokenSource? over = job.Seconds is { } limit ? new CancellationTokenSource(TimeSpan.FromSeconds(Math.Clamp(limit - began, 0.01, 1e7)), time) : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over?.Token ?? CancellationToken.None);
        bool whole = point.PerClass is null;
        try
        {
            run = TuneFolder.PrepareRun(run);
            IProgress<Progress>? progress = Progress is { } outer ? new StagedProgress(outer, name) : null;
            JobOutcome outcome = await runner(run, progress, either.Token).ConfigureAwait(false);
            if (whole)
                (_all, _skipped) = (outcome, outcome.Skipped);
            point = point with { State = "finished", ValAccuracy = outcome.ValAccuracy, Epochs = outcome.Epochs };
        }
        catch (OperationCanceledException) when (over?.IsCancellationRequested == true && !cancellationToken.IsCancellationRequested && !whole)
        {
            point = point with { State = "stopped", Reason = "The time was over." };
        }
        catch (Exception e) when (!whole && e is InvalidOperationException or InputException { Code: not "trainer.missing" })
        {
            point = point with { State = "failed", Reason = e.Message.Split('\n')[0].Trim() };
        }

        point = point with { Folder = relative, Seconds = Math.Round(Spent - began, 3) };
        _curve = _curve with { Points = [.. _curve.Points.Select(p => p.PerClass == point.PerClass ? point : p)], Seconds = Math.Round(Spent, 3) };
        if (whole && File.Exists(Path.Combine(run.Out, RunFiles.Model)))
        {
            string model = Path.Combine(job.Out, RunFiles.Model);
            File.Copy(Path.Combine(run.Out, RunFiles.Model), model, overwrite: true);
            _curve = _curve with { Model = model };
        }

        _curve.Publish(job.Out, 1, job.Seed);
        Say($"{name}: {(point.ValAccuracy is { } accuracy ? string.Create(CultureInfo.InvariantCulture, $"{accuracy * 100:0.00} % after {point.Epochs} epochs") : $"{point.State}: {point.Reason}")}");
    }
}

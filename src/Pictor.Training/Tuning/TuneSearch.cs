using System.Globalization;
using System.Text.Json.Nodes;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Tuning;

/// <summary>One search, from the defaults to the end of its schedule or of its time.</summary>
internal sealed class TuneSearch
{
    // A machine is not always equally fast, and the last run should not be cut off.
    private const double PlanSlack = 1.1, RunSlack = 1.05;

    // What counts for the speed.
    private const int LatestRuns = 5;

    private readonly TuningJob _job;
    private readonly TuneFolder _folder;
    private readonly JobRunner _runner;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly double _spentBefore;
    private TuneRecord _record;
    private TuningSpace? _space;
    private IReadOnlyList<JsonObject> _drawn = [];
    private int? _channels;

    /// <exception cref="InputException">What is resumed was another search.</exception>
    public TuneSearch(TuningJob job, TuneFolder folder, TuneRecord? record, JobRunner runner, TimeProvider time)
    {
        (_job, _folder, _runner, _time, _start) = (job, folder, runner, time, time.GetTimestamp());
        _record = record is null ? Begun(job) : TuneResume.Of(record, job, folder.Path);
        _spentBefore = _record.Seconds;
        _space = _record.Space is { } declared ? TuningSpace.Read(declared, job.Said, Path.Combine(folder.Path, TuneRecord.FileName)) : job.Space;
    }

    public IProgress<Progress>? Progress { get; init; }

    public required Action<string> Say { get; init; }

    public IReadOnlyList<SkippedFile> Skipped { get; private set; } = [];

    private double Spent => _spentBefore + _time.GetElapsedTime(_start).TotalSeconds;

    public async Task<TuneRecord> RunAsync(CancellationToken cancellationToken)
    {
        // What is known so far decides the rest; a record without it asks for the defaults alone.
        _record = _record with { State = TrialRun.Running, Budget = _job.Seconds };
        Plan();
        Publish();
        bool outOfTime = false;
        try
        {
            while (Schedule().Next(_record.Trials, _record.Order(), Fits) is { } due)
            {
                outOfTime = !await RunAsync(due, cancellationToken).ConfigureAwait(false);
                if (outOfTime)
                    break;
                Plan();
                Publish();
            }
        }
        catch (InputException) when (!_record.Trials.Any(t => t.HasEnded))
        {
            // Nothing is lost, and whoever puts the input right need not say --force.
            _folder.Discard(_record);
            throw;
        }
        catch
        {
            _record = _record with { State = TrialRun.Stopped };
            Publish();
            throw;
        }

        bool whole = !outOfTime && Schedule().Next(_record.Trials, _record.Order(), _ => true) is null;
        if (!whole)
            Say(string.Create(CultureInfo.InvariantCulture, $"The time is over after {_record.Trials.Count(t => t.HasEnded)} runs; --resume with a longer --budget goes on."));
        _record = _record with { State = whole ? TrialRun.Finished : TrialRun.Stopped };
        Publish();
        return _record;
    }

    private static TuneRecord Begun(TuningJob job) => new()
    {
        Name = job.Name,
        Data = Path.GetFullPath(job.Data),
        Method = job.Method,
        By = job.ByAccuracy switch { true => "valAccuracy", false => "valLoss", _ => null },
        Seed = job.Said["seed"] is JsonValue value && value.TryGetValue(out int seed) ? seed : 1,
        Said = job.Said.DeepClone().AsObject(),
        Space = job.Space?.ToJson(),
        Defaults = job.Request is null ? TuningSpace.Apply([], job.Said, null) : null,
    };

    private TuningSchedule Schedule() => _record.Planned is { } trials ? new TuningSchedule(trials, _record.Rungs) : new TuningSchedule(0, [_record.Defaults?.Epochs ?? 1]);

    // Once the defaults have run, their cost tells how many trials fit.
    private void Plan()
    {
        if (_record.Defaults is not { } defaults)
            return;
        bool begun = _record.Trials.Any(t => t is { Trial: 0, HasEnded: true });
        TuningSpace space = _space ?? TuningSpace.Usual(defaults, _job.Said, _channels);
        if (space.Parameters.Count == 0)
            throw new InputException("space", "every field that is tuned without a space was given by a flag or the recipe file", "Leave some of them open, or declare a space with --space FILE.") { Code = "tune.space" };
        if (!begun)
            return;
        _space = space;
        _record = _record with { Space = _space.ToJson() };
        if (_record.Planned is null)
        {
            int trials = _job.Method == TuningMethod.Halving ? HalvingTrials(defaults.Epochs) : _job.Trials ?? (_job.Seconds is null ? Tuner.UsualTrials : Tuner.MostTrials);
            int there = _space.Draw(_record.Seed, trials).Count;
            if (there < trials && (_job.Trials is not null || _job.Seconds is null))
                Say($"The space holds no more than {there} different recipes; all of them are tried.");
            TuningSchedule schedule = _job.Method == TuningMethod.Halving ? TuningSchedule.Halving(there, defaults.Epochs) : TuningSchedule.Random(there, defaults.Epochs);
            _record = _record with { Planned = there, Rungs = schedule.Rungs };
            if (schedule.Rungs.Count > 1)
                Say($"{there} recipes are tried for {Epochs(schedule.Rungs[0])}; of these the best third for {string.Join(", then a third of them for ", schedule.Rungs.Skip(1))}, each time trained anew, for a learning rate that has reached zero cannot go on.");
        }

        if (_record.Planned is { } planned && _drawn.Count != planned)
        {
            _drawn = _space.Draw(_record.Seed, planned);
            _record = _record with { Planned = _drawn.Count };
        }
    }

    private int HalvingTrials(int epochs)
    {
        int most = _job.Trials ?? (_job.Seconds is null ? Tuner.UsualTrials : 243);
        if (_job.Seconds is not { } seconds)
            return most;
        int trials = most;
        while (trials > 3 && SecondsFor(TuningSchedule.Halving(trials, epochs).Lengths()) * PlanSlack > seconds - Spent)
            trials--;
        if (trials < _job.Trials)
            Say($"{trials} trials fit into the time, not {_job.Trials}.");
        return trials;
    }

    private bool Fits(IEnumerable<int> lengths) => _job.Seconds is not { } seconds || Spent + (SecondsFor(lengths) * RunSlack) <= seconds;

    // Opening and decoding take their time whatever the number of epochs.
    private double SecondsFor(IEnumerable<int> lengths)
    {
        TrialRun[] latest = [.. _record.Trials.Where(t => t.State == TrialRun.Finished).TakeLast(LatestRuns)];
        double beside = latest.Select(t => Math.Max(0, t.Seconds - t.EpochSeconds)).DefaultIfEmpty(0).Average();
        double epoch = latest.Select(t => t.EpochSeconds / t.Epochs).DefaultIfEmpty(0).Average();
        return lengths.Sum(length => beside + (length * epoch));
    }

    /// <returns>False when the time was over before it ended.</returns>
    private async Task<bool> RunAsync(DueRun due, CancellationToken cancellationToken)
    {
        JsonObject settings = due.Trial == 0 ? [] : _drawn[due.Trial - 1];
        string relative = TuneFolder.RunOf(due.Trial, due.Epochs, due.Trial == 0 || due.Rung == 0);
        var run = new TrialRun(due.Trial, due.Trial == 0 ? Math.Max(0, _record.Rungs.Count - 1) : due.Rung, due.Epochs, relative, settings.DeepClone().AsObject());
        TrialRun? before = _record.Trials.FirstOrDefault(t => t.Folder == relative);
        Note(run);
        _record.Write(_folder.Path);
        double began = Spent;
        using CancellationTokenSource? over = _job.Seconds is { } limit ? new CancellationTokenSource(TimeSpan.FromSeconds(Math.Clamp(limit - began, 0.01, 1e7)), _time) : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over?.Token ?? CancellationToken.None);
        try
        {
            run = await TrainAsync(run, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (over?.IsCancellationRequested == true && !cancellationToken.IsCancellationRequested)
        {
            run = run with { State = TrialRun.Stopped, Reason = "The time was over." };
        }
        catch (OperationCanceledException)
        {
            Note(Timed(run with { State = TrialRun.Stopped, Reason = "Stopped by hand." }));
            throw;
        }
        catch (InputException e) when (due.Trial > 0 && e.Code != "trainer.missing")
        {
            run = run with { State = TrialRun.Failed, Reason = $"{e.Subject}: {e.Problem}" };
        }
        catch (InvalidOperationException e) when (due.Trial > 0)
        {
            run = run with { State = TrialRun.Failed, Reason = e.Message.Split('\n')[0].Trim() };
        }

        run = Timed(run);
        Note(run);
        Say(TuneText.Line(run, _record));
        return run.State != TrialRun.Stopped;

        TrialRun Timed(TrialRun ended) => ended with { Seconds = Math.Round((before?.State == TrialRun.Stopped ? before.Seconds : 0) + Spent - began, 3) };
    }

    private async Task<TrialRun> TrainAsync(TrialRun run, CancellationToken cancellationToken)
    {
        bool open = run.Trial == 0 && _record.Defaults is null;
        Recipe recipe = TuningSpace.Apply(run.Settings, _job.Said, _record.Defaults);
        if (!open)
            recipe = recipe with { Epochs = run.Epochs, Budget = null };
        var job = new TrainingJob(_record.Data, _folder.Absolute(run.Folder), recipe, run.Trial == 0 ? _job.Name : string.Create(CultureInfo.InvariantCulture, $"{_job.Name}-{run.Trial:000}"), _job.Version);
        job = TuneFolder.PrepareRun(open ? job with { Request = _job.Request } : job);
        string stage = run.Trial == 0 ? "Defaults" : $"Trial {run.Trial}{(_record.Rungs.Count > 1 ? $", {Epochs(run.Epochs)}" : $" of {_record.Planned}")}";
        IProgress<Progress>? progress = Progress is { } outer ? new StagedProgress(outer, stage) : null;
        JobOutcome outcome = await _runner(job, progress, cancellationToken).ConfigureAwait(false);
        if (run.Trial == 0)
            Decide(run, outcome, open);
        if (run.Trial == 0 && open)
            run = run with { Epochs = _record.Defaults!.Epochs };
        bool diverged = !double.IsFinite(outcome.TrainLoss) || outcome.ValLoss is { } loss && !double.IsFinite(loss);
        return run with
        {
            State = diverged ? TrialRun.Failed : TrialRun.Finished,
            Reason = diverged ? "It diverged: the loss is no number any more." : null,
            ValLoss = outcome.ValLoss is { } value && double.IsFinite(value) ? value : null,
            ValAccuracy = diverged ? null : outcome.ValAccuracy,
            EpochSeconds = Math.Round(outcome.EpochSeconds, 3),
        };
    }

    // What can be known only after the first run: the recipe that chose itself, and which figure there is.
    private void Decide(TrialRun run, JobOutcome outcome, bool open)
    {
        (Skipped, _channels) = (outcome.Skipped, outcome.Channels);
        if (outcome.ValLoss is null && outcome.ValAccuracy is null)
        {
            throw new InputException(_record.Data, "it has no validation part, so there is nothing to choose a recipe by", "Give each class at least two pictures, or declare a part 'val'.")
            { Code = "tune.no-validation" };
        }

        if (_job.ByAccuracy == true && outcome.ValAccuracy is null)
            throw new InputException("--by", "numbers have no accuracy", "Say --by valLoss, or leave it out.");
        _record = _record with { By = _record.By ?? (outcome.ValAccuracy is null ? "valLoss" : "valAccuracy") };
        if (open && RunFolder.JobOf(_folder.Absolute(run.Folder)) is { } chosen)
            _record = _record with { Defaults = chosen.Recipe with { Budget = null, Epochs = Math.Max(1, outcome.Epochs) } };
    }

    private void Note(TrialRun run)
    {
        List<TrialRun> trials = [.. _record.Trials];
        int at = trials.FindIndex(t => t.Folder == run.Folder);
        if (at < 0)
            trials.Add(run);
        else
            trials[at] = run;
        _record = _record with { Trials = trials, Seconds = Math.Round(Spent, 3) };
    }

    private void Publish()
    {
        TrialOrder order = _record.Order();
        TrialRun? best = _record.Trials.Where(t => t.State == TrialRun.Finished).Order(order).FirstOrDefault();
        TrialRun? defaults = _record.Trials.FirstOrDefault(t => t is { Trial: 0, State: TrialRun.Finished });
        double? gain = best is null || defaults is null ? null : (order.HigherIsBetter ? 1 : -1) * (order.Figure(best) - order.Figure(defaults));
        // The rung of the defaults is known only after them.
        TrialRun[] trials = [.. _record.Trials.Select(t => t.Trial == 0 ? t with { Rung = Math.Max(0, _record.Rungs.Count - 1) } : t)];
        _record = _record with
        {
            Trials = trials,
            Seconds = Math.Round(Spent, 3),
            Best = best is null ? null : new TuneBest(
                best.Trial, best.Epochs, best.Folder, _folder.Absolute(RunFiles.Model), _folder.Absolute(TuneRecord.BestName), best.ValLoss, best.ValAccuracy, gain, best.Settings.DeepClone().AsObject()),
            Importance = _space is null ? [] : Importance.Of(_space, trials, order),
        };
        _folder.Publish(_record);
    }

    private static string Epochs(int count) => count == 1 ? "1 epoch" : string.Create(CultureInfo.InvariantCulture, $"{count} epochs");
}

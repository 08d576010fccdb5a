using System.Globalization;
using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Trainer.Checkpoints;
using Pictor.Trainer.Data;
using Pictor.Trainer.Optimisers;
using Pictor.Trainer.Packages;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Loop;

/// <summary>A job from its first epoch, or from its checkpoint, to its package.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int MostThreads = 8;

    private readonly TrainingJob _job;
    private readonly TrainingData _data;
    private readonly RunFolder _folder;
    private readonly Surroundings _around;
    private readonly RunCheckpoints _checkpoints;
    private readonly TrainingModel _model;
    private readonly LearningRate _rate;
    private readonly Stages _stages;
    private readonly MarginRecord? _margins;
    private readonly TimeBudget? _budget;
    private readonly int _batch;
    private readonly int _steps;
    private readonly BestWeights? _best;
    private RunPosition _position;

    /// <param name="job">What to do; its recipe is decided.</param>
    /// <param name="data">Decoded.</param>
    /// <param name="folder">Where it is written.</param>
    /// <param name="start">Weights of a package to start from, and its teacher's answers.</param>
    /// <param name="around">Messages, progress, the wish to stop, the clock.</param>
    public TrainingRun(TrainingJob job, TrainingData data, RunFolder folder, StartingPoint start, Surroundings around)
    {
        (_job, _data, _folder, _around) = (job, data, folder, around);
        Recipe recipe = job.Recipe;
        Network = NetworkCatalog.Create(recipe.Network, data.Preprocessing.Shape, data.Outputs, recipe.Dropout);
        _batch = (int)Math.Min((long)recipe.Batch * recipe.Accumulate, data.Train.Count);
        _checkpoints = new RunCheckpoints(Path.Combine(folder.CheckpointsPath, CheckpointFile.Name), Network, data.Fingerprint, _batch);
        Checkpoint? last = job.Resume ? _checkpoints.Read() : null;
        bool norms = Network.Nodes.Any(node => node.Layer is Layer.BatchNorm);
        int atOnce = Math.Min(recipe.Batch, data.Train.Count);
        int threads = last?.Header.Threads ?? ThreadsOf(recipe.Threads, atOnce, norms);
        _steps = StepsOf(data.Train.Count, _batch, norms);
        if (_batch == 1 && Network.Nodes.Any(node => node.Layer is Layer.BatchNorm && node.Output.Skip(1).All(side => side == 1)))
            throw new InputException("batch", $"a batch of 1 gives the batch normalisation of {Network.Name} a single value at {Network.Input}", "Use batches of at least 2, or larger pictures.");
        recipe = SpeedTrial.DecidePrecision(Network, recipe, data, threads, around.Time, around.Messages.Say);
        if (recipe != job.Recipe)
            folder.Decide(recipe);
        _job = job = job with { Recipe = recipe };
        _rate = new LearningRate(recipe.Schedule, recipe.Optimizer.LearningRate!.Value);
        _model = new TrainingModel(Network, recipe, atOnce, threads, new TrainingLoss(recipe, data.Task, data.Frequencies, data.Train.Count), data.Scale);
        start.Apply(_model, Network, recipe, data.Labels);
        _stages = new Stages(data, recipe, _batch, start.Soft);
        foreach (PictureShape shape in _stages.Shapes)
            Network.CheckFits(shape);
        _margins = data.Task == Datasets.DatasetTask.SingleLabel && recipe.Sampling == "uniform" ? new MarginRecord(data.Train.Count, data.Val?.Count ?? 0) : null;
        foreach (Replica replica in _model.Replicas)
            replica.Margins = _margins;
        _position = new RunPosition { Plan = new RunPlan((long)_steps * recipe.Epochs) };
        _best = recipe.Patience > 0 && data.Val is not null ? new BestWeights(_model) : null;
        if (last is not null)
            _position = Continued(_checkpoints.Restore(last, _model, _best, _margins), recipe);
        _budget = recipe.Budget is { } seconds ? new TimeBudget(seconds, around.SecondsSinceStart, _steps, ValidationCost(data), CostOf) : null;
        folder.Rewind(_position.Epoch - 1);
        Announce(threads);
    }

    public Network Network { get; }

    /// <summary>Trains to the end and writes the package.</summary>
    /// <returns>False when it was told to stop; then a checkpoint is written.</returns>
    public bool Run()
    {
        Recipe recipe = _job.Recipe;
        var report = new StepReport(_around.Progress, _data.Train.Count, _steps, _around.Time);
        while (_position.Step < _position.Plan.Steps && !_position.Stopped || _position.StepInEpoch > 0)
        {
            Stage stage = _stages.Of(_position.Epoch, _around.Progress, _around.Stop.Token);
            _model.Prepare(stage.Shape);
            if (_position.StepInEpoch == 0)
                _position = _position with { Mixes = MixesUntilItsEnd() };
            var epoch = new EpochRunner(_model, _position.Mixes ? stage.Source : stage.Unmixed, _batch, _steps, _rate, _around.Time)
            {
                Save = Save,
                ShouldStop = () => _around.Stop.IsSet,
                Stepped = report.Tell,
                Plan = position => _budget?.Revise(position) ?? position.Plan,
            };
            _position = epoch.Run(_position);
            bool complete = epoch.IsComplete(_position);
            (double Loss, double? Accuracy)? result = null;
            if (complete)
            {
                _model.AverageStatistics();
                using IDisposable average = _model.UseAverage();
                complete = Validate(stage, out result);
                if (complete && IsBetter(result))
                    _best?.Keep();
            }

            if (!complete)
            {
                Save(_position);
                _around.Messages.Say($"Stopped in epoch {_position.Epoch}{(recipe.Budget is null ? $" of {recipe.Epochs}" : "")}; everything up to here is saved. Say the same command with --resume to go on.");
                return false;
            }

            EndEpoch(result);
        }

        Finish();
        return true;
    }

    public void Dispose()
    {
        _stages.Dispose();
        _model.Dispose();
    }

    /// <summary>
    /// All pictures are seen in every epoch. Only with batch normalisation a rest under half a batch, or of one picture, is left out (other
    /// pictures each epoch), for its statistics would be poor.
    /// </summary>
    internal static int StepsOf(int pictures, int batch, bool norms)
    {
        int rest = pictures % batch;
        bool dropped = norms && pictures > batch && rest < Math.Max(2, (batch + 1) / 2);
        return (pictures / batch) + (rest > 0 && !dropped ? 1 : 0);
    }

    /// <summary>One picture a thread at least; four with batch normalisation, so that half a batch still gives each of them two.</summary>
    internal static int ThreadsOf(int asked, int batch, bool norms)
    {
        int wanted = asked > 0 ? asked : Math.Min(Environment.ProcessorCount, MostThreads);
        return Math.Clamp(wanted, 1, Math.Max(1, norms ? batch / 4 : batch));
    }

    // More epochs than the run was started with stretch the schedule; under a budget the checkpoint's own plan goes on.
    private RunPosition Continued(RunPosition position, Recipe recipe) =>
        recipe.Budget is null ? position with { Plan = new RunPlan((long)_steps * recipe.Epochs) } : position;

    // Validation in steps of training: forward is a third of forward and backward.
    private double ValidationCost(TrainingData data) => data.Val is null ? 0 : data.Val.Count / 3.0 / _batch;

    private double CostOf(int epoch)
    {
        PictureShape shape = _stages.ShapeOf(epoch), full = _data.Preprocessing.Shape;
        return (double)shape.Length / full.Length;
    }

    private bool MixesUntilItsEnd()
    {
        long end = Math.Min(_position.Step + _steps, _position.Plan.Steps);
        return _position.Plan.ProgressAt(end) <= _job.Recipe.Augment.MixUntil + 1e-9;
    }

    private bool Validate(Stage stage, out (double Loss, double? Accuracy)? result)
    {
        result = null;
        if (stage.Judged is null)
            return true;
        long began = _around.Time.GetTimestamp();
        (double Loss, double Accuracy)? figures = Validation.Run(_model, stage.Judged, _data.Val!.Count, () => _around.Stop.IsSet);
        if (figures is not { } known)
            return false;
        _margins?.EndValidation();
        result = (known.Loss, _data.Task == Datasets.DatasetTask.Numeric ? null : known.Accuracy);
        _position = _position with { Seconds = _position.Seconds + _around.Time.GetElapsedTime(began).TotalSeconds };
        return true;
    }

    private void Announce(int threads)
    {
        Recipe recipe = _job.Recipe;
        string parameters = Network.ParameterCount.ToString("N0", CultureInfo.InvariantCulture);
        string pictures = _data.Train.Count.ToString("N0", CultureInfo.InvariantCulture);
        string what = _data.Task == Datasets.DatasetTask.Numeric ? "a number" : $"{Network.Classes} classes";
        string length = recipe.Budget is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"about {recipe.Epochs} epochs, to end within {seconds:0} s") : recipe.Epochs == 1 ? "1 epoch" : $"{recipe.Epochs} epochs";
        _around.Messages.Say($"{Network.Name} for {Network.Input} pictures and {what}: {parameters} parameters. {pictures} pictures a pass, {length}, "
            + $"batches of {_batch} on {(threads == 1 ? "one thread" : $"{threads} threads")}.");
        if (_batch < recipe.Batch)
            _around.Messages.Say($"The training part holds fewer pictures than a batch of {recipe.Batch}, so each step sees all of them.");
        if (recipe.Patience > 0 && _best is null)
            _around.Messages.Say("There is no validation part, so early stopping is off.");
        if (_position.Step > 0)
            _around.Messages.Say(_position.StepInEpoch > 0 ? $"Going on in epoch {_position.Epoch}, after step {_position.StepInEpoch} of {_steps}." : $"Going on with epoch {_position.Epoch}.");
    }

    private bool IsBetter((double Loss, double? Accuracy)? result) => result is { } r && !(r.Loss >= _position.BestLoss);

    private void EndEpoch((double Loss, double? Accuracy)? result)
    {
        var metrics = new EpochMetrics(
            _position.Epoch, _position.LossSums.Sum() / _position.Pictures, result?.Loss, result?.Accuracy,
            _rate.At(_position.Plan.ProgressAt(_position.Step)), Math.Round(_position.Seconds, 3));
        bool better = IsBetter(result);
        if (result is { } judged)
            _margins?.Keep(judged.Loss);
        int best = better ? _position.Epoch : _position.BestEpoch;
        _folder.Append(metrics);
        _around.Messages.Write(new TrainerMessage.EpochEnded(metrics));
        _position = new RunPosition
        {
            Epoch = _position.Epoch + 1,
            Step = _position.Step,
            Plan = _position.Plan,
            SecondsBefore = _position.SecondsBefore + _position.Seconds,
            BestEpoch = best,
            BestLoss = better ? result!.Value.Loss : _position.BestLoss,
            Stopped = _best is not null && _position.Epoch - best >= _job.Recipe.Patience && _position.Step < _position.Plan.Steps,
        };
        Save(_position);

        // What lived through an epoch is old to the collector, which seldom looks at the old: memory would grow by a megabyte an epoch until it does.
        // Almost all of the heap is pictures, which hold no references, so a whole collection takes milliseconds.
        GC.Collect();
    }

    private void Save(RunPosition position) => _checkpoints.Write(_model, _best, _margins, position);

    private void Finish()
    {
        EpochMetrics? figures = _folder.Metrics.Count > 0 ? _folder.Metrics[^1] : null;
        using IDisposable average = _model.UseAverage();
        if (_best is not null && _position.BestEpoch > 0)
        {
            _best.Restore();
            figures = _folder.Metrics.FirstOrDefault(m => m.Epoch == _position.BestEpoch) ?? figures;
            if (_position.BestEpoch < _position.Epoch - 1)
                _around.Messages.Say($"The package holds the weights of epoch {_position.BestEpoch}, whose validation loss was the lowest.");
        }

        _margins?.Write(Path.Combine(_folder.Path, MarginRecord.FileName), _data);
        Stage stage = _stages.Of(int.MaxValue, _around.Progress, CancellationToken.None);
        _model.Prepare(stage.Shape);
        var finished = FinishedModel.Of(_model, stage.Judged, _data, figures);
        PackageBuilder.Write(_folder.ModelPath, _job, Network, finished, _data, _around.Time);
        _around.Messages.Write(new TrainerMessage.Finished(_folder.ModelPath, _position.Epoch - 1, finished.Figures?.ValAccuracy, Math.Round(_position.SecondsBefore, 3), _position.Stopped));
    }
}

using System.Globalization;
using Pictor.Datasets;
using Pictor.Models.Networks;
using Pictor.Trainer.Checkpoints;
using Pictor.Trainer.Data;
using Pictor.Trainer.Optimisers;
using Pictor.Trainer.Packages;
using Pictor.Trainer.Talking;
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
    private readonly MessageWriter _messages;
    private readonly ProgressRelay _progress;
    private readonly StopRequest _stop;
    private readonly TimeProvider _time;
    private readonly RunCheckpoints _checkpoints;
    private readonly TrainingModel _model;
    private readonly LearningRate _rate;
    private readonly int _batch;
    private readonly int _steps;
    private readonly BestWeights? _best;
    private RunPosition _position;

    public TrainingRun(TrainingJob job, TrainingData data, RunFolder folder, MessageWriter messages, ProgressRelay progress, StopRequest stop, TimeProvider time)
    {
        (_job, _data, _folder, _messages, _progress, _stop, _time) = (job, data, folder, messages, progress, stop, time);
        Recipe recipe = job.Recipe;
        Network = NetworkCatalog.Create(recipe.Network, data.Preprocessing.Shape, data.Labels.Count, recipe.Dropout);
        _batch = Math.Min(recipe.Batch, data.Train.Count);
        _checkpoints = new RunCheckpoints(Path.Combine(folder.CheckpointsPath, CheckpointFile.Name), Network, data.Fingerprint, _batch);
        Checkpoint? last = job.Resume ? _checkpoints.Read() : null;
        bool norms = Network.Nodes.Any(node => node.Layer is Layer.BatchNorm);
        int threads = last?.Header.Threads ?? ThreadsOf(recipe.Threads, _batch, norms);
        _steps = StepsOf(data.Train.Count, _batch, norms);
        if (_batch == 1 && Network.Nodes.Any(node => node.Layer is Layer.BatchNorm && node.Output.Skip(1).All(side => side == 1)))
            throw new InputException("batch", $"a batch of 1 gives the batch normalisation of {Network.Name} a single value at {Network.Input}", "Use batches of at least 2, or larger pictures.");
        _rate = new LearningRate(recipe.Schedule, recipe.Optimizer.LearningRate!.Value, (long)_steps * recipe.Epochs);
        _model = new TrainingModel(Network, recipe, _batch, threads);
        _position = new RunPosition();
        _best = recipe.Patience > 0 && data.Val is not null ? new BestWeights(_model) : null;
        if (last is not null)
            _position = _checkpoints.Restore(last, _model, _best);
        folder.Rewind(_position.Epoch - 1);
        Announce(threads);
    }

    public Network Network { get; }

    /// <summary>Trains to the end and writes the package.</summary>
    /// <returns>False when it was told to stop; then a checkpoint is written.</returns>
    public bool Run()
    {
        Recipe recipe = _job.Recipe;
        var source = new BatchSource(
            _data.Train, _data.Preprocessing, recipe.Augment.IsNone ? null : new Augmenter(recipe.Augment, _data.Preprocessing.Shape, recipe.Seed), _batch, recipe.Seed);
        BatchSource? judged = _data.Val is { } val ? new BatchSource(val, _data.Preprocessing, null, _batch, recipe.Seed) : null;
        var epoch = new EpochRunner(_model, source, _batch, _steps, _rate, _time)
        {
            Save = Save,
            ShouldStop = () => _stop.IsSet,
            Stepped = new StepReport(_progress, recipe.Epochs, _data.Train.Count, _time).Tell,
        };

        while (_position.Epoch <= recipe.Epochs && !_position.Stopped)
        {
            _position = epoch.Run(_position);
            bool complete = _position.StepInEpoch == _steps;
            if (complete)
                _model.AverageStatistics();
            (double Loss, double Accuracy)? result = null;
            if (complete && judged is not null)
            {
                long began = _time.GetTimestamp();
                result = Validation.Run(_model, judged, _data.Val!.Count, () => _stop.IsSet);
                complete = result is not null;
                if (complete)
                    _position = _position with { Seconds = _position.Seconds + _time.GetElapsedTime(began).TotalSeconds };
            }

            if (!complete)
            {
                Save(_position);
                _messages.Say($"Stopped in epoch {_position.Epoch} of {recipe.Epochs}; everything up to here is saved. Say the same command with --resume to go on.");
                return false;
            }

            EndEpoch(result);
        }

        WritePackage();
        return true;
    }

    public void Dispose() => _model.Dispose();

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

    private void Announce(int threads)
    {
        Recipe recipe = _job.Recipe;
        string parameters = Network.ParameterCount.ToString("N0", CultureInfo.InvariantCulture);
        string pictures = _data.Train.Count.ToString("N0", CultureInfo.InvariantCulture);
        _messages.Say($"{Network.Name} for {Network.Input} pictures and {Network.Classes} classes: {parameters} parameters. {pictures} pictures a pass, {(recipe.Epochs == 1 ? "1 epoch" : $"{recipe.Epochs} epochs")}, "
            + $"batches of {_batch} on {(threads == 1 ? "one thread" : $"{threads} threads")}.");
        if (_batch < recipe.Batch)
            _messages.Say($"The training part holds fewer pictures than a batch of {recipe.Batch}, so each step sees all of them.");
        if (recipe.Patience > 0 && _best is null)
            _messages.Say("There is no validation part, so early stopping is off.");
        if (_position.Step > 0)
            _messages.Say(_position.StepInEpoch > 0 ? $"Going on in epoch {_position.Epoch}, after step {_position.StepInEpoch} of {_steps}." : $"Going on with epoch {_position.Epoch}.");
    }

    private void EndEpoch((double Loss, double Accuracy)? result)
    {
        var metrics = new EpochMetrics(
            _position.Epoch, _position.LossSums.Sum() / _position.Pictures, result?.Loss, result?.Accuracy, _rate.At(_position.Step - 1), Math.Round(_position.Seconds, 3));
        bool better = result is { } r && !(r.Loss >= _position.BestLoss);
        if (better)
            _best?.Keep();
        int best = better ? _position.Epoch : _position.BestEpoch;
        _folder.Append(metrics);
        _messages.Write(new TrainerMessage.EpochEnded(metrics));
        _position = new RunPosition
        {
            Epoch = _position.Epoch + 1,
            Step = _position.Step,
            SecondsBefore = _position.SecondsBefore + _position.Seconds,
            BestEpoch = best,
            BestLoss = better ? result!.Value.Loss : _position.BestLoss,
            Stopped = _best is not null && _position.Epoch - best >= _job.Recipe.Patience && _position.Epoch < _job.Recipe.Epochs,
        };
        Save(_position);
    }

    private void Save(RunPosition position) => _checkpoints.Write(_model, _best, position);

    private void WritePackage()
    {
        EpochMetrics? figures = _folder.Metrics.Count > 0 ? _folder.Metrics[^1] : null;
        if (_best is not null && _position.BestEpoch > 0)
        {
            _best.Restore();
            figures = _folder.Metrics.FirstOrDefault(m => m.Epoch == _position.BestEpoch) ?? figures;
            if (_position.BestEpoch < _position.Epoch - 1)
                _messages.Say($"The package holds the weights of epoch {_position.BestEpoch}, whose validation loss was the lowest.");
        }

        PackageBuilder.Write(_folder.ModelPath, _job, Network, _model.Export(), _data, figures, _time);
        _messages.Write(new TrainerMessage.Finished(_folder.ModelPath, _position.Epoch - 1, figures?.ValAccuracy, Math.Round(_position.SecondsBefore, 3), _position.Stopped));
    }
}

using System.Globalization;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Tests.Tuning;

/// <summary>Runs that train nothing: figures by a formula, seconds by a clock that stands still between them.</summary>
internal sealed class MadeUpRuns(Func<Recipe, double> accuracy, Func<Recipe, double>? seconds = null)
{
    public StandingClock Clock { get; } = new();

    public List<TrainingJob> Jobs { get; } = [];

    /// <summary>Runs for which this holds end like a killed process: by an exception that nobody expects.</summary>
    public Func<TrainingJob, bool> Dies { get; init; } = _ => false;

    public Func<TrainingJob, Exception?> Fails { get; init; } = _ => null;

    public async Task<JobOutcome> RunAsync(TrainingJob job, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Jobs.Add(job);
        if (Dies(job))
            throw new IOException("killed");
        if (Fails(job) is { } failure)
            throw failure;
        Recipe recipe = job.Recipe;
        if (job.Request is not null)
        {
            recipe = recipe with { Network = "resnet9-16", Epochs = 9, Augment = Datasets.Augmentation.Named("digits") };
            RunFolder.Open(job.Out).Decide(recipe.Resolve());
        }

        double spent = seconds?.Invoke(recipe) ?? recipe.Epochs;
        Clock.Advance(spent);
        cancellationToken.ThrowIfCancellationRequested();
        double value = accuracy(recipe);
        string model = Path.Combine(job.Out, "model.pictor");
        await File.WriteAllTextAsync(model, value.ToString("R", CultureInfo.InvariantCulture), CancellationToken.None);
        return new JobOutcome(model, recipe.Epochs, double.IsNaN(value) ? double.NaN : 1 - value, value, double.IsNaN(value) ? double.NaN : 0.1, []) { EpochSeconds = spent };
    }
}

/// <summary>A clock that moves when it is told to; its timers fire then.</summary>
internal sealed class StandingClock : TimeProvider
{
    private readonly List<(long At, Action Fire)> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public void Advance(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds).Ticks;
        foreach ((long _, Action fire) in _timers.Where(t => t.At <= _now).ToArray())
            fire();
        _timers.RemoveAll(t => t.At <= _now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero)
            _timers.Add((_now + dueTime.Ticks, () => callback(state)));
        return new Nothing();
    }

    private sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

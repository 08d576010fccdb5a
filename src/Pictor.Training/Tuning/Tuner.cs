using Pictor.Training.Runs;

namespace Pictor.Training.Tuning;

/// <summary>
/// Searches for a recipe that does better than the defaults, judged on the validation part alone. Equal seeds give equal trials; a search that was stopped or
/// killed goes on where it was.
/// </summary>
public static class Tuner
{
    /// <summary>Trials when neither their number nor a time is given.</summary>
    public const int UsualTrials = 27;

    /// <summary>Trials at most.</summary>
    public const int MostTrials = 1000;

    /// <summary>Runs the search.</summary>
    /// <param name="job">What to search.</param>
    /// <param name="progress">Told how far the run under way has come.</param>
    /// <param name="say">Told a sentence after each run.</param>
    /// <param name="runner">Carries out a run; null: the trainer.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="cancellationToken">Stops it after a checkpoint of the run under way; what there is has been written by then.</param>
    /// <returns>What tune.json holds, and the pictures that were left out.</returns>
    /// <exception cref="InputException">No data set, no validation part, a search is there already, or what is resumed was another search.</exception>
    public static async Task<(TuneRecord Record, IReadOnlyList<SkippedFile> Skipped)> RunAsync(
        TuningJob job, IProgress<Progress>? progress = null, Action<string>? say = null, JobRunner? runner = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        if (job.Trials is < 1 or > MostTrials)
            throw new InputException("--trials", $"{job.Trials} is not 1 to {MostTrials}", "Name how many recipes are to be tried beside the defaults.");
        (TuneFolder folder, TuneRecord? record) = TuneFolder.Prepare(job);
        var search = new TuneSearch(job, folder, record, runner ?? JobRunners.TrainAsync, time ?? TimeProvider.System) { Progress = progress, Say = say ?? (_ => { }) };
        return (await search.RunAsync(cancellationToken).ConfigureAwait(false), search.Skipped);
    }
}

namespace Pictor.Training.Tuning;

/// <summary>Whether a search can go on: what is asked for now is what it was begun with. Its time may differ, and random search may try more.</summary>
internal static class TuneResume
{
    public static TuneRecord Of(TuneRecord record, TuningJob job, string folder)
    {
        var faults = new List<string>();
        Same("method", Word(record.Method), Word(job.Method));
        Same("said recipe", record.Said.ToJsonString(PictorJson.Compact), job.Said.ToJsonString(PictorJson.Compact));
        if (job.Space is { } space && record.Space is { } before)
            Same("space", before.ToJsonString(PictorJson.Compact), space.ToJson().ToJsonString(PictorJson.Compact));
        if (job.ByAccuracy is { } by && record.By is { } figure)
            Same("--by", figure, by ? "valAccuracy" : "valLoss");
        if (job.Trials is { } trials && record.Planned is { } planned && trials != planned && (job.Method == TuningMethod.Halving || trials < planned))
            faults.Add($"--trials was {planned} and is now {trials}{(job.Method == TuningMethod.Random ? "; it may only grow" : "; in halving it decides how long every trial is")}");
        if (faults.Count > 0)
            throw new InputException(folder, $"the search was begun otherwise: {string.Join("; ", faults)}", "Resume it with what it was begun with, or start anew with --force.") { Code = "tune.other-search" };
        // Data may have moved. More random trials: the first ones stay what they were.
        return record with
        {
            Data = Path.GetFullPath(job.Data),
            Planned = job is { Method: TuningMethod.Random, Trials: { } more } && record.Planned is not null ? more : record.Planned,
        };

        void Same(string what, string was, string now)
        {
            if (was != now)
                faults.Add($"{what} was {was} and is now {now}");
        }
    }

    private static string Word(TuningMethod method) => method == TuningMethod.Halving ? "halving" : "random";
}

using System.Globalization;
using Pictor.Cli.Terminal;
using Pictor.Training.Heads;

namespace Pictor.Cli.Training;

/// <summary><c>train --on</c>: a head on the embedding of a package.</summary>
internal static class HeadRun
{
    public static async Task<int> RunAsync(string on, string data, string? folder, string? name, int seed, bool force, CommandOutput output, CancellationToken cancellationToken)
    {
        data = Path.GetFullPath(data);
        string stem = Path.GetFileName(data.TrimEnd(Path.DirectorySeparatorChar)).Split('.')[0];
        name = PackageName.From(name ?? $"{stem}-head");
        var job = new HeadJob(Path.GetFullPath(on), data, Path.GetFullPath(folder ?? Path.Combine("runs", name)), name, PackageName.VersionOf(TimeProvider.System.GetLocalNow()), seed) { Force = force };
        HeadOutcome outcome;
        using (ProgressDisplay progress = output.Progress())
            outcome = await HeadTraining.RunAsync(job, progress, cancellationToken);
        foreach (string note in outcome.Notes)
            output.Say(note);
        output.Result(outcome, () => Text(outcome, data));
        return output.Skips(outcome.Skipped);
    }

    private static string Text(HeadOutcome outcome, string data)
    {
        string accuracy = outcome.ValAccuracy is { } value ? string.Create(CultureInfo.InvariantCulture, $", {value * 100:0.00} % right on validation") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{outcome.Model}\nHead in {outcome.Seconds:0.0} s ({outcome.EmbedSeconds:0.0} s embedding, {outcome.FitSeconds:0.0} s fitting){accuracy}\nJudge it: pictor evaluate --model {outcome.Model} --data {data}");
    }
}

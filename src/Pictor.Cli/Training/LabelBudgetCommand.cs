using System.Text.Json.Nodes;
using Pictor.Cli.Terminal;
using Pictor.Training.LabelBudget;

namespace Pictor.Cli.Training;

/// <summary><c>train --label-budget</c>: what more labelled pictures are worth.</summary>
internal static class LabelBudgetCommand
{
    public static LabelBudgetJob Job(string data, string? folder, string? name, JsonObject said)
    {
        _ = RecipeOptions.Read(said, null);
        data = Path.GetFullPath(data);
        string stem = Path.GetFileName(data.TrimEnd(Path.DirectorySeparatorChar)).Split('.')[0];
        name = PackageName.From(name ?? (RecipeOptions.Network(said) is { } network ? $"{stem}-{network}" : stem));
        return new LabelBudgetJob(data, Path.GetFullPath(folder ?? Path.Combine("runs", $"labels-{name}")), name, said) { Version = PackageName.VersionOf(TimeProvider.System.GetLocalNow()) };
    }

    public static async Task<int> RunAsync(LabelBudgetJob job, CommandOutput output, CancellationToken cancellationToken)
    {
        LabelCurve curve;
        IReadOnlyList<SkippedFile> skipped;
        using (ProgressDisplay progress = output.Progress())
        {
            (curve, skipped) = await LabelBudgetRun.RunAsync(job, progress, text =>
            {
                progress.Clear();
                output.Say(text);
            }, cancellationToken: cancellationToken);
        }

        output.RawResult(curve.ToJson(), () => LabelPage.Text(curve));
        output.Say($"Page: {Path.Combine(job.Out, "label-budget.html")}");
        return output.Skips(skipped);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Training.Recipes;

namespace Pictor.Training.Runs;

/// <summary>Whether a run can go on: it has a checkpoint, and what is asked for now is what it was started with.</summary>
internal static class RunResume
{
    // What may change without making the checkpoint meaningless. More epochs stretch the schedule from where it stands.
    private static readonly string[] Free = ["epochs", "patience", "threads"];

    public static void Check(string folder, RunConfig? existing, TrainingJob job)
    {
        if (existing is null)
            throw new InputException(folder, "there is no run to resume", "Leave out --resume to start one there, or name the run's folder with --out.") { Code = "run.nothing-to-resume" };
        string checkpoints = Path.Combine(folder, RunFiles.Checkpoints);
        if (!Directory.Exists(checkpoints) || !Directory.EnumerateFiles(checkpoints).Any(file => !file.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            throw new InputException(folder, "the run ended before its first checkpoint, so there is nothing to resume", "Start it anew with --force.")
            { Code = "run.nothing-to-resume" };
        }

        List<string> faults = Differences(existing.Recipe!, job.Recipe);
        if (job.Recipe.Epochs < existing.Recipe!.Epochs)
            faults.Add($"epochs was {existing.Recipe.Epochs} and is now {job.Recipe.Epochs}; it may only grow");
        if (faults.Count > 0)
        {
            throw new InputException(folder, $"the run was started with another recipe: {string.Join("; ", faults)}",
                "Resume it with what config.json says, or start anew with --force.");
        }
    }

    private static List<string> Differences(Recipe before, Recipe now)
    {
        var faults = new List<string>();
        Compare("", JsonSerializer.SerializeToNode(before, PictorJson.Compact)!.AsObject(), JsonSerializer.SerializeToNode(now, PictorJson.Compact)!.AsObject(), faults);
        return faults;
    }

    private static void Compare(string prefix, JsonObject before, JsonObject now, List<string> faults)
    {
        foreach ((string name, JsonNode? value) in now)
        {
            JsonNode? old = before[name];
            if (value is JsonObject inner && old is JsonObject oldInner)
                Compare($"{prefix}{name}.", oldInner, inner, faults);
            else if (!JsonNode.DeepEquals(old, value) && !Free.Contains(prefix + name, StringComparer.Ordinal))
                faults.Add($"{prefix}{name} was {old?.ToJsonString() ?? "not set"} and is now {value?.ToJsonString() ?? "not set"}");
        }
    }
}

using System.Text.Json;

namespace Pictor.Training.Runs;

/// <summary>Names of what a run writes, and the ways in which they are written: whole or not at all.</summary>
internal static class RunFiles
{
    public const string Model = "model.pictor";
    public const string Config = "config.json";
    public const string Metrics = "metrics.jsonl";
    public const string Curves = "curves.svg";
    public const string Margins = "margins.csv";
    public const string Checkpoints = "checkpoints";

    /// <summary>A reader sees the old file or the new one, never half of one, whenever this process dies.</summary>
    public static void Replace(string path, string text)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The lines of metrics.jsonl. A torn last line is what a killed process leaves: it is dropped, and <paramref name="torn"/> says so.</summary>
    public static List<EpochMetrics> ReadMetrics(string path, out bool torn)
    {
        var metrics = new List<EpochMetrics>();
        torn = false;
        if (!File.Exists(path))
            return metrics;
        string text = File.ReadAllText(path);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        torn = text.Length > 0 && text[^1] != '\n';
        for (int i = 0; i < lines.Length; i++)
        {
            try
            {
                metrics.Add(JsonSerializer.Deserialize<EpochMetrics>(lines[i], PictorJson.Compact)!);
            }
            catch (JsonException e)
            {
                if (i == lines.Length - 1 && torn)
                    break;
                throw new InputException($"{path} line {i + 1}", "it is not a line of epoch figures", "Remove the line, or start anew with --force.", e);
            }
        }

        return metrics;
    }

    /// <summary>Deletes what a run writes and nothing else. Subfolders of checkpoints/ are not a run's and stay.</summary>
    public static void Delete(string folder)
    {
        // The configuration goes last: as long as it stands, the folder is known as a run's and --force can be said again.
        string checkpoints = Path.Combine(folder, Checkpoints);
        if (Directory.Exists(checkpoints))
        {
            foreach (string file in Directory.GetFiles(checkpoints))
                File.Delete(file);
        }

        foreach (string name in (string[])[Model, Metrics, Curves, Margins, Config])
        {
            File.Delete(Path.Combine(folder, name));
            File.Delete(Path.Combine(folder, name + ".tmp"));
        }
    }
}

using System.Text.Json;
using Pictor.Training.Recipes;

namespace Pictor.Training.Runs;

/// <summary><c>config.json</c> of a run: all that is needed to go on with it or to repeat it.</summary>
internal sealed record RunConfig
{
    public const int CurrentSchema = 2;

    public int Schema { get; init; }

    public string? PictorVersion { get; init; }

    public string? Name { get; init; }

    public string? Version { get; init; }

    public string? Data { get; init; }

    public Recipe? Recipe { get; init; }

    public static RunConfig Of(TrainingJob job) => new()
    {
        Schema = CurrentSchema,
        PictorVersion = typeof(RunConfig).Assembly.GetName().Version?.ToString(3),
        Name = job.Name,
        Version = job.Version,
        Data = job.Data,
        Recipe = job.Recipe,
    };

    public TrainingJob ToJob(string folder) => new(Data!, folder, Recipe!, Name!, Version ?? "1.0.0");

    public void Write(string folder) =>
        RunFiles.Replace(Path.Combine(folder, RunFiles.Config), JsonSerializer.Serialize(this, PictorJson.Indented) + "\n");

    /// <summary>The configuration of a folder; null where there is none or it is not a run's.</summary>
    public static RunConfig? TryRead(string folder)
    {
        string path = Path.Combine(folder, RunFiles.Config);
        if (!File.Exists(path))
            return null;
        try
        {
            RunConfig? config = JsonSerializer.Deserialize<RunConfig>(File.ReadAllText(path), PictorJson.Compact);
            return config is { Schema: >= 1, Recipe: not null, Data: not null, Name: not null } ? config : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using Pictor.Training.Choosing;
using Pictor.Training.Recipes;

namespace Pictor.Training.Runs;

/// <summary>What the trainer is told: as one line of JSON on its standard input, which then stays open; its end means that the parent is gone.</summary>
/// <param name="Data">Path of the data set.</param>
/// <param name="Out">Run folder, already prepared.</param>
/// <param name="Recipe">What to do.</param>
/// <param name="Name">Name of the package.</param>
/// <param name="Version">Version of the package.</param>
/// <param name="Resume">Go on from the last checkpoint.</param>
/// <param name="Request">What the recipe is to be chosen by, once the pictures are known; null: <paramref name="Recipe"/> is what to do.</param>
public sealed record TrainingJob(string Data, string Out, Recipe Recipe, string Name, string Version = "1.0.0", bool Resume = false, RecipeRequest? Request = null)
{
    /// <summary>The job as one line, without the line's end.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, PictorJson.Compact);

    /// <summary>The job that <see cref="ToLine"/> wrote.</summary>
    /// <exception cref="InputException">The line is no job.</exception>
    public static TrainingJob FromLine(string? line)
    {
        const string remedy = "The trainer is started by 'pictor train'; it expects one line of JSON on its standard input.";
        try
        {
            TrainingJob? job = string.IsNullOrWhiteSpace(line) ? null : JsonSerializer.Deserialize<TrainingJob>(line, PictorJson.Compact);
            return job is { Data: not null, Out: not null, Recipe: not null, Name: not null }
                ? job
                : throw new InputException("training job", "data, out, recipe or name is missing", remedy);
        }
        catch (JsonException e)
        {
            throw new InputException("training job", $"it is no JSON ({e.Message})", remedy, e);
        }
    }
}

using System.Text.Json.Nodes;
using Pictor.Training.Choosing;

namespace Pictor.Training.LabelBudget;

/// <summary>A curve of accuracy over the number of labelled examples.</summary>
/// <param name="Data">Path of the data set, one class a picture; its test part is never looked at.</param>
/// <param name="Out">Folder of the curve.</param>
/// <param name="Name">Name of the packages.</param>
/// <param name="Said">Fields of the recipe that are given.</param>
public sealed record LabelBudgetJob(string Data, string Out, string Name, JsonObject Said)
{
    /// <summary>Version of the packages. <value>1.0.0.</value></summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>A package whose frozen embeddings heads are fitted on; null: networks are trained.</summary>
    public string? On { get; init; }

    /// <summary>Seconds for all of it; null: no limit.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the recipe is to be chosen by; its time is set from <see cref="Seconds"/>. Null: the network's defaults.</summary>
    public RecipeRequest? Request { get; init; }

    /// <summary>Go on with the curve in <see cref="Out"/>.</summary>
    public bool Resume { get; init; }

    /// <summary>Start over in <see cref="Out"/>, dropping the curve that is there.</summary>
    public bool Force { get; init; }

    /// <summary>Seed of split, subsets and weights.</summary>
    internal int Seed => Said["seed"] is JsonValue value && value.TryGetValue(out int seed) ? seed : 1;
}

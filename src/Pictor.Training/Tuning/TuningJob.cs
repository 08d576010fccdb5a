using System.Text.Json.Nodes;
using Pictor.Training.Choosing;

namespace Pictor.Training.Tuning;

/// <summary>How trials are given their epochs.</summary>
public enum TuningMethod
{
    /// <summary>Few epochs for many, many for the best third of them, and so on.</summary>
    Halving,

    /// <summary>All trials at full length.</summary>
    Random,
}

/// <summary>A search for a better recipe.</summary>
/// <param name="Data">Path of the data set; its test part is never looked at.</param>
/// <param name="Out">Folder of the search.</param>
/// <param name="Name">Name of the packages.</param>
/// <param name="Said">Fields of the recipe that are given and stay as they are.</param>
public sealed record TuningJob(string Data, string Out, string Name, JsonObject Said)
{
    /// <summary>Version of the packages. <value>1.0.0.</value></summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>What is tried; null: <see cref="TuningSpace.Usual"/>.</summary>
    public TuningSpace? Space { get; init; }

    /// <summary>How. <value>Halving.</value></summary>
    public TuningMethod Method { get; init; }

    /// <summary>Trials beside the defaults; null: as many as fit into <see cref="Seconds"/>, without one <see cref="Tuner.UsualTrials"/>.</summary>
    public int? Trials { get; init; }

    /// <summary>Time for all of it; null: no limit.</summary>
    public double? Seconds { get; init; }

    /// <summary>What decides: true for accuracy (then loss), false for loss, null for accuracy where there is one. Always on the validation part.</summary>
    public bool? ByAccuracy { get; init; }

    /// <summary>What the default recipe is to be chosen by, when no network is named; null: the network's defaults.</summary>
    public RecipeRequest? Request { get; init; }

    /// <summary>Go on with the search in <see cref="Out"/>.</summary>
    public bool Resume { get; init; }

    /// <summary>Start over in <see cref="Out"/>, dropping the search that is there.</summary>
    public bool Force { get; init; }
}

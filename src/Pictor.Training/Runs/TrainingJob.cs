using Pictor.Training.Recipes;

namespace Pictor.Training.Runs;

/// <summary>What the trainer is told: as one JSON document on its standard input.</summary>
/// <param name="Data">Path of the data set.</param>
/// <param name="Out">Run folder, already prepared.</param>
/// <param name="Recipe">What to do.</param>
/// <param name="Name">Name of the package.</param>
/// <param name="Version">Version of the package.</param>
/// <param name="Resume">Go on from the last checkpoint.</param>
public sealed record TrainingJob(string Data, string Out, Recipe Recipe, string Name, string Version = "1.0.0", bool Resume = false);

using Pictor.Datasets;

namespace Pictor.Training.Choosing;

/// <summary>What a recipe is chosen by.</summary>
/// <param name="Task">One class, several, or a number a picture.</param>
/// <param name="Train">Training pictures.</param>
/// <param name="Val">Validation pictures.</param>
/// <param name="Classes">Classes; 0 for numbers.</param>
/// <param name="Channels">1 when all pictures are grey, else 3.</param>
/// <param name="Side">The shorter side of a typical picture, in pixels.</param>
/// <param name="SameSize">All pictures are of one size.</param>
public sealed record DataFacts(DatasetTask Task, int Train, int Val, int Classes, int Channels, int Side, bool SameSize);

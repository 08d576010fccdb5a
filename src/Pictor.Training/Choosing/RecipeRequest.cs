using System.Text.Json.Nodes;

namespace Pictor.Training.Choosing;

/// <summary>What is asked of a recipe that chooses itself.</summary>
/// <param name="Preset">quick, default or best; null: default.</param>
/// <param name="Seconds">Time from the start to the package; null: the preset's.</param>
/// <param name="Said">Fields of the recipe that are given, by file or flag; they come before what is chosen.</param>
public sealed record RecipeRequest(string? Preset, double? Seconds, JsonObject Said);

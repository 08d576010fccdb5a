namespace Pictor.Training.Choosing;

/// <summary>How much a run may cost and how thoroughly it goes about it.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Sentence">What it is for.</param>
/// <param name="Seconds">Time when no budget is given.</param>
/// <param name="Thoroughness">Passes over the pictures, relative to the default, that a network must be able to make to be chosen.</param>
public sealed record Preset(string Name, string Sentence, double Seconds, double Thoroughness)
{
    /// <summary>The preset when none is named.</summary>
    public const string Usual = "default";

    /// <summary>All of them, the quickest first.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new("quick", "A first impression in two minutes.", 120, 0.5),
        new(Usual, "A result to work with in ten minutes.", 600, 1),
        new("best", "An hour for the last points.", 3600, 1.5),
    ];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Preset Of(string? name)
    {
        if (All.FirstOrDefault(p => p.Name == (name ?? Usual)) is { } preset)
            return preset;
        string guess = NearestWord.Of(name!, All.Select(p => p.Name)) is { } near ? $" Did you mean '{near}'?" : "";
        throw new InputException("preset", $"there is no preset '{name}'.{guess}", $"The presets are {string.Join(", ", All.Select(p => p.Name))}.") { Code = "recipe.preset" };
    }
}

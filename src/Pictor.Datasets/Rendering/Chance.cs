namespace Pictor.Datasets.Rendering;

/// <summary>What drawings ask of chance.</summary>
internal static class Chance
{
    /// <summary>A number between two.</summary>
    public static float From(this ref CounterRandom random, float least, float most) => least + ((most - least) * (float)random.Unit());

    /// <summary>True so many times in a hundred.</summary>
    public static bool Percent(this ref CounterRandom random, int share) => random.Below(100) < share;

    /// <summary>One or minus one.</summary>
    public static int Sign(this ref CounterRandom random) => random.Below(2) == 0 ? 1 : -1;
}

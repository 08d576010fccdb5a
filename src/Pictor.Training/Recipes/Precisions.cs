namespace Pictor.Training.Recipes;

/// <summary>The words that <see cref="Recipe.Precision"/> takes.</summary>
public static class Precisions
{
    /// <summary>Measured at the start.</summary>
    public const string Auto = "auto";

    /// <summary>32-bit floats throughout.</summary>
    public const string Float32 = "float32";

    /// <summary>bfloat16 activations and convolutions over float32 master weights (Kalamkar et al. 2019).</summary>
    public const string BFloat16 = "bfloat16";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Auto, Float32, BFloat16];
}

namespace Pictor.Datasets;

/// <summary>An augmentation by name.</summary>
/// <param name="Name">As in a recipe.</param>
/// <param name="Sentence">What it is for.</param>
/// <param name="Augmentation">What it does.</param>
public sealed record AugmentationPreset(string Name, string Sentence, Augmentation Augmentation);

/// <summary>Augmentations that fit a kind of pictures, by name. <c>pictor dataset preview --augment NAME</c> shows them.</summary>
public static class AugmentationPresets
{
    /// <summary>All presets, from mild to strong.</summary>
    public static IReadOnlyList<AugmentationPreset> All { get; } =
    [
        new("none", "Pictures stay as they are.", Augmentation.None),
        new("digits", "Digits and letters: a small shift, turn, zoom and slant; never mirrored.", new Augmentation { Crop = 2, Rotation = 10, Scale = 0.1, Shear = 8 }),
        new("documents", "Scanned pages and forms: a slight turn and shift, light, print and scanner sharpness; never mirrored.", new Augmentation
        {
            Crop = 4, Rotation = 3, Scale = 0.1, Shear = 2, Brightness = 0.2, Contrast = 0.3, Blur = 0.2, Resample = 0.3,
        }),
        new("fashion", "Small grey pictures of products: mirrored, shifted, a part erased.", new Augmentation { Crop = 2, Flip = true, Erase = 0.3 }),
        new("everyday-small", "Colour pictures of 32 to 64 px: shifted, mirrored in every other epoch, a square painted over, a little colour.", new Augmentation
        {
            Crop = 4, Padding = PaddingMode.Reflect, AlternatingFlip = true, Cutout = 0.25, Brightness = 0.1, Contrast = 0.1, Saturation = 0.1,
        }),
        new("everyday", "Colour pictures of 96 px and more: a random part of at least 35 %, mirrored, colour, a part erased.", new Augmentation
        {
            RandomResizedCrop = 0.35, Flip = true, Brightness = 0.2, Contrast = 0.2, Saturation = 0.2, Hue = 0.02, Erase = 0.2,
        }),
        new("strong", "Long runs: one random operation, shifted, mirrored, a part erased, pictures mixed by cutmix.", new Augmentation
        {
            Crop = 4, Padding = PaddingMode.Reflect, Flip = true, TrivialAugment = true, Erase = 0.25, Cutmix = 1, MixProbability = 0.5,
        }),
    ];

    private static readonly Dictionary<string, string> s_synonyms = new(StringComparer.Ordinal) { ["clothes"] = "fashion" };

    internal static AugmentationPreset? Find(string name) => All.FirstOrDefault(preset => preset.Name == s_synonyms.GetValueOrDefault(name, name));

    internal static string Problem(string name) =>
        NearestWord.Of(name, All.Select(preset => preset.Name)) is { } near ? $"there is no preset '{name}'; did you mean '{near}'?" : $"there is no preset '{name}'";

    internal static InputException Unknown(string name) =>
        new("augment", Problem(name), $"The presets are {string.Join(", ", All.Select(preset => preset.Name))}.") { Code = "augment.unknown" };
}

namespace Pictor.Datasets;

/// <summary>The table of all fields. A new one is a property of <see cref="Augmentation"/> and a line here.</summary>
internal static class AugmentationFields
{
    public static IReadOnlyList<AugmentationField> All { get; } =
    [
        Count("crop", 4096, "pixels", "Random crop after padding by so many pixels.", a => a.Crop, (a, v) => a with { Crop = v }),
        new("padding", AugmentationValue.Word, 0, "", "What stands outside the picture: edge (repeated) or reflect.")
        {
            Words = ["edge", "reflect"],
            Get = a => a.Padding == PaddingMode.Edge ? "edge" : "reflect",
            Set = (a, v) => a with { Padding = (string)v == "reflect" ? PaddingMode.Reflect : PaddingMode.Edge },
        },
        Number("rotation", 180, "degrees", "Rotate by up to so many degrees either way.", a => a.Rotation, (a, v) => a with { Rotation = v }),
        Number("scale", 0.5, "", "Change the size by up to this share, 0..0.5.", a => a.Scale, (a, v) => a with { Scale = v }),
        Number("shear", 45, "degrees", "Slant by up to so many degrees either way.", a => a.Shear, (a, v) => a with { Shear = v }),
        Number("randomResizedCrop", 1, "", "Show a random part of at least this share of the area (0: off).", a => a.RandomResizedCrop, (a, v) => a with { RandomResizedCrop = v }),
        Switch("flip", "Mirror every second picture left to right (not for digits and text).", a => a.Flip, (a, v) => a with { Flip = v }),
        Switch("alternatingFlip", "Mirror each picture in every other epoch.", a => a.AlternatingFlip, (a, v) => a with { AlternatingFlip = v }),
        Share("brightness", "Change the brightness by up to this share, 0..1.", a => a.Brightness, (a, v) => a with { Brightness = v }),
        Share("contrast", "Change the contrast by up to this share, 0..1.", a => a.Contrast, (a, v) => a with { Contrast = v }),
        Share("saturation", "Change the saturation by up to this share, 0..1.", a => a.Saturation, (a, v) => a with { Saturation = v }),
        Number("hue", 0.5, "", "Turn the hue by up to this share of the circle, 0..0.5.", a => a.Hue, (a, v) => a with { Hue = v }),
        Share("grey", "Probability of losing all colour.", a => a.Grey, (a, v) => a with { Grey = v }),
        Share("blur", "Probability of a small blur.", a => a.Blur, (a, v) => a with { Blur = v }),
        Share("sharpen", "Probability of sharpening.", a => a.Sharpen, (a, v) => a with { Sharpen = v }),
        Share("resample", "Probability of being resized and brought back.", a => a.Resample, (a, v) => a with { Resample = v }),
        Share("compress", "Probability of the losses of a JPEG file.", a => a.Compress, (a, v) => a with { Compress = v }),
        Share("erase", "Probability that a rectangle is replaced by noise.", a => a.Erase, (a, v) => a with { Erase = v }),
        Share("cutout", "Paint over a square of this share of the side (0: off).", a => a.Cutout, (a, v) => a with { Cutout = v }),
        Switch("trivialAugment", "One of fourteen operations at a random strength.", a => a.TrivialAugment, (a, v) => a with { TrivialAugment = v }),
        Count("randAugment", 8, "operations", "So many of fourteen operations at one strength.", a => a.RandAugment, (a, v) => a with { RandAugment = v }),
        Number("randAugmentMagnitude", 30, "", "The strength of --rand-augment, 0..30 (9).", a => a.RandAugmentMagnitude, (a, v) => a with { RandAugmentMagnitude = v }),
        Number("mixup", 10, "", "Blend pictures in pairs: alpha of the Beta distribution (0: off).", a => a.Mixup, (a, v) => a with { Mixup = v }),
        Number("cutmix", 10, "", "Paste a part of another picture: alpha of the Beta distribution (0: off).", a => a.Cutmix, (a, v) => a with { Cutmix = v }),
        Share("mixProbability", "Probability that a picture is mixed (1).", a => a.MixProbability, (a, v) => a with { MixProbability = v }),
        Share("mixUntil", "Share of the run after which nothing is mixed (0.85).", a => a.MixUntil, (a, v) => a with { MixUntil = v }),
    ];

    public static AugmentationField? Find(string name) => All.FirstOrDefault(field => field.Name == name);

    private static AugmentationField Switch(string name, string sentence, Func<Augmentation, bool> get, Func<Augmentation, bool, Augmentation> set) =>
        new(name, AugmentationValue.Switch, 1, "", sentence) { Get = a => get(a), Set = (a, v) => set(a, (bool)v) };

    private static AugmentationField Count(string name, int most, string unit, string sentence, Func<Augmentation, int> get, Func<Augmentation, int, Augmentation> set) =>
        new(name, AugmentationValue.Count, most, unit, sentence) { Get = a => get(a), Set = (a, v) => set(a, (int)v) };

    private static AugmentationField Share(string name, string sentence, Func<Augmentation, double> get, Func<Augmentation, double, Augmentation> set) => Number(name, 1, "", sentence, get, set);

    private static AugmentationField Number(string name, double most, string unit, string sentence, Func<Augmentation, double> get, Func<Augmentation, double, Augmentation> set) =>
        new(name, AugmentationValue.Number, most, unit, sentence) { Get = a => get(a), Set = (a, v) => set(a, (double)v) };
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pictor.Datasets;

/// <summary>What happens to a picture on its way into a batch, as data: written to and read from <c>augment.json</c>. All off by default.</summary>
/// <remarks>Shift, scale, shear, rotation, resized crop and flip are one warp, so a picture is resampled once however many of them are on.</remarks>
[JsonConverter(typeof(AugmentationConverter))]
public sealed record Augmentation
{
    /// <summary>Nothing changes.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>Random crop after padding by so many pixels on each side. <value>0; 0..half the picture.</value></summary>
    public int Crop { get; init; }

    /// <summary>What stands outside the picture. <value>Edge: edge pixels repeated.</value></summary>
    public PaddingMode Padding { get; init; }

    /// <summary>Rotation by up to so many degrees either way. <value>0; 0..180.</value></summary>
    public double Rotation { get; init; }

    /// <summary>Size times 1 ± this at most. <value>0; 0..0.5.</value></summary>
    public double Scale { get; init; }

    /// <summary>Slanted by up to so many degrees either way. <value>0; 0..45.</value></summary>
    public double Shear { get; init; }

    /// <summary>A random part of the picture, of aspect 3/4 to 4/3, fills the input; this is its smallest share of the area. <value>0: off; 0..1.</value></summary>
    public double RandomResizedCrop { get; init; }

    /// <summary>Mirrored left to right with probability one half. <value>false: wrong for digits and text.</value></summary>
    public bool Flip { get; init; }

    /// <summary>Mirrored in every other epoch; which one comes first is random (Jordan 2024, arXiv 2404.00498). Takes the place of <see cref="Flip"/>. <value>false.</value></summary>
    public bool AlternatingFlip { get; init; }

    /// <summary>Brightness times 1 ± this at most. <value>0; 0..1.</value></summary>
    public double Brightness { get; init; }

    /// <summary>Contrast about the picture's mean times 1 ± this at most. <value>0; 0..1.</value></summary>
    public double Contrast { get; init; }

    /// <summary>Distance from grey times 1 ± this at most. Nothing for grey pictures. <value>0; 0..1.</value></summary>
    public double Saturation { get; init; }

    /// <summary>Hue turned by up to this share of the colour circle either way. Nothing for grey pictures. <value>0; 0..0.5.</value></summary>
    public double Hue { get; init; }

    /// <summary>Probability of losing all colour. Nothing for grey pictures. <value>0; 0..1.</value></summary>
    public double Grey { get; init; }

    /// <summary>Probability of a small Gaussian blur. <value>0; 0..1.</value></summary>
    public double Blur { get; init; }

    /// <summary>Probability of sharpening. <value>0; 0..1.</value></summary>
    public double Sharpen { get; init; }

    /// <summary>Probability of being shrunk or grown to 0.6 to 2 times its size and brought back, bilinear or bicubic: makes a network indifferent to how pictures were resized. <value>0; 0..1.</value></summary>
    public double Resample { get; init; }

    /// <summary>Probability of the losses of a JPEG file of quality 35 to 92: colour at half the resolution, blocks of 8 x 8. <value>0; 0..1.</value></summary>
    public double Compress { get; init; }

    /// <summary>Probability that a rectangle is replaced by noise (Zhong et al. 2017, arXiv 1708.04896). <value>0; 0..1.</value></summary>
    public double Erase { get; init; }

    /// <summary>Side of a square that is painted over with the picture's mean, as a share of the shorter side (DeVries, Taylor 2017, arXiv 1708.04552). <value>0: off; 0..1.</value></summary>
    public double Cutout { get; init; }

    /// <summary>One operation of fourteen at a random strength (Müller, Hutter 2021, arXiv 2103.10158, wide space). <value>false.</value></summary>
    public bool TrivialAugment { get; init; }

    /// <summary>So many operations of fourteen at one strength (Cubuk et al. 2020, arXiv 1909.13719). <value>0: off; 0..8.</value></summary>
    public int RandAugment { get; init; }

    /// <summary>The strength of <see cref="RandAugment"/>. <value>9; 0..30.</value></summary>
    public double RandAugmentMagnitude { get; init; } = 9;

    /// <summary>Blends pictures and targets in pairs; the share is drawn from Beta(this, this) (Zhang et al. 2018, arXiv 1710.09412). <value>0: off; 0..10.</value></summary>
    public double Mixup { get; init; }

    /// <summary>Pastes a rectangle of another picture; its area is drawn from Beta(this, this) (Yun et al. 2019, arXiv 1905.04899). <value>0: off; 0..10.</value></summary>
    public double Cutmix { get; init; }

    /// <summary>Probability that a picture is mixed where mixup or cutmix is on; where both are, either is as likely. <value>1; 0..1.</value></summary>
    public double MixProbability { get; init; } = 1;

    /// <summary>Share of the run after which nothing is mixed any more. <value>0.85; 0..1.</value></summary>
    public double MixUntil { get; init; } = 0.85;

    /// <summary>True when nothing is switched on.</summary>
    [JsonIgnore]
    public bool IsNone => this with { Padding = None.Padding, RandAugmentMagnitude = None.RandAugmentMagnitude, MixProbability = None.MixProbability, MixUntil = None.MixUntil } == None;

    /// <summary>True when pictures are mixed in pairs.</summary>
    [JsonIgnore]
    public bool IsMixing => (Mixup > 0 || Cutmix > 0) && MixProbability > 0 && MixUntil > 0;

    /// <summary>The preset of that name.</summary>
    /// <exception cref="InputException">There is none; names the nearest.</exception>
    public static Augmentation Named(string name) => AugmentationPresets.Find(name)?.Augmentation ?? throw AugmentationPresets.Unknown(name);

    /// <summary>Reads <c>augment.json</c>: an object, one with a <c>"preset"</c> whose fields it overrides, or a preset's name alone. Every fault is told at once.</summary>
    /// <exception cref="InputException">The file is missing, is no JSON, has unknown fields or values out of range.</exception>
    public static Augmentation Load(string path) => AugmentationFile.Load(path);

    /// <summary>The same from a part of a larger document, such as the <c>augment</c> of a recipe.</summary>
    /// <param name="value">A string or an object.</param>
    /// <param name="prefix">Stands before each field's name in a fault: <c>augment.</c></param>
    /// <param name="faults">Gets every fault, ranges included; what was at fault stays at its default.</param>
    /// <param name="basis">What fields that are not named keep, where no preset is named. <value>None.</value></param>
    public static Augmentation Read(JsonElement value, string prefix, ICollection<string> faults, Augmentation? basis = null) => AugmentationFile.Read(value, prefix, faults, basis);

    /// <summary>Writes <c>augment.json</c>.</summary>
    public void Save(string path) => AugmentationFile.Save(this, path);

    /// <summary>Throws when a value is out of range; all faults are told at once.</summary>
    /// <param name="subject">The file or flag that the message names.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    public void Check(string subject) => AugmentationFile.Check(this, subject);

    /// <summary>What is out of range, one sentence a field, each name with <paramref name="prefix"/> before it.</summary>
    public IEnumerable<string> Faults(string prefix = "") => AugmentationFile.Faults(this, prefix, null);
}

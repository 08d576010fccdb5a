using System.Text.Json.Serialization;

namespace Pictor.Datasets;

/// <summary>What happens to a picture on its way into a batch, as data: written to and read from <c>augment.json</c>. All off by default.</summary>
public sealed record Augmentation
{
    /// <summary>Nothing changes.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>Random crop after padding by so many pixels on each side (edge pixels repeated). <value>0; 0..half the picture.</value></summary>
    public int Crop { get; init; }

    /// <summary>Rotation by up to so many degrees either way. <value>0; 0..180.</value></summary>
    public double Rotation { get; init; }

    /// <summary>Mirrored left to right with probability one half. <value>false: wrong for digits and text.</value></summary>
    public bool Flip { get; init; }

    /// <summary>Brightness times 1 ± this at most. <value>0; 0..1.</value></summary>
    public double Brightness { get; init; }

    /// <summary>Contrast about the picture's mean times 1 ± this at most. <value>0; 0..1.</value></summary>
    public double Contrast { get; init; }

    /// <summary>True when nothing is switched on.</summary>
    [JsonIgnore]
    public bool IsNone => this == None;

    /// <summary>Reads <c>augment.json</c>; every fault is told at once.</summary>
    /// <exception cref="InputException">The file is missing, is no JSON, has unknown fields or values out of range.</exception>
    public static Augmentation Load(string path) => AugmentationFile.Load(path);

    /// <summary>Writes <c>augment.json</c>.</summary>
    public void Save(string path) => AugmentationFile.Save(this, path);

    /// <summary>Throws when a value is out of range; all faults are told at once.</summary>
    /// <param name="subject">The file or flag that the message names.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    public void Check(string subject) => AugmentationFile.Check(this, subject);
}

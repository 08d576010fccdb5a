using Pictor.Imaging;

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
    public bool IsNone => this == None;

    /// <summary>Reads <c>augment.json</c>; every fault is told at once.</summary>
    public static Augmentation Load(string path) => throw new NotImplementedException();
}

/// <summary>Applies an <see cref="Augmentation"/>; the outcome depends on seed, epoch and sample alone, never on thread or order.</summary>
public sealed class Augmenter
{
    /// <summary>For pictures of one shape.</summary>
    public Augmenter(Augmentation augmentation, PictureShape shape, int seed) => throw new NotImplementedException();

    /// <summary>Writes the augmented planes. Safe from several threads.</summary>
    /// <param name="planes">[channels, height, width].</param>
    /// <param name="target">The same shape; must not overlap.</param>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="sample">Index of the sample.</param>
    public void Apply(ReadOnlySpan<byte> planes, Span<byte> target, int epoch, int sample) => throw new NotImplementedException();
}

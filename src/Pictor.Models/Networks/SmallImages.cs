using Pictor.Imaging;

namespace Pictor.Models.Networks;

/// <summary>
/// Where the networks made for photographs of 224 px change their stems. The field trains CIFAR's 32 px with stride 1 and no pooling (He et al. 2016,
/// section 4.2). At 64 px the same costs four times as much for twice the resolution, so from 41 px on the stem halves: 41 to 64 px cost what 21 to 32 px do.
/// </summary>
internal static class SmallImages
{
    /// <summary>Short side from which on a network is built as published.</summary>
    private const int Published = 65;

    /// <summary>Short side up to which every pixel is looked at.</summary>
    public const int FullResolution = 40;

    public static bool Is(PictureShape input) => ShortSide(input) < Published;

    public static int Stride(PictureShape input) => ShortSide(input) <= FullResolution ? 1 : 2;

    public static int ShortSide(PictureShape input) => Math.Min(input.Height, input.Width);
}

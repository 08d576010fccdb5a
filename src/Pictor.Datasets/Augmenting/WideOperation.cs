namespace Pictor.Datasets;

/// <summary>The operations that TrivialAugment and RandAugment choose from.</summary>
internal enum WideOperation
{
    Identity,
    ShearX,
    ShearY,
    TranslateX,
    TranslateY,
    Rotate,
    Brightness,
    Colour,
    Contrast,
    Sharpness,
    Posterize,
    Solarize,
    AutoContrast,
    Equalize,
}

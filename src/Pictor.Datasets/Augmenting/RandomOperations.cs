using System.Runtime.CompilerServices;
using Pictor.Imaging;

namespace Pictor.Datasets;

/// <summary>
/// The random operations of one picture. Those that move pixels join the one warp that the picture goes through anyway; the others follow it in the order drawn.
/// </summary>
internal ref struct RandomOperations
{
    private const int TrivialStream = 0x7214;
    private const int RandStream = 0x42A6;
    private const int Kinds = 14;
    private const int Most = 9;
    private const int Levels = 31;
    private Chosen _chosen;
    private int _count;

    /// <summary>What the moving ones among them add to the warp.</summary>
    public Affine Map { get; private set; }

    public static RandomOperations Draw(Augmentation a, PictureShape shape, int seed, int epoch, int sample)
    {
        var operations = new RandomOperations { Map = Affine.Identity };
        long key = ((long)epoch << 32) | (uint)sample;
        if (a.TrivialAugment)
        {
            // One operation, one of 31 strengths, in the wide space (Müller, Hutter 2021, table 6); shifts, there up to 32 px, stay below half the picture.
            var random = new CounterRandom(seed, key, TrivialStream);
            operations.Add((WideOperation)random.Below(Kinds), random.Below(Levels) / (Levels - 1.0), (random.Next() & 1) != 0, Space.Wide, shape);
        }

        var rand = new CounterRandom(seed, key, RandStream);
        for (int i = 0; i < a.RandAugment; i++)
            operations.Add((WideOperation)rand.Below(Kinds), a.RandAugmentMagnitude / (Levels - 1.0), (rand.Next() & 1) != 0, Space.Usual, shape);
        return operations;
    }

    /// <summary>Carries out those that do not move pixels.</summary>
    public readonly void Apply(Span<byte> planes, PictureShape shape)
    {
        for (int i = 0; i < _count; i++)
        {
            (WideOperation operation, double amount) = _chosen[i];
            switch (operation)
            {
                case WideOperation.Brightness:
                    ToneTable.Tone(planes, 1 + amount, 1);
                    break;
                case WideOperation.Contrast:
                    ToneTable.Tone(planes, 1, 1 + amount);
                    break;
                case WideOperation.Colour:
                    ColourShift.Apply(planes, shape, (float)(1 + amount), 0);
                    break;
                case WideOperation.Sharpness:
                    Softening.Sharpen(planes, shape, 1 + amount);
                    break;
                case WideOperation.Posterize:
                    ToneTable.Posterize(planes, (int)amount);
                    break;
                case WideOperation.Solarize:
                    ToneTable.Solarize(planes, (int)amount);
                    break;
                case WideOperation.AutoContrast:
                    ToneTable.AutoContrast(planes, shape);
                    break;
                case WideOperation.Equalize:
                    ToneTable.Equalize(planes, shape);
                    break;
                default:
                    break;
            }
        }
    }

    private void Add(WideOperation operation, double strength, bool negative, in Space space, PictureShape shape)
    {
        double signed = negative ? -strength : strength;
        switch (operation)
        {
            case WideOperation.ShearX:
                Map = Map.Then(Affine.Shear(signed * space.Shear, 0));
                break;
            case WideOperation.ShearY:
                Map = Map.Then(Affine.Shear(0, signed * space.Shear));
                break;
            case WideOperation.TranslateX:
                Map = Map.Then(Affine.Shift(Math.Round(signed * space.Shift(shape.Width)), 0));
                break;
            case WideOperation.TranslateY:
                Map = Map.Then(Affine.Shift(0, Math.Round(signed * space.Shift(shape.Height))));
                break;
            case WideOperation.Rotate:
                Map = Map.Then(Affine.Rotation(signed * space.Degrees));
                break;
            case WideOperation.Posterize:
                _chosen[_count++] = (operation, 8 - Math.Round(strength * space.LostBits));
                break;
            case WideOperation.Solarize:
                _chosen[_count++] = (operation, Math.Round(256 * (1 - strength)));
                break;
            default:
                _chosen[_count++] = (operation, signed * space.Enhance);
                break;
        }
    }

    /// <summary>How far the operations go at full strength.</summary>
    private readonly record struct Space(double Shear, double Share, double MostPixels, double Degrees, double Enhance, int LostBits)
    {
        public static Space Wide { get; } = new(0.99, 0.45, 32, 135, 0.99, 6);

        public static Space Usual { get; } = new(0.3, 150.0 / 331, 4096, 30, 0.9, 4);

        public double Shift(int side) => Math.Min(MostPixels, Share * side);
    }

    [InlineArray(Most)]
    private struct Chosen
    {
        private (WideOperation Operation, double Amount) _first;
    }
}

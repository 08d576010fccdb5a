using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

/// <summary>Pictures of noise that depend on their number alone.</summary>
internal static class Noise
{
    public static byte[] Picture(int number, PictureShape shape)
    {
        var random = new CounterRandom(5, number);
        return [.. Enumerable.Range(0, shape.Length).Select(_ => (byte)random.Next())];
    }

    public static byte[] Apply(Augmentation a, PictureShape shape, byte[] planes, int epoch, int sample, int seed = 1)
    {
        var target = new byte[shape.Length];
        new Augmenter(a, shape, seed).Apply(planes, target, epoch, sample);
        return target;
    }
}

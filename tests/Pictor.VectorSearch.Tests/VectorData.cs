namespace Pictor.VectorSearch.Tests;

/// <summary>How vectors of a test lie.</summary>
public enum Lie
{
    Gaussian,
    Clustered,
    Duplicates,
    TinyMargins,
    Spikes,
    UnequalLengths,
}

/// <summary>Vectors for tests, from a seed.</summary>
internal static class VectorData
{
    public static float[][] Make(Lie lie, int count, int dimensions, Random random)
    {
        float[][] centres = [.. Enumerable.Range(0, 5).Select(_ => Unit(Normal(dimensions, random)))];
        return [.. Enumerable.Range(0, count).Select(i => lie switch
        {
            Lie.Gaussian => Unit(Normal(dimensions, random)),
            Lie.Clustered => Unit(Mix(centres[random.Next(5)], 0.2, dimensions, random)),
            Lie.Duplicates => (float[])centres[random.Next(5)].Clone(),
            Lie.TinyMargins => Nudge(centres[random.Next(2)], random),
            Lie.Spikes => Spike(dimensions, random),
            _ => [.. Normal(dimensions, random).Select(x => x * MathF.Pow(10, i % 9 - 4))],
        }).Select(Usable)];
    }

    public static float[] Normal(int dimensions, Random random)
    {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++)
            vector[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return Usable(vector);
    }

    public static float[] Unit(float[] vector)
    {
        double norm = Math.Sqrt(vector.Sum(x => (double)x * x));
        return [.. vector.Select(x => (float)(x / norm))];
    }

    private static float[] Mix(float[] centre, double noise, int dimensions, Random random) =>
        [.. centre.Zip(Normal(dimensions, random), (c, n) => (float)(c + (noise * n / Math.Sqrt(dimensions))))];

    /// <summary>Neighbouring floats: scores differ in their last bits, if at all.</summary>
    private static float[] Nudge(float[] centre, Random random)
    {
        float[] vector = (float[])centre.Clone();
        for (int n = 0; n < 3; n++)
        {
            int place = random.Next(vector.Length);
            vector[place] = random.Next(2) == 0 ? MathF.BitIncrement(vector[place]) : MathF.BitDecrement(vector[place]);
        }

        return vector;
    }

    /// <summary>One number that dwarfs the rest: the worst case for codes with one step a row.</summary>
    private static float[] Spike(int dimensions, Random random)
    {
        float[] vector = [.. Normal(dimensions, random).Select(x => x * 1e-3f)];
        vector[random.Next(Math.Min(dimensions, 3))] = 1;
        return vector;
    }

    private static float[] Usable(float[] vector) => FlatIndex.CanHold(vector) ? vector : [1, .. vector.Skip(1)];
}

using System.Numerics.Tensors;

namespace Pictor.Bench.Search;

/// <summary>
/// Unit vectors from a seed. "gaussian": all directions alike, the least structure there is. "hard": a few directions matter much, most little
/// (a power law, as embeddings have), turned at random. "clusters": a thousand tight classes.
/// </summary>
internal sealed class SyntheticVectors
{
    private readonly Random random;
    private readonly int dimensions;
    private readonly float[][] directions;
    private readonly float[][] centres;

    public SyntheticVectors(int dimensions, string lie, int seed)
    {
        random = new Random(seed);
        this.dimensions = dimensions;
        directions = lie == "hard" ? [.. Enumerable.Range(0, dimensions).Select(_ => Normal(power: 0.7))] : [];
        centres = lie == "clusters" ? [.. Enumerable.Range(0, 1000).Select(_ => Normal())] : [];
        if (lie is not ("hard" or "gaussian" or "clusters")) throw new InputException("--data", $"there is no data called '{lie}'", "Say hard, gaussian or clusters.");
    }

    public float[] Next()
    {
        float[] vector = Normal();
        if (directions.Length > 0) vector = [.. directions.Select(direction => TensorPrimitives.Dot<float>(direction, vector))];
        if (centres.Length > 0) TensorPrimitives.MultiplyAdd(vector, 0.7f, centres[random.Next(centres.Length)], vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    /// <summary>Normally distributed; number i shrunk by (i + 1) to the power, if one is given.</summary>
    private float[] Normal(double power = 0)
    {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++)
            vector[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) * Math.Pow(i + 1, -power));
        return vector;
    }
}

using Pictor.Models.Composing;

namespace Pictor.Training.Heads;

/// <summary>What a head should answer for each row.</summary>
/// <param name="Kind">What the numbers mean.</param>
/// <param name="Outputs">Outputs of the head.</param>
/// <param name="Values">[count] class positions for softmax, [count, outputs] of 0 or 1 for sigmoids, [count] numbers (scaled to mean 0 and deviation 1) for a value.</param>
internal sealed record HeadTargets(HeadKind Kind, int Outputs, float[] Values)
{
    /// <summary>Numbers a row.</summary>
    public int Width => Kind == HeadKind.Sigmoid ? Outputs : 1;

    public int Count => Values.Length / Width;

    public ReadOnlySpan<float> this[int row] => Values.AsSpan(row * Width, Width);

    public HeadTargets Take(IReadOnlyList<int> rows)
    {
        var values = new float[rows.Count * Width];
        for (int i = 0; i < rows.Count; i++)
            this[rows[i]].CopyTo(values.AsSpan(i * Width));
        return this with { Values = values };
    }

    /// <summary>
    /// Weight of each row: 1, or such that every class weighs the same (n / (classes * count), as usual). With several classes a row it is
    /// the weight of its rarest one.
    /// </summary>
    public float[] Weights(bool balanced)
    {
        var weights = new float[Count];
        Array.Fill(weights, 1f);
        if (!balanced || Kind == HeadKind.Value)
            return weights;
        var counts = new int[Outputs];
        for (int r = 0; r < weights.Length; r++)
            ForEachClass(r, c => counts[c]++);
        int present = counts.Count(n => n > 0);
        for (int r = 0; r < weights.Length; r++)
        {
            float weight = 0;
            ForEachClass(r, c => weight = Math.Max(weight, weights.Length / ((float)present * counts[c])));
            weights[r] = weight == 0 ? 1 : weight;
        }

        return weights;
    }

    /// <summary>Calls <paramref name="body"/> for each class that holds of a row.</summary>
    public void ForEachClass(int row, Action<int> body)
    {
        if (Kind == HeadKind.Softmax)
        {
            body((int)Values[row]);
            return;
        }

        for (int c = 0; c < Outputs; c++)
        {
            if (Values[(row * Outputs) + c] > 0.5f)
                body(c);
        }
    }
}

namespace Pictor.Training.Heads;

/// <summary>Features of many pictures, [count, length], one row a picture.</summary>
/// <param name="Values">[count, length].</param>
/// <param name="Count">Rows.</param>
/// <param name="Length">Of a row.</param>
internal sealed record FeatureRows(float[] Values, int Count, int Length)
{
    public ReadOnlySpan<float> this[int row] => Values.AsSpan(row * Length, Length);

    /// <summary>Some rows, in the order given.</summary>
    public FeatureRows Take(IReadOnlyList<int> rows)
    {
        var values = new float[rows.Count * Length];
        for (int i = 0; i < rows.Count; i++)
            this[rows[i]].CopyTo(values.AsSpan(i * Length));
        return new FeatureRows(values, rows.Count, Length);
    }
}

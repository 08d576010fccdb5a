namespace Pictor.Metrics;

/// <summary>How often a sample of one class (row) was answered with another (column).</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    private ConfusionMatrix(int classes) => (Classes, _counts) = (classes, new int[classes * classes]);

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Samples of class <paramref name="truth"/> that were answered with <paramref name="answer"/>.</summary>
    public int this[int truth, int answer] => _counts[(truth * Classes) + answer];

    /// <summary>Counts the answers of a table.</summary>
    public static ConfusionMatrix Of(PredictionTable table)
    {
        var matrix = new ConfusionMatrix(table.Classes);
        for (int i = 0; i < table.Samples; i++)
            matrix._counts[(table.Truth[i] * table.Classes) + table.Answers[i]]++;
        return matrix;
    }

    /// <summary>The row of a class: [classes].</summary>
    public ReadOnlySpan<int> Row(int truth) => _counts.AsSpan(truth * Classes, Classes);

    /// <summary>Samples of a class.</summary>
    public int Support(int truth)
    {
        int sum = 0;
        foreach (int count in Row(truth))
            sum += count;
        return sum;
    }

    /// <summary>Answers that name a class.</summary>
    public int Answered(int answer)
    {
        int sum = 0;
        for (int truth = 0; truth < Classes; truth++)
            sum += this[truth, answer];
        return sum;
    }
}

using System.Numerics.Tensors;

namespace Pictor.Training.Heads;

/// <summary>
/// Mean weighted loss of a linear layer plus penalty/2 |W|^2 (the bias is free), and its gradient. Rows are divided into a fixed number
/// of parts whose sums are added in order: the result does not depend on how many threads there are.
/// </summary>
internal sealed class HeadObjective
{
    private const int Parts = 16;
    private const int RowsAtATime = 32;

    private readonly FeatureRows _rows;
    private readonly HeadTargets _targets;
    private readonly float[] _rowWeights;
    private readonly double _totalWeight;
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly Part[] _parts;

    public HeadObjective(FeatureRows rows, HeadTargets targets, bool balanced)
    {
        (_rows, _targets) = (rows, targets);
        _rowWeights = targets.Weights(balanced);
        _totalWeight = _rowWeights.Sum(w => (double)w);
        _weights = new float[targets.Outputs * rows.Length];
        _bias = new float[targets.Outputs];
        _parts = [.. Enumerable.Range(0, Math.Clamp(rows.Count / RowsAtATime, 1, Parts)).Select(_ => new Part(new float[_weights.Length], new double[_bias.Length], new float[RowsAtATime * _bias.Length]))];
    }

    /// <summary>Numbers in the layer: [outputs, length] weights, then [outputs] biases.</summary>
    public int Size => _weights.Length + _bias.Length;

    /// <summary>Factor of |W|^2 / 2.</summary>
    public double Penalty { get; set; }

    /// <summary>The loss at a point; its gradient is written.</summary>
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] = (float)point[i];
        for (int c = 0; c < _bias.Length; c++)
            _bias[c] = (float)point[_weights.Length + c];
        Parallel.For(0, _parts.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, Walk);

        gradient.Clear();
        double loss = 0, squares = 0;
        foreach (Part part in _parts)
        {
            loss += part.Loss;
            for (int i = 0; i < _weights.Length; i++)
                gradient[i] += part.Gradient[i];
            for (int c = 0; c < _bias.Length; c++)
                gradient[_weights.Length + c] += part.BiasGradient[c];
        }

        TensorPrimitives.Divide(gradient, _totalWeight, gradient);
        for (int i = 0; i < _weights.Length; i++)
        {
            squares += point[i] * point[i];
            gradient[i] += Penalty * point[i];
        }

        return (loss / _totalWeight) + (Penalty / 2 * squares);
    }

    private void Walk(int index)
    {
        Part part = _parts[index];
        Array.Clear(part.Gradient);
        Array.Clear(part.BiasGradient);
        part.Loss = 0;
        int outputs = _bias.Length, length = _rows.Length;
        int end = (int)((long)_rows.Count * (index + 1) / _parts.Length);
        for (int first = (int)((long)_rows.Count * index / _parts.Length); first < end; first += RowsAtATime)
        {
            int count = Math.Min(RowsAtATime, end - first);
            ReadOnlySpan<float> block = _rows.Values.AsSpan(first * length, count * length);
            Span<float> scores = part.Scores.AsSpan(0, count * outputs);
            RowProducts.Scores(block, _weights, _bias, length, scores);
            for (int r = 0; r < count; r++)
            {
                Span<float> row = scores.Slice(r * outputs, outputs);
                float weight = _rowWeights[first + r];
                part.Loss += weight * HeadLoss.Residuals(_targets.Kind, row, _targets[first + r]);
                if (weight != 1)
                    TensorPrimitives.Multiply(row, weight, row);
                for (int c = 0; c < outputs; c++)
                    part.BiasGradient[c] += row[c];
            }

            RowProducts.Accumulate(block, scores, outputs, length, part.Gradient);
        }
    }

    private sealed class Part(float[] gradient, double[] biasGradient, float[] scores)
    {
        public float[] Gradient { get; } = gradient;

        public double[] BiasGradient { get; } = biasGradient;

        public float[] Scores { get; } = scores;

        public double Loss { get; set; }
    }
}

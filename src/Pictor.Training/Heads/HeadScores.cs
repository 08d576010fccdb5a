using System.Numerics.Tensors;
using Pictor.Models.Composing;

namespace Pictor.Training.Heads;

/// <summary>What a layer says of rows, [count, outputs], with the targets to judge it by.</summary>
internal sealed record HeadScores(HeadTargets Targets, float[] Values)
{
    private const double WidestLog = 5;

    public int Count => Targets.Count;

    public static HeadScores Of(HeadLayer layer, FeatureRows rows, HeadTargets targets)
    {
        var values = new float[rows.Count * layer.Classes];
        RowProducts.Scores(rows.Values, layer.Weights, layer.Bias, rows.Length, values);
        return new HeadScores(targets, values);
    }

    /// <summary>Both together.</summary>
    public static HeadScores Join(HeadScores a, HeadScores b) =>
        new(a.Targets with { Values = [.. a.Targets.Values, .. b.Targets.Values] }, [.. a.Values, .. b.Values]);

    /// <summary>Mean loss when scores are divided by a temperature.</summary>
    public double Loss(double temperature = 1)
    {
        int outputs = Targets.Outputs;
        var row = new float[outputs];
        double loss = 0;
        for (int r = 0; r < Count; r++)
        {
            TensorPrimitives.Multiply(Values.AsSpan(r * outputs, outputs), (float)(1 / temperature), row);
            loss += HeadLoss.Residuals(Targets.Kind, row, Targets[r]);
        }

        return loss / Count;
    }

    /// <summary>The temperature with the least loss (Guo et al. 2017), by golden section over its logarithm; 1 for numbers.</summary>
    public double BestTemperature()
    {
        if (Targets.Kind == HeadKind.Value || Count == 0)
            return 1;
        const double Golden = 0.6180339887498949;
        double low = -WidestLog, high = WidestLog;
        double a = high - (Golden * (high - low)), b = low + (Golden * (high - low));
        double lossA = Loss(Math.Exp(a)), lossB = Loss(Math.Exp(b));
        while (high - low > 1e-3)
        {
            if (lossA <= lossB)
            {
                (high, b, lossB) = (b, a, lossA);
                a = high - (Golden * (high - low));
                lossA = Loss(Math.Exp(a));
            }
            else
            {
                (low, a, lossA) = (a, b, lossB);
                b = low + (Golden * (high - low));
                lossB = Loss(Math.Exp(b));
            }
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Share of right answers: the likeliest class; for several classes each yes or no on its own. Null for numbers.</summary>
    public double? Accuracy()
    {
        if (Count == 0 || Targets.Kind == HeadKind.Value)
            return null;
        int outputs = Targets.Outputs, right = 0;
        for (int r = 0; r < Count; r++)
        {
            ReadOnlySpan<float> row = Values.AsSpan(r * outputs, outputs);
            if (Targets.Kind == HeadKind.Softmax)
            {
                right += TensorPrimitives.IndexOfMax(row) == (int)Targets[r][0] ? 1 : 0;
                continue;
            }

            for (int c = 0; c < outputs; c++)
                right += row[c] > 0 == Targets[r][c] > 0.5f ? 1 : 0;
        }

        return (double)right / (Targets.Kind == HeadKind.Softmax ? Count : Targets.Values.Length);
    }

    /// <summary>Expected calibration error in 15 bins: of the likeliest class, or of every yes and no for several classes.</summary>
    public double CalibrationError(double temperature)
    {
        const int Bins = 15;
        int outputs = Targets.Outputs, answers = 0;
        var gap = new double[Bins];
        var row = new float[outputs];
        for (int r = 0; r < Count; r++)
        {
            TensorPrimitives.Multiply(Values.AsSpan(r * outputs, outputs), (float)(1 / temperature), row);
            if (Targets.Kind == HeadKind.Softmax)
            {
                // Without the shift a logit of 90 has an infinite power.
                TensorPrimitives.Subtract(row, TensorPrimitives.Max((ReadOnlySpan<float>)row), row);
                TensorPrimitives.SoftMax(row, row);
                int top = TensorPrimitives.IndexOfMax((ReadOnlySpan<float>)row);
                Note(row[top], top == (int)Targets[r][0]);
                continue;
            }

            for (int c = 0; c < outputs; c++)
            {
                double yes = 1 / (1 + Math.Exp(-row[c]));
                Note(Math.Max(yes, 1 - yes), yes > 0.5 == Targets[r][c] > 0.5f);
            }
        }

        return answers == 0 ? 0 : gap.Sum(Math.Abs) / answers;

        void Note(double sure, bool right)
        {
            gap[Math.Clamp((int)Math.Ceiling(sure * Bins) - 1, 0, Bins - 1)] += sure - (right ? 1 : 0);
            answers++;
        }
    }
}

using System.Numerics.Tensors;
using Pictor.Models.Composing;

namespace Pictor.Training.Heads;

/// <summary>Loss of one row and its derivative by the scores.</summary>
internal static class HeadLoss
{
    // Beyond so many deviations an error counts linearly (Huber 1964: 95 % as efficient as squares where errors are normal).
    private const float Knee = 1.345f;

    /// <summary>Returns the loss; <paramref name="scores"/> become its derivatives.</summary>
    public static double Residuals(HeadKind kind, Span<float> scores, ReadOnlySpan<float> target) => kind switch
    {
        HeadKind.Softmax => Softmax(scores, (int)target[0]),
        HeadKind.Sigmoid => Sigmoids(scores, target),
        _ => Huber(scores, target[0]),
    };

    private static double Softmax(Span<float> scores, int target)
    {
        float top = TensorPrimitives.Max((ReadOnlySpan<float>)scores);
        float own = scores[target] - top;
        TensorPrimitives.Subtract(scores, top, scores);
        TensorPrimitives.Exp(scores, scores);
        float sum = TensorPrimitives.Sum((ReadOnlySpan<float>)scores);
        TensorPrimitives.Divide(scores, sum, scores);
        scores[target] -= 1;
        return Math.Log(sum) - own;
    }

    // log(1 + exp(z)) - t z, in the form that never overflows.
    private static double Sigmoids(Span<float> scores, ReadOnlySpan<float> target)
    {
        double loss = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            double z = scores[c];
            loss += Math.Max(z, 0) - (z * target[c]) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
            scores[c] = (float)((1 / (1 + Math.Exp(-z))) - target[c]);
        }

        return loss;
    }

    private static double Huber(Span<float> scores, float target)
    {
        double error = scores[0] - target, size = Math.Abs(error);
        scores[0] = (float)Math.Clamp(error, -Knee, Knee);
        return size <= Knee ? error * error / 2 : Knee * (size - (Knee / 2));
    }
}

namespace Pictor.Models.Quantizing;

/// <summary>A layer's weights in 8 bits with sign, one scale for each output channel: value = scale * code. No zero point: processors multiply such weights fastest.</summary>
/// <param name="Codes">[outputs, ...], -most .. most.</param>
/// <param name="Scales">[outputs].</param>
internal sealed record QuantizedWeights(sbyte[] Codes, float[] Scales)
{
    private const int Steps = 20;
    private const double Narrowest = 0.7;

    /// <summary>Rounds each channel with the scale of the least squared error: cutting off an outlier may cost less than coarse steps for all.</summary>
    /// <param name="weights">[outputs, ...].</param>
    /// <param name="outputs">Channels.</param>
    /// <param name="bits">8, or 7 for processors whose multiplication saturates (AVX2 and AVX-512 without VNNI).</param>
    public static QuantizedWeights Of(ReadOnlySpan<float> weights, int outputs, int bits)
    {
        int most = (1 << (bits - 1)) - 1, length = weights.Length / outputs;
        var codes = new sbyte[weights.Length];
        var scales = new float[outputs];
        for (int c = 0; c < outputs; c++)
        {
            ReadOnlySpan<float> channel = weights.Slice(c * length, length);
            scales[c] = Scale(channel, most);
            for (int i = 0; i < length; i++)
                codes[(c * length) + i] = (sbyte)Math.Clamp(MathF.Round(channel[i] / scales[c]), -most, most);
        }

        return new QuantizedWeights(codes, scales);
    }

    /// <summary>The bias in steps of input scale times weight scale, as the sums come out of the multiplication.</summary>
    public int[] Bias(ReadOnlySpan<float> bias, float inputScale)
    {
        var steps = new int[bias.Length];
        for (int c = 0; c < steps.Length; c++)
            steps[c] = (int)Math.Clamp(Math.Round(bias[c] / ((double)inputScale * Scales[c])), int.MinValue, int.MaxValue);
        return steps;
    }

    private static float Scale(ReadOnlySpan<float> channel, int most)
    {
        float largest = 0;
        foreach (float weight in channel)
            largest = Math.Max(largest, Math.Abs(weight));
        if (largest == 0)
            return 1f / most;
        float best = largest / most;
        double least = double.MaxValue;
        for (int step = 0; step <= Steps; step++)
        {
            float scale = (float)(largest * (1 - ((1 - Narrowest) * step / Steps)) / most);
            double error = 0;
            foreach (float weight in channel)
            {
                double off = weight - (Math.Clamp(MathF.Round(weight / scale), -most, most) * (double)scale);
                error += off * off;
            }

            if (error < least)
                (best, least) = (scale, error);
        }

        return best;
    }
}

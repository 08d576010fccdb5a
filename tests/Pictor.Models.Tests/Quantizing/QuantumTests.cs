using CsCheck;
using Pictor.Models.Quantizing;

namespace Pictor.Models.Tests.Quantizing;

public sealed class QuantumTests
{
    [Fact]
    public void Of_AnyRange_TellsZeroExactlyAndCoversTheRange() =>
        Gen.Select(Gen.Double[-50, 50], Gen.Double[0, 100]).Sample((low, width) =>
        {
            var quantum = Quantum.Of(low, low + width);
            double first = -quantum.Zero * (double)quantum.Scale, last = (255 - quantum.Zero) * (double)quantum.Scale;
            // The zero moves by half a step at most.
            Assert.InRange(Math.Min(low, 0), first - (quantum.Scale * 0.51), last);
            Assert.InRange(Math.Max(low + width, 0), first, last + (quantum.Scale * 0.51));
        });

    [Fact]
    public void Choose_AFewOutliers_AreCutOff()
    {
        var histogram = new ValueHistogram();
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 1_000_000).Select(_ => (float)random.NextDouble()), 3f];
        histogram.Widen(values);
        histogram.Count(values);
        Assert.InRange(histogram.Choose().Scale * 255, 0.9, 2);
    }

    [Fact]
    public void Choose_EvenValues_KeepsTheWholeRange()
    {
        var histogram = new ValueHistogram();
        float[] values = [.. Enumerable.Range(-1000, 3001).Select(i => i / 1000f)];
        histogram.Widen(values);
        histogram.Count(values);
        Quantum quantum = histogram.Choose();
        Assert.InRange(quantum.Scale * 255, 2.85, 3.01);
        Assert.InRange(quantum.Zero, 83, 87);
    }

    [Fact]
    public void Choose_NoNumbers_IsAnError()
    {
        var histogram = new ValueHistogram();
        histogram.Widen([float.NaN, float.PositiveInfinity]);
        Assert.Throws<InvalidOperationException>(() => histogram.Choose());
    }

    [Theory]
    [InlineData(8, 127)]
    [InlineData(7, 63)]
    public void Weights_EachChannel_HasAScaleOfItsOwnAndNoMoreError(int bits, int most)
    {
        var random = new Random(5);
        float[] weights = [.. Enumerable.Range(0, 4 * 90).Select(i => (float)((random.NextDouble() - 0.5) * Math.Pow(10, i / 90)))];
        var quantized = QuantizedWeights.Of(weights, 4, bits);
        Assert.All(quantized.Codes, code => Assert.InRange(code, -most, most));
        for (int c = 0; c < 4; c++)
        {
            float[] channel = weights[(c * 90)..((c + 1) * 90)];
            double plain = channel.Max(Math.Abs) / (double)most, error = 0, plainError = 0;
            for (int i = 0; i < 90; i++)
            {
                error += Math.Pow(channel[i] - (quantized.Codes[(c * 90) + i] * (double)quantized.Scales[c]), 2);
                plainError += Math.Pow(channel[i] - (Math.Round(channel[i] / plain) * plain), 2);
            }

            Assert.True(error <= plainError * 1.0001, $"channel {c}: {error} against {plainError}");
        }
    }
}

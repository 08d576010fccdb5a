using Pictor.Trainer.Optimisers;
using Pictor.Trainer.Torch;

namespace Pictor.Trainer.Tests.Optimisers;

public sealed class MovingAverageTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public void Step_ManySteps_IsThePlainRecurrence(int replicas, int parts)
    {
        const int length = 333, few = 50;
        using var weights = new FlatBuffer(length);
        FlatBuffer[] statistics = [.. Enumerable.Range(0, replicas).Select(_ => new FlatBuffer(few))];
        using var average = new MovingAverage(0.9, weights, statistics);
        var expected = new double[length];
        var expectedStatistics = new double[few];
        var random = new Random(1);
        for (int step = 1; step <= 100; step++)
        {
            for (int i = 0; i < length; i++)
                weights.Span[i] = (float)random.NextDouble();
            foreach (FlatBuffer own in statistics)
            {
                for (int i = 0; i < few; i++)
                    own.Span[i] = (float)random.NextDouble();
            }

            for (int part = 0; part < parts; part++)
                average.Step(step, part, parts);
            // Tan and Le's warm-up: the first steps forget fast.
            double decay = Math.Min(0.9, (1.0 + step) / (10 + step));
            for (int i = 0; i < length; i++)
                expected[i] = (decay * expected[i]) + ((1 - decay) * weights.Span[i]);
            for (int i = 0; i < few; i++)
                expectedStatistics[i] = (decay * expectedStatistics[i]) + ((1 - decay) * statistics.Average(s => s.Span[i]));
        }

        for (int i = 0; i < length; i++)
            Assert.Equal(expected[i], average.Weights.Span[i], 1e-5);
        for (int i = 0; i < few; i++)
            Assert.Equal(expectedStatistics[i], average.Statistics.Span[i], 1e-5);
        foreach (FlatBuffer own in statistics)
            own.Dispose();
    }
}

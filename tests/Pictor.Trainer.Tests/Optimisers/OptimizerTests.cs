using System.Text.Json;
using Pictor.Models.Networks;
using Pictor.Trainer.Optimisers;
using Pictor.Trainer.Torch;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Tests.Optimisers;

public sealed class OptimizerTests
{
    public static TheoryData<int, int> Sharings => new() { { 1, 1 }, { 2, 2 }, { 3, 4 }, { 8, 3 } };

    [Theory]
    [MemberData(nameof(Sharings))]
    public void Step_ManyStepsOfMadeUpGradients_IsPyTorchs(int replicas, int parts)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "optimisers.json")));
        int steps = golden.RootElement.GetProperty("steps").GetInt32();
        int size = golden.RootElement.GetProperty("size").GetInt32();
        foreach (JsonElement example in golden.RootElement.GetProperty("cases").EnumerateArray())
        {
            double decay = example.GetProperty("decay").GetDouble();
            double clip = example.TryGetProperty("clip", out JsonElement length) ? length.GetDouble() : 0;
            var settings = new OptimizerSettings { Kind = example.GetProperty("kind").GetString()!, WeightDecay = decay, Clip = clip };
            double[] expected = [.. example.GetProperty("weights").EnumerateArray().Select(v => v.GetDouble())];

            float[] actual = Run(settings, steps, size, replicas, parts, ParameterRole.Weight);

            for (int i = 0; i < size; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) < 2e-5, $"{settings.Kind}, decay {decay}, value {i}: {expected[i]} expected, {actual[i]} found");
        }
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("sgd")]
    public void Step_BiasOrNorm_IsNotDecayed(string kind)
    {
        foreach (ParameterRole role in new[] { ParameterRole.Bias, ParameterRole.NormScale, ParameterRole.NormShift })
        {
            float[] decayed = Run(new OptimizerSettings { Kind = kind, WeightDecay = 0.3 }, 5, 20, 1, 1, role);
            float[] plain = Run(new OptimizerSettings { Kind = kind }, 5, 20, 1, 1, role);
            Assert.Equal(plain, decayed);
        }
    }

    [Theory]
    [InlineData("adam", 0)]
    [InlineData("sgd", 0)]
    [InlineData("sgd", 2)]
    public void Step_SharedByThreads_IsTheSameBitForBit(string kind, double clip)
    {
        float[] alone = Run(new OptimizerSettings { Kind = kind, WeightDecay = 0.1, Clip = clip }, 20, 5000, 2, 1, ParameterRole.Weight);
        float[] shared = Run(new OptimizerSettings { Kind = kind, WeightDecay = 0.1, Clip = clip }, 20, 5000, 2, 7, ParameterRole.Weight);
        Assert.Equal(alone, shared);
    }

    // The gradient of a value is spread over replicas and pictures in whole parts, so that their sum is exact.
    private static float[] Run(OptimizerSettings settings, int steps, int size, int replicas, int parts, ParameterRole role)
    {
        var parameter = new Parameter("w", [size], role);
        var network = new Network("trial", new(1, 1, 1), 2, [new NetworkNode("layer", new Layer.Flatten(), [], [size], [parameter])], 0);
        var layout = new ParameterLayout(network);
        using var weights = new FlatBuffer(layout.TrainedLength);
        FlatBuffer[] gradients = [.. Enumerable.Range(0, replicas).Select(_ => new FlatBuffer(layout.TrainedLength))];
        using Optimizer optimizer = Optimizer.Create(settings, layout, weights, gradients);
        for (int i = 0; i < size; i++)
            weights.Span[i] = (((i * 37) % 64) - 32) / 32f;
        const int pictures = 4;
        for (int step = 1; step <= steps; step++)
        {
            for (int i = 0; i < size; i++)
            {
                float gradient = ((((step * 7919) + (i * 104729) + (step * i * 31)) % 1024) - 512) / 512f;
                gradients[0].Span[i] = (gradient * pictures) - (replicas - 1);
                for (int r = 1; r < replicas; r++)
                    gradients[r].Span[i] = 1;
            }

            for (int part = 0; optimizer.Clips && part < parts; part++)
                optimizer.Measure(pictures, part, parts);
            for (int part = 0; part < parts; part++)
                optimizer.Step(step, 0.01 * (1 + (step % 5)), pictures, part, parts);
            Assert.All(gradients, g => Assert.Equal(-1, g.Span.IndexOfAnyExcept(0f)));
        }

        float[] result = weights.Span[..size].ToArray();
        foreach (FlatBuffer gradient in gradients)
            gradient.Dispose();
        return result;
    }

    [Fact]
    public void Step_RatesScaledByLayer_MovesEachAsIfItHadThatRate()
    {
        Network network = NetworkCatalog.Create("mnist-cnn", new(1, 8, 8), 3);
        var layout = new ParameterLayout(network);
        float[] Moved(Func<Parameter, double> scale, double rate)
        {
            using var weights = new FlatBuffer(layout.TrainedLength);
            using var gradient = new FlatBuffer(layout.TrainedLength);
            gradient.Span.Fill(1);
            using Optimizer optimizer = Optimizer.Create(new OptimizerSettings { Kind = "sgd" }, layout, weights, [gradient]);
            optimizer.ScaleRates(layout, scale);
            optimizer.Step(1, rate, 1, 0, 1);
            return weights.Span.ToArray();
        }

        float[] scaled = Moved(p => p.Name.StartsWith("conv1", StringComparison.Ordinal) ? 0.25 : 1, 0.1), whole = Moved(_ => 1, 0.1), quarter = Moved(_ => 1, 0.025);
        foreach (ParameterSlot slot in layout.Slots)
        {
            float[] expected = slot.Parameter.Name.StartsWith("conv1", StringComparison.Ordinal) ? quarter : whole;
            Assert.Equal(expected[slot.Offset..(slot.Offset + slot.Length)], scaled[slot.Offset..(slot.Offset + slot.Length)]);
        }
    }
}

using System.Text.Json;
using Pictor.Models.Composing;
using Pictor.Training.Heads;

namespace Pictor.Training.Tests.Heads;

/// <summary>Fits against scikit-learn's (Golden/heads.py), and what must hold of any fit.</summary>
public sealed class HeadFitTests
{
    private static readonly JsonElement s_golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "heads.json"))).RootElement;
    private static readonly Lbfgs s_exact = new() { Iterations = 2000, GradientTolerance = 1e-8, ValueTolerance = 0 };

    private static int Rows => s_golden.GetProperty("rows").GetInt32();

    private static int Length => s_golden.GetProperty("length").GetInt32();

    private static int Classes => s_golden.GetProperty("classes").GetInt32();

    [Fact]
    public void Softmax_EqualsScikitLearns_WithAndWithoutClassWeights()
    {
        var targets = new HeadTargets(HeadKind.Softmax, Classes, Numbers(s_golden.GetProperty("y")));
        foreach (JsonElement golden in s_golden.GetProperty("softmax").EnumerateArray())
        {
            HeadLayer head = Fit(targets, golden, golden.GetProperty("balanced").GetBoolean());
            Near(Flat(golden.GetProperty("weights")), head.Weights);
            float[] scores = HeadScores.Of(head, Features().Take([0, 1, 2, 3, 4]), targets.Take([0, 1, 2, 3, 4])).Values;
            for (int r = 0; r < 5; r++)
                System.Numerics.Tensors.TensorPrimitives.SoftMax(scores.AsSpan(r * Classes, Classes), scores.AsSpan(r * Classes, Classes));
            Near(Flat(golden.GetProperty("probabilities")), scores);
        }
    }

    [Fact]
    public void Sigmoids_EqualOneScikitLearnModelForEachClass()
    {
        var targets = new HeadTargets(HeadKind.Sigmoid, Classes, Flat(s_golden.GetProperty("several")));
        foreach (JsonElement golden in s_golden.GetProperty("sigmoid").EnumerateArray())
        {
            HeadLayer head = Fit(targets, golden, balanced: false);
            Near(Flat(golden.GetProperty("weights")), head.Weights);
            Near(Numbers(golden.GetProperty("bias")), head.Bias);
        }
    }

    [Fact]
    public void Huber_EqualsTheMinimumThatScipyFinds()
    {
        var targets = new HeadTargets(HeadKind.Value, 1, Numbers(s_golden.GetProperty("number")));
        foreach (JsonElement golden in s_golden.GetProperty("huber").EnumerateArray())
        {
            HeadLayer head = Fit(targets, golden, balanced: false);
            Near(Numbers(golden.GetProperty("weights")), head.Weights);
            Assert.Equal(golden.GetProperty("bias").GetSingle(), head.Bias[0], 1e-3f);
        }
    }

    [Fact]
    public void Products_EqualThoseOfALoop_AtEveryEdge()
    {
        var random = new Random(5);
        foreach ((int count, int classes, int length) in new[] { (1, 1, 1), (2, 3, 15), (3, 4, 16), (5, 5, 33), (9, 2, 64), (8, 7, 47) })
        {
            float[] rows = Noise(random, count * length), weights = Noise(random, classes * length), bias = Noise(random, classes);
            var scores = new float[count * classes];
            RowProducts.Scores(rows, weights, bias, length, scores);
            float[] gradient = Noise(random, classes * length), expected = [.. gradient];
            RowProducts.Accumulate(rows, scores, classes, length, gradient);
            for (int r = 0; r < count; r++)
            {
                for (int c = 0; c < classes; c++)
                {
                    double sum = bias[c];
                    for (int i = 0; i < length; i++)
                    {
                        sum += (double)rows[(r * length) + i] * weights[(c * length) + i];
                        expected[(c * length) + i] += scores[(r * classes) + c] * rows[(r * length) + i];
                    }

                    Assert.Equal(sum, scores[(r * classes) + c], 1e-4);
                }
            }

            Near(expected, gradient);
        }
    }

    [Fact]
    public void Gradient_IsTheSlopeOfTheLoss()
    {
        var targets = new HeadTargets(HeadKind.Softmax, Classes, Numbers(s_golden.GetProperty("y")));
        var objective = new HeadObjective(Features(), targets, balanced: true) { Penalty = 0.02 };
        var random = new Random(1);
        double[] point = [.. Enumerable.Range(0, objective.Size).Select(_ => random.NextDouble() - 0.5)], gradient = new double[objective.Size], none = new double[objective.Size];
        objective.Evaluate(point, gradient, TestContext.Current.CancellationToken);
        foreach (int i in (int[])[0, 17, objective.Size - 1])
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 0.01;
            down[i] -= 0.01;
            double slope = (objective.Evaluate(up, none, TestContext.Current.CancellationToken) - objective.Evaluate(down, none, TestContext.Current.CancellationToken)) / 0.02;
            Assert.Equal(slope, gradient[i], 1e-4);
        }
    }

    [Fact]
    public void OneExampleAClass_AnswersByTheNearestPrototype()
    {
        // Three directions with noise; one example each.
        var random = new Random(2);
        float[] Picture(int c) => [.. Noise(random, 30).Select((v, i) => (v * 0.3f) + (i / 10 == c ? 1 : 0))];
        var train = new FeatureRows([.. Picture(0), .. Picture(1), .. Picture(2)], 3, 30);
        var test = new FeatureRows([.. Enumerable.Range(0, 60).SelectMany(i => Picture(i % 3))], 60, 30);
        var scaling = FeatureScaling.Of(train);
        var none = new HeadTargets(HeadKind.Softmax, 3, []);
        FittedHead fitted = HeadFit.Run(
            new HeadData(scaling.Apply(train), new HeadTargets(HeadKind.Softmax, 3, [0, 1, 2]), new FeatureRows([], 0, 30), none, 3), new HeadSettings(), null, TestContext.Current.CancellationToken);
        var judged = HeadScores.Of(scaling.Undo(fitted.Layer), test, new HeadTargets(HeadKind.Softmax, 3, [.. Enumerable.Range(0, 60).Select(i => (float)(i % 3))]));
        Assert.True(judged.Accuracy() > 0.95, $"{judged.Accuracy()}");
    }

    [Fact]
    public void Temperature_FindsTheFactorThatScoresWereMultipliedBy()
    {
        var random = new Random(3);
        var values = new float[3000];
        var labels = new float[1000];
        for (int r = 0; r < 1000; r++)
        {
            float[] row = Noise(random, 3);
            double[] odds = [.. row.Select(v => Math.Exp(v))];
            double draw = random.NextDouble() * odds.Sum();
            labels[r] = draw < odds[0] ? 0 : draw < odds[0] + odds[1] ? 1 : 2;
            for (int c = 0; c < 3; c++)
                values[(r * 3) + c] = row[c] * 4;
        }

        var scores = new HeadScores(new HeadTargets(HeadKind.Softmax, 3, labels), values);
        double temperature = scores.BestTemperature();
        Assert.InRange(temperature, 3, 5.5);
        Assert.True(scores.CalibrationError(temperature) < scores.CalibrationError(1) / 2);
        Assert.True(scores.Loss(temperature) < scores.Loss(temperature * 1.1) && scores.Loss(temperature) < scores.Loss(temperature / 1.1));
    }

    private static HeadLayer Fit(HeadTargets targets, JsonElement golden, bool balanced)
    {
        double[]? point = null;
        return HeadFit.Fit(Features(), targets, balanced, golden.GetProperty("penalty").GetDouble(), ref point, TestContext.Current.CancellationToken, s_exact);
    }

    // The formula of Golden/heads.py.
    private static FeatureRows Features() => new([.. Enumerable.Range(0, Rows).SelectMany(r => Enumerable.Range(0, Length).Select(i =>
        ((((r * 7919) + (i * 104729) + (r * i * 31)) % 1024) - 512) / 512f + (i % Classes == r % Classes ? 0.75f : 0)))], Rows, Length);

    private static float[] Noise(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];

    private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetSingle())];

    private static float[] Flat(JsonElement rows) => [.. rows.EnumerateArray().SelectMany(Numbers)];

    // Single precision sees the bottom of a flat bowl (a weak penalty) to about three digits.
    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 3e-3f * Math.Max(1, Math.Abs(expected[i])));
    }
}

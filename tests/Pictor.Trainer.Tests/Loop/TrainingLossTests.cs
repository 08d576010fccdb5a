using Pictor.Datasets;
using Pictor.Trainer.Loop;
using Pictor.Training.Recipes;
using TorchSharp;

namespace Pictor.Trainer.Tests.Loop;

/// <summary>Each loss against its formula, written out in double.</summary>
public sealed class TrainingLossTests
{
    private const int Samples = 6, Classes = 4;
    private static readonly int[] s_labels = [0, 3, 1, 1, 2, 0];
    private static readonly int[] s_frequencies = [10, 40, 5, 25];
    private readonly float[] _logits;
    private readonly double[][] _p;

    public TrainingLossTests()
    {
        var random = new Random(3);
        _logits = [.. Enumerable.Range(0, Samples * Classes).Select(_ => (float)((random.NextDouble() * 6) - 3))];
        _p = [.. Enumerable.Range(0, Samples).Select(i =>
        {
            double[] e = [.. Enumerable.Range(0, Classes).Select(c => Math.Exp(_logits[(i * Classes) + c]))];
            return e.Select(v => v / e.Sum()).ToArray();
        })];
    }

    [Theory]
    [InlineData(0, "none")]
    [InlineData(0.1, "none")]
    [InlineData(0.2, "balanced")]
    public void CrossEntropy_OfClassesAndOfTargets_IsTheFormula(double smoothing, string weights)
    {
        Recipe recipe = new() { Loss = new LossSettings { LabelSmoothing = smoothing, ClassWeights = weights } };
        double[] w = weights == "none" ? [1, 1, 1, 1] : [.. s_frequencies.Select(f => 80.0 / (4 * f))];
        double expected = 0;
        for (int i = 0; i < Samples; i++)
        {
            for (int c = 0; c < Classes; c++)
                expected -= w[c] * ((c == s_labels[i] ? 1 - smoothing : 0) + (smoothing / Classes)) * Math.Log(_p[i][c]);
        }

        Assert.Equal(expected, Value(recipe, (loss, logits) => loss.OfClasses(logits, torch.tensor(s_labels, torch.int64))), 3);
        Assert.Equal(expected, Value(recipe, (loss, logits) => loss.OfTargets(logits, OneHot(), null)), 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Focal_OfOneClass_WeighsByWhatIsNotKnownYet(double gamma)
    {
        Recipe recipe = new() { Loss = new LossSettings { Kind = "focal", FocalGamma = gamma } };
        double expected = Enumerable.Range(0, Samples).Sum(i => -Math.Pow(1 - _p[i][s_labels[i]], gamma) * Math.Log(_p[i][s_labels[i]]));
        Assert.Equal(expected, Value(recipe, (loss, logits) => loss.OfTargets(logits, OneHot(), null)), 3);
    }

    [Theory]
    [InlineData(0.7, 1)]
    [InlineData(0.5, 4)]
    public void Taught_ByATeacher_IsTheWeightedSumOfBothCrossEntropies(double weight, double temperature)
    {
        Recipe recipe = new() { Distill = new DistillSettings { Package = "p", Weight = weight, Temperature = temperature } };
        double[][] teacher = [.. Enumerable.Range(0, Samples).Select(i => _p[(i + 1) % Samples])];
        double expected = 0;
        for (int i = 0; i < Samples; i++)
        {
            double[] soft = Softened(teacher[i], temperature), own = Softened(_p[i], temperature);
            expected -= (1 - weight) * Math.Log(_p[i][s_labels[i]]);
            expected -= weight * temperature * temperature * soft.Zip(own, (t, s) => t * Math.Log(s)).Sum();
        }

        torch.Tensor probabilities = torch.tensor(teacher.SelectMany(p => p).Select(p => (float)p).ToArray(), [Samples, Classes]);
        Assert.Equal(expected, Value(recipe, (loss, logits) => loss.OfTargets(logits, OneHot(), probabilities)), 3);
    }

    [Fact]
    public void Binary_OfSeveralClasses_IsTheSumOverTheirQuestions()
    {
        Recipe recipe = new();
        float[] targets = [.. Enumerable.Range(0, Samples * Classes).Select(i => i % 3 == 0 ? 1f : 0f)];
        double expected = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double p = 1 / (1 + Math.Exp(-_logits[i]));
            expected -= targets[i] > 0 ? Math.Log(p) : Math.Log(1 - p);
        }

        Assert.Equal(expected, Value(recipe, (loss, logits) => loss.OfTargets(logits, torch.tensor(targets, [Samples, Classes]), null), DatasetTask.MultiLabel), 3);
        Assert.Equal(expected, Value(recipe, (loss, logits) => loss.Plain(logits, logits, torch.tensor(targets, [Samples, Classes])), DatasetTask.MultiLabel), 3);
    }

    [Fact]
    public void Huber_OfNumbers_IsSquareThenStraight()
    {
        Recipe recipe = new() { Loss = new LossSettings { HuberDelta = 0.5 } };
        double expected = _logits.Sum(v => Math.Abs(v) <= 0.5 ? v * v / 2.0 : 0.5 * (Math.Abs(v) - 0.25));
        Assert.Equal(expected, Value(recipe, (loss, outputs) => loss.OfTargets(outputs, torch.zeros_like(outputs), null), DatasetTask.Numeric), 3);
    }

    [Theory]
    [InlineData("huber", DatasetTask.SingleLabel)]
    [InlineData("cross-entropy", DatasetTask.MultiLabel)]
    [InlineData("focal", DatasetTask.Numeric)]
    public void KindFor_AnotherTask_IsRefused(string kind, DatasetTask task) =>
        Assert.Contains("does not fit", Assert.Throws<InputException>(() => TrainingLoss.KindFor(kind, task)).Message, StringComparison.Ordinal);

    private double Value(Recipe recipe, Func<TrainingLoss, torch.Tensor, torch.Tensor> of, DatasetTask task = DatasetTask.SingleLabel)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var loss = new TrainingLoss(recipe, task, s_frequencies, s_frequencies.Sum());
        return of(loss, torch.tensor(_logits, [Samples, Classes])).item<float>();
    }

    private static torch.Tensor OneHot() => torch.nn.functional.one_hot(torch.tensor(s_labels, torch.int64), Classes).to(torch.float32);

    private static double[] Softened(double[] p, double temperature)
    {
        double[] powers = [.. p.Select(v => Math.Pow(v, 1 / temperature))];
        return [.. powers.Select(v => v / powers.Sum())];
    }
}

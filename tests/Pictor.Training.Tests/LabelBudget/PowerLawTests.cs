using System.Text.Json;
using CsCheck;
using Pictor.Training.LabelBudget;

namespace Pictor.Training.Tests.LabelBudget;

/// <summary>The fit against scipy's bounded least squares (Golden/power_law.py), and what must hold of any curve.</summary>
public sealed class PowerLawTests
{
    [Fact]
    public void Fit_IsNoWorseThanScipys()
    {
        foreach (JsonElement known in JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "power_law.json"))).RootElement.EnumerateArray())
        {
            double[] n = Numbers(known, "n"), errors = Numbers(known, "errors"), deviations = Numbers(known, "deviations");
            var law = PowerLaw.Fit(n, errors, deviations);
            Assert.InRange(law.Misfit(n, errors, deviations), 0, known.GetProperty("misfit").GetDouble() + 1e-6);
            Assert.Equal(known.GetProperty("now").GetDouble(), law.At(5400), 5e-4);
            Assert.Equal(known.GetProperty("later").GetDouble(), law.At(10_800), 1e-3);
        }
    }

    [Fact]
    public void Fit_OfAnyPoints_StaysWithinItsBoundsAndFalls() =>
        Gen.Double[0, 1].Array[6].Sample(errors =>
        {
            double[] n = [5, 10, 20, 50, 100, 300], deviations = [.. errors.Select(_ => 0.02)];
            var law = PowerLaw.Fit(n, errors, deviations);
            Assert.InRange(law.A, 0, double.MaxValue);
            Assert.InRange(law.B, 0.05, 2);
            Assert.InRange(law.C, 0, 1.0001);
            Assert.True(law.At(600) <= law.At(300));
        }, iter: 500);

    [Fact]
    public void Worth_OfAClearCurve_NamesTheGain()
    {
        var truth = new PowerLaw(0.9, 0.5, 0.05);
        LabelWorth worth = LabelWorth.Of(Points([10, 20, 50, 100, 200], n => 1 - truth.At(n)), validated: 5000)!;
        double gain = truth.At(200) - truth.At(250);
        Assert.False(worth.IsFlat);
        Assert.Equal(gain, worth.More.Gain, 1e-3);
        Assert.True(worth.More.Low < gain && gain < worth.More.High);
        Assert.Contains("50 more pictures of each class would bring about 0.7 points", worth.Sentence(), StringComparison.Ordinal);
        Assert.Equal(worth.More, LabelWorth.Of(Points([10, 20, 50, 100, 200], n => 1 - truth.At(n)), validated: 5000)!.More);
    }

    [Fact]
    public void Worth_OfNoise_SaysSo()
    {
        double[] noise = [0.80, 0.82, 0.79, 0.81, 0.80];
        LabelWorth worth = LabelWorth.Of(Points([10, 20, 50, 100, 200], n => noise[Array.IndexOf([10.0, 20, 50, 100, 200], n)]), validated: 200)!;
        Assert.True(worth.IsFlat);
        Assert.Contains("no more than noise", worth.Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public void Worth_Intervals_HoldTheTruthAsOftenAsTheySay()
    {
        // 95 % were promised; with six points and unknown scatter somewhat fewer would still be honest.
        var truth = new PowerLaw(0.9, 0.5, 0.05);
        double[] n = [10, 20, 50, 100, 200, 400];
        double gain = truth.At(400) - truth.At(450);
        var random = new Random(1);
        int holds = 0;
        for (int i = 0; i < 30; i++)
        {
            LabelWorth worth = LabelWorth.Of(Points(n, at => Enumerable.Range(0, 1000).Count(_ => random.NextDouble() > truth.At(at)) / 1000.0), validated: 1000, seed: i)!;
            holds += worth.More.Low <= gain && gain <= worth.More.High ? 1 : 0;
        }

        Assert.InRange(holds, 25, 30);
    }

    [Theory]
    [InlineData(5400, new[] { 10, 50, 200, 500, 2000 })]
    [InlineData(100, new[] { 10, 20, 50 })]
    [InlineData(30, new[] { 5, 10, 20 })]
    [InlineData(3, new[] { 2 })]
    public void Steps_AreRoundAndFew(int largest, int[] expected) => Assert.Equal(expected, LabelSteps.Of(largest));

    [Fact]
    public void Passes_NoPointCostsMoreThanAllPictures() =>
        Gen.Select(Gen.Int[2, 50_000], Gen.Int[0, 10_000]).Sample((pictures, validated) =>
        {
            Assert.InRange(LabelSteps.Passes(pictures, 50_000, validated), 1, Math.Sqrt(50_000.0 / pictures) + 1e-9);
            Assert.InRange(LabelSteps.Cost(pictures, 50_000, validated), 0, 1 + 1e-9);
        });

    private static LabelPoint[] Points(double[] n, Func<double, double> accuracy) =>
        [.. n.Select(at => new LabelPoint((int)at, (int)at * 10, at) { State = "finished", ValAccuracy = accuracy(at) })];

    private static double[] Numbers(JsonElement known, string name) => [.. known.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
}

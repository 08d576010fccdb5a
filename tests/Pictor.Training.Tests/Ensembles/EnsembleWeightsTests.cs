using CsCheck;
using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Training.Ensembles;
using Pictor.Training.Tests.Evaluation;

namespace Pictor.Training.Tests.Ensembles;

/// <summary>Shares that are fitted on validation pictures.</summary>
public sealed class EnsembleWeightsTests
{
    [Fact]
    public void Mix_FindsTheLeastLoss_ThatAGridFinds() =>
        Gen.Float[0.01f, 1f].Array[3].Array[5, 40].Sample(rows =>
        {
            float[][] right = [.. Enumerable.Range(0, 3).Select(m => rows.Select(row => row[m]).ToArray())];
            double[] weights = EnsembleWeights.Mix(right);
            Assert.Equal(1, weights.Sum(), 1e-9);
            double found = EnsembleWeights.Loss(right, weights), best = double.MaxValue;
            for (int a = 0; a <= 20; a++)
            {
                for (int b = 0; a + b <= 20; b++)
                    best = Math.Min(best, EnsembleWeights.Loss(right, [a / 20.0, b / 20.0, (20 - a - b) / 20.0]));
            }

            Assert.True(found <= best + 1e-4, $"{found} {best}");
        }, iter: 40, seed: "0N0XIzNsQ0O2");

    [Fact]
    public async Task Fit_OnPictures_TrustsTheMemberThatKnowsThem()
    {
        using var folder = new TempFolder();
        CancellationToken stop = TestContext.Current.CancellationToken;
        Label[] labels = [new("left", "left"), new("right", "right")];
        ToyPackage.Write(folder["good.pictor"], labels, ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(1)]);
        ToyPackage.Write(folder["bad.pictor"], [labels[1], labels[0]], ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(1)]);
        ToyData.Write(folder["data", "left"], 0, 20);
        ToyData.Write(folder["data", "right"], 1, 20);
        using var good = Annotator.Load(folder["good.pictor"]);
        using var bad = Annotator.Load(folder["bad.pictor"]);
        using Dataset data = await Dataset.OpenAsync(folder["data"], null, stop);
        EnsembleWeights fitted = await EnsembleWeights.FitAsync([bad, good], data, null, stop);
        Assert.True(fitted.Weights[1] > 0.99, string.Join(", ", fitted.Weights));
        Assert.Equal(4, fitted.Pictures);
        Assert.True(fitted.ValLoss < fitted.EqualLoss && fitted.MemberLosses[1] < fitted.MemberLosses[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fit_OfMembersWithOtherSeeds_NeedsPicturesThatAreNewToAll(bool ownValidation)
    {
        using var folder = new TempFolder();
        CancellationToken stop = TestContext.Current.CancellationToken;
        foreach (string part in ownValidation ? ["data/train", "data/val"] : new[] { "data" })
        {
            ToyData.Write(folder[$"{part}/left"], 0, 20, part.Length);
            ToyData.Write(folder[$"{part}/right"], 1, 20, part.Length);
        }

        using Dataset data = await Dataset.OpenAsync(folder["data"], null, stop);
        Label[] labels = [new("left", "left"), new("right", "right")];
        ToyPackage.Write(folder["one.pictor"], labels, ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(1)], data.Fingerprint, seed: 1);
        ToyPackage.Write(folder["two.pictor"], labels, ToyData.Shape, [ToyData.Mean(0), ToyData.Mean(1)], data.Fingerprint, seed: 2);
        using var one = Annotator.Load(folder["one.pictor"]);
        using var two = Annotator.Load(folder["two.pictor"]);

        if (ownValidation)
            Assert.Equal(40, (await EnsembleWeights.FitAsync([one, two], data, null, stop)).Pictures);
        else
            Assert.Equal("ensemble.other-cut", (await Assert.ThrowsAsync<InputException>(() => EnsembleWeights.FitAsync([one, two], data, null, stop))).Code);
    }
}

using CsCheck;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class SplitTests
{
    /// <summary>Samples of some classes, of which some are copies of others (even of another class), perhaps with declared parts.</summary>
    private static readonly Gen<Sample[]> s_undeclared =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 40], Gen.Int[0, 4]).SelectMany((classes, most, copies) =>
            Gen.Select(Gen.Int[0, classes - 1], Gen.Int[0, copies == 0 ? int.MaxValue : most * classes]).Array[1, classes * most].Select(drawn =>
                drawn.Select((d, i) => new Sample(i, $"{i}", d.Item1, null, Hash(copies == 0 ? i : d.Item2))).ToArray()));

    private static string Hash(long content) => ContentHash.Sha256Of(BitConverter.GetBytes(content));

    private static Sample[] Distinct(int classes, int perClass, Split? declared = null) =>
        [.. Enumerable.Range(0, classes * perClass).Select(i => new Sample(i, $"{i}", i % classes, declared, Hash(i)))];

    [Fact]
    public void Plan_AnySamples_HoldsEachExactlyOnce() => s_undeclared.Sample(samples =>
    {
        SplitPlan plan = Splitter.Plan(samples, 3);
        return plan.Train.Concat(plan.Val).Concat(plan.Test).Order().SequenceEqual(Enumerable.Range(0, samples.Length))
            && plan.Train.SequenceEqual(plan.Train.Order()) && plan.Val.SequenceEqual(plan.Val.Order()) && plan.Test.SequenceEqual(plan.Test.Order());
    });

    [Fact]
    public void Plan_AnySamples_KeepsEqualPicturesTogether() => s_undeclared.Sample(samples =>
    {
        SplitPlan plan = Splitter.Plan(samples, 3);
        IEnumerable<string>[] parts = [.. Enum.GetValues<Split>().Select(s => plan[s].Select(i => samples[i].Sha256).Distinct(StringComparer.Ordinal))];
        return parts.Sum(p => p.Count()) == samples.Select(s => s.Sha256).Distinct(StringComparer.Ordinal).Count();
    });

    [Fact]
    public void Plan_TrainAndTestWithCopies_CutsTrainOnlyAndKeepsEqualPicturesTogether() =>
        Gen.Select(s_undeclared, Gen.Int[0, 1000]).Sample((samples, salt) =>
        {
            Sample[] declared = [.. samples.Select(s => s with { Declared = new CounterRandom(salt, s.Index).Below(4) == 0 ? Split.Test : Split.Train })];
            if (declared.All(s => s.Declared == Split.Train) || declared.All(s => s.Declared == Split.Test))
                return true;
            SplitPlan plan = Splitter.Plan(declared, 5);
            var train = plan.Train.Select(i => declared[i].Sha256).ToHashSet(StringComparer.Ordinal);
            var test = plan.Test.Select(i => declared[i].Sha256).ToHashSet(StringComparer.Ordinal);
            return plan.Test.SequenceEqual(declared.Where(s => s.Declared == Split.Test).Select(s => s.Index))
                && plan.Train.Concat(plan.Val).Order().SequenceEqual(declared.Where(s => s.Declared == Split.Train).Select(s => s.Index))
                && plan.Val.All(i => !train.Contains(declared[i].Sha256) && !test.Contains(declared[i].Sha256));
        });

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(2, 1, 1, 0)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(4, 2, 1, 1)]
    [InlineData(10, 8, 1, 1)]
    [InlineData(14, 12, 1, 1)]
    [InlineData(15, 11, 2, 2)]
    [InlineData(1000, 800, 100, 100)]
    public void Plan_EqualClasses_GivesEachClassItsShare(int perClass, int train, int val, int test)
    {
        Sample[] samples = Distinct(4, perClass);
        SplitPlan plan = Splitter.Plan(samples, 1);

        for (int c = 0; c < 4; c++)
            Assert.Equal((train, val, test), (plan.Train.Count(i => samples[i].Class == c), plan.Val.Count(i => samples[i].Class == c), plan.Test.Count(i => samples[i].Class == c)));
        Assert.True(plan.WasCut);
        Assert.Contains("80/10/10", plan.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FilesRenamedAndReordered_PutsTheSamePicturesInTheSameParts() => s_undeclared.Sample(samples =>
    {
        if (samples.Select(s => s.Sha256).Distinct(StringComparer.Ordinal).Count() != samples.Length)
            return true;
        Sample[] reversed = [.. samples.Reverse().Select((s, i) => s with { Index = i, File = $"other{i}" })];
        SplitPlan a = Splitter.Plan(samples, 9), b = Splitter.Plan(reversed, 9);
        return Enum.GetValues<Split>().All(p => a[p].Select(i => samples[i].Sha256).Order(StringComparer.Ordinal).SequenceEqual(b[p].Select(i => reversed[i].Sha256).Order(StringComparer.Ordinal), StringComparer.Ordinal));
    });

    [Fact]
    public void Plan_OtherSeed_CutsOtherwise()
    {
        Sample[] samples = Distinct(3, 100);

        Assert.Equal(Splitter.Plan(samples, 1).Val, Splitter.Plan(samples, 1).Val);
        Assert.NotEqual(Splitter.Plan(samples, 1).Val, Splitter.Plan(samples, 2).Val);
    }

    [Fact]
    public void Plan_DeclaredTrainAndVal_AreLeftAlone()
    {
        Sample[] samples = [.. Distinct(2, 10).Select(s => s with { Declared = s.Index < 15 ? Split.Train : Split.Val })];
        SplitPlan plan = Splitter.Plan(samples, 1);

        Assert.Equal((15, 5, 0), (plan.Train.Count, plan.Val.Count, plan.Test.Count));
        Assert.False(plan.WasCut);
    }

    [Fact]
    public void Plan_DeclaredLeak_StaysAndIsSaid()
    {
        Sample[] samples = [.. Distinct(2, 10).Select(s => s with { Declared = s.Index < 15 ? Split.Train : Split.Val, Sha256 = s.Index is 3 or 17 ? Hash(-1) : s.Sha256 })];
        SplitPlan plan = Splitter.Plan(samples, 1);

        Assert.Contains(3, plan.Train);
        Assert.Contains(17, plan.Val);
        Assert.Contains("One picture stands in more than one declared part", plan.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_OnlyTrainDeclared_IsCutAsAWhole()
    {
        SplitPlan plan = Splitter.Plan(Distinct(2, 50, Split.Train), 1);

        Assert.Equal((80, 10, 10), (plan.Train.Count, plan.Val.Count, plan.Test.Count));
    }

    [Fact]
    public void Plan_OnlyTestDeclared_StaysTest()
    {
        SplitPlan plan = Splitter.Plan(Distinct(2, 50, Split.Test), 1);

        Assert.Equal((0, 0, 100), (plan.Train.Count, plan.Val.Count, plan.Test.Count));
        Assert.False(plan.WasCut);
    }
}

using CsCheck;
using Pictor.Imaging;

namespace Pictor.Datasets.Tests;

public sealed class GroupSplitTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private static string Hash(long content) => ContentHash.Sha256Of(BitConverter.GetBytes(content));

    /// <summary>Samples with any number of classes, copies, groups, near duplicates and declared parts.</summary>
    private static readonly Gen<(Sample[] Samples, int[] Near)> s_samples =
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 60], Gen.Int[0, 20], Gen.Int[0, 30], Gen.Int[0, 3]).Array[1, 60].Select(drawn =>
            (drawn.Select((d, i) => new Sample(i, $"{i}", d.Item1 % 3, d.Item5 == 0 ? Split.Test : d.Item5 == 1 ? Split.Train : null, Hash(d.Item2))
            {
                Classes = d.Item1 == 4 ? [] : d.Item1 == 3 ? [0, 2] : [d.Item1 % 3],
                Group = d.Item3 < 8 ? $"g{d.Item3}" : null,
            }).ToArray(), drawn.Select(d => d.Item4 < 10 ? d.Item4 : -1).ToArray()));

    [Fact]
    public void Cut_AnySamples_NoGroupStraddles() => Gen.Select(s_samples, Gen.Bool).Sample((drawn, anew) =>
    {
        (Sample[] samples, int[] near) = drawn;
        SplitPlan plan = Splitter.Cut(samples, new SplitOptions { GroupOf = near, Anew = anew, Seed = 4 });
        var part = new int[samples.Length];
        foreach (Split split in Enum.GetValues<Split>())
        {
            foreach (int i in plan[split])
                part[i] += 1 << (2 * (int)split);
        }

        bool Joined(int i, int j) => samples[i].Sha256 == samples[j].Sha256 || (samples[i].Group is { } g && g == samples[j].Group) || (near[i] >= 0 && near[i] == near[j]);
        for (int i = 0; i < samples.Length; i++)
        {
            if (!anew && samples[i].Declared == Split.Test && part[i] != 1 << (2 * (int)Split.Test))
                return false;
            if (anew && part[i] == 0)
                return false;
            for (int j = 0; j < i; j++)
            {
                if (Joined(i, j) && part[i] != part[j] && part[i] != 0 && part[j] != 0)
                    return false;
            }
        }

        return part.All(p => p is 0 or 1 or 4 or 16);
    });

    [Fact]
    public void Plan_NamedGroups_StayTogether() => s_samples.Sample(drawn =>
    {
        Sample[] samples = [.. drawn.Samples.Select(s => s with { Declared = null })];
        SplitPlan plan = Splitter.Plan(samples, 2);
        var part = new Dictionary<int, Split>();
        foreach (Split split in Enum.GetValues<Split>())
        {
            foreach (int i in plan[split])
                part.Add(i, split);
        }

        return part.Count == samples.Length && samples.Where(s => s.Group is not null).GroupBy(s => s.Group).All(g => g.Select(s => part[s.Index]).Distinct().Count() == 1);
    });

    [Fact]
    public void Plan_SeveralLabels_GivesEachLabelItsShare()
    {
        var random = new CounterRandom(3, 3);
        Sample[] samples = [.. Enumerable.Range(0, 2000).Select(i =>
        {
            int[] classes = [.. Enumerable.Range(0, 8).Where(c => random.Below(c + 3) == 0)];
            return new Sample(i, $"{i}", classes.Length == 0 ? -1 : classes[0], null, Hash(i)) { Classes = classes };
        })];
        SplitPlan plan = Splitter.Plan(samples, 1);

        Assert.InRange(plan.Val.Count, 185, 215);
        Assert.InRange(plan.Test.Count, 185, 215);
        for (int c = 0; c < 8; c++)
        {
            double all = samples.Count(s => s.Classes.Contains(c));
            Assert.InRange(plan.Val.Count(i => samples[i].Classes.Contains(c)) / all, 0.085, 0.115);
            Assert.InRange(plan.Test.Count(i => samples[i].Classes.Contains(c)) / all, 0.085, 0.115);
        }
    }

    [Fact]
    public void Plan_Numbers_GivesEachTenthOfTheRangeItsShare()
    {
        Sample[] samples = [.. Enumerable.Range(0, 1000).Select(i => new Sample(i, $"{i}", -1, null, Hash(i)) { Target = i })];
        SplitPlan plan = Splitter.Plan(samples, 1);

        for (int d = 0; d < 10; d++)
            Assert.Equal((10, 10), (plan.Val.Count(i => i / 100 == d), plan.Test.Count(i => i / 100 == d)));
    }

    [Fact]
    public void Plan_DeclaredGroupLeak_IsSaid()
    {
        Sample[] samples = [.. Enumerable.Range(0, 20).Select(i => new Sample(i, $"{i}", i % 2, i < 15 ? Split.Train : Split.Val, Hash(i)) { Group = i is 3 or 17 ? "p" : null })];

        Assert.Contains("One group stands in more than one declared part", Splitter.Plan(samples, 1).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SplitManifest_ByColumn_IsReadAsDeclared()
    {
        for (int i = 0; i < 40; i++)
            _temp.Write($"{i}.png", TempFolder.Png(i));
        _temp.Write("labels.csv", "path,label,patient\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}.png,{"ab"[i % 2]},p{i / 4}\n")));
        using Dataset data = await _temp.OpenAsync("labels.csv");
        string path = Path.Combine(_temp.Path, "v1.manifest.jsonl");
        (SplitPlan plan, string fingerprint) = await SplitManifest.WriteAsync(path, data, SampleGrouping.By(data, "patient"), new SplitOptions { Val = 0.2, Test = 0.2 }, TestContext.Current.CancellationToken);
        using Dataset read = await _temp.OpenAsync("v1.manifest.jsonl");

        Assert.Equal(fingerprint, read.Fingerprint);
        Assert.Equal((24, 8, 8), (plan.Train.Count, plan.Val.Count, plan.Test.Count));
        Assert.Equal(plan.Val.Select(i => data.Samples[i].File), read.Samples.Where(s => s.Declared == Split.Val).Select(s => s.File));
        Assert.Equal(10, read.Samples.GroupBy(s => s.Group).Count(g => g.Select(s => s.Declared).Distinct().Count() == 1));
        Assert.Contains("Did you mean 'patient'?", Assert.Throws<InputException>(() => SampleGrouping.By(data, "pateint")).Message, StringComparison.Ordinal);
    }
}

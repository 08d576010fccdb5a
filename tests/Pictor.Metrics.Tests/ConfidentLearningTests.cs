using System.Text.Json;

namespace Pictor.Metrics.Tests;

public sealed class ConfidentLearningTests
{
    public static TheoryData<string> Names => ["clean", "noisy", "weak", "binary", "empty-class"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Find_AgreesWithTheEquationsInNumpy(string name)
    {
        Case golden = Load(name);

        IReadOnlyList<LabelIssue> found = ConfidentLearning.Find(golden.Probabilities(), golden.Labels, golden.Classes);

        Assert.Equal(golden.Flagged.Select(f => (f[0], f[1])), found.Select(f => (f.Sample, f.Suggested)));
        Assert.All(found, f => Assert.Equal(golden.Labels[f.Sample], f.Label));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Joint_AgreesWithTheEquationsInNumpy(string name)
    {
        Case golden = Load(name);

        double[,] joint = ConfidentLearning.Joint(golden.Probabilities(), golden.Labels, golden.Classes);

        for (int i = 0; i < golden.Joint.Length; i++)
            Assert.Equal(golden.Joint[i], joint[i / golden.Classes, i % golden.Classes], 9);
    }

    [Fact]
    public void Find_LabelsThatFit_AreNotDoubted() => Assert.Empty(ConfidentLearning.Find([0.9, 0.1, 0.2, 0.8, 0.7, 0.3], [0, 1, 0], 2));

    [Fact]
    public void Find_RefusesWhatIsNoProbability()
    {
        Assert.Throws<ArgumentException>(() => ConfidentLearning.Find([0.5, double.NaN], [0], 2));
        Assert.Throws<ArgumentException>(() => ConfidentLearning.Find([0.5, 0.5], [2], 2));
        Assert.Throws<ArgumentException>(() => ConfidentLearning.Find([0.5, 0.5, 1], [0], 2));
    }

    private static Case Load(string name) =>
        JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "ConfidentLearning", "cases.json")), JsonSerializerOptions.Web)!.Single(c => c.Name == name);

    private sealed record Case(string Name, int Classes, int[] Labels, int[] Whole, double[] Joint, int[][] Flagged)
    {
        public double[] Probabilities() => [.. Whole.Select((w, i) => (double)w / Whole.Skip(i / Classes * Classes).Take(Classes).Sum())];
    }
}

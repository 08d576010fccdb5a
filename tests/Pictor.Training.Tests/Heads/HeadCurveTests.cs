using Pictor.Training.Heads;

namespace Pictor.Training.Tests.Heads;

/// <summary>Accuracy over the number of examples, on features whose answer is known.</summary>
public sealed class HeadCurveTests
{
    private const int Length = 24;
    private const int Classes = 4;

    [Fact]
    public void Curve_RisesWithExamples_AndIsTheSameAgain()
    {
        (float[] train, int[] classes) = Cloud(60, seed: 1);
        (float[] judged, int[] judgedClasses) = Cloud(100, seed: 2);
        IReadOnlyList<HeadCurvePoint> curve = HeadCurve.Of(train, classes, judged, judgedClasses, Classes, [1, 5, 50], draws: 3, seed: 4, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([1, 5, 50], curve.Select(p => p.Examples));
        Assert.Equal([4, 20, 200], curve.Select(p => p.Pictures));
        Assert.True(curve[0].Accuracy > 1.2 / Classes && curve[0].Accuracy < curve[1].Accuracy && curve[1].Accuracy < curve[2].Accuracy, string.Join(", ", curve));
        Assert.Equal(curve, HeadCurve.Of(train, classes, judged, judgedClasses, Classes, [1, 5, 50], draws: 3, seed: 4, cancellationToken: TestContext.Current.CancellationToken));
        Assert.NotEqual(curve[0].Accuracy, HeadCurve.Of(train, classes, judged, judgedClasses, Classes, [1], draws: 3, seed: 5, cancellationToken: TestContext.Current.CancellationToken)[0].Accuracy);
    }

    [Fact]
    public void Curve_OfThingsThatDoNotFit_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => HeadCurve.Of(new float[10], [0, 1, 0], new float[4], [0, 1], 2, [5], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => HeadCurve.Of(new float[4], [0, 2], new float[4], [0, 1], 2, [5], cancellationToken: TestContext.Current.CancellationToken));
    }

    // Clouds around four directions, wide enough to overlap.
    private static (float[] Values, int[] Classes) Cloud(int each, int seed)
    {
        var random = new Random(seed);
        int[] classes = [.. Enumerable.Range(0, each * Classes).Select(i => i % Classes)];
        return ([.. classes.SelectMany(c => Enumerable.Range(0, Length).Select(i => (float)((random.NextDouble() * 2) - 1) + (i % Classes == c ? 0.35f : 0)))], classes);
    }
}

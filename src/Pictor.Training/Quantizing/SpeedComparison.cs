using System.Diagnostics;
using Pictor.Models.Annotators;
using Pictor.Models.Packages;

namespace Pictor.Training.Quantizing;

/// <summary>How fast two packages are beside each other, one thread each, in turns: what else the machine does meanwhile hits both.</summary>
internal static class SpeedComparison
{
    private const int Rounds = 7;
    private static readonly TimeSpan s_round = TimeSpan.FromMilliseconds(120);

    public static IReadOnlyList<QuantizedSpeed> Measure(ModelPackage before, ModelPackage after, ReadOnlyMemory<byte> planes, int count, CancellationToken cancellationToken)
    {
        using Annotator old = Annotator.Load(before), young = Annotator.Load(after);
        int length = before.Manifest.Input.Shape.Length;
        var speeds = new List<QuantizedSpeed>();
        foreach (int batch in (int[])[1, 32])
        {
            int most = Math.Min(batch, count);
            double[] a = new double[Rounds], b = new double[Rounds];
            for (int round = -1; round < Rounds; round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (double x, double y) = (PerSecond(old, planes.Span[..(most * length)], most), PerSecond(young, planes.Span[..(most * length)], most));
                if (round >= 0)
                    (a[round], b[round]) = (x, y);
            }

            Array.Sort(a);
            Array.Sort(b);
            speeds.Add(new QuantizedSpeed(most, Math.Round(a[Rounds / 2], 1), Math.Round(b[Rounds / 2], 1)));
        }

        return speeds;
    }

    private static double PerSecond(Annotator annotator, ReadOnlySpan<byte> planes, int count)
    {
        var probabilities = new float[count * annotator.Package.Manifest.Classes];
        var embeddings = new float[count * annotator.Package.Manifest.EmbeddingLength];
        long began = Stopwatch.GetTimestamp();
        int runs = 0;
        do
        {
            annotator.Run(planes, count, probabilities, embeddings);
            runs++;
        }
        while (Stopwatch.GetElapsedTime(began) < s_round);
        return runs * count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}

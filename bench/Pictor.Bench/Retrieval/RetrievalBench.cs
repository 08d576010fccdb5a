using System.Diagnostics;
using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Training.Heads;

namespace Pictor.Bench.Retrieval;

/// <summary>How well the embedding of one package finds pictures of the same class.</summary>
/// <param name="Package">NAME@VERSION.</param>
/// <param name="Length">Of an embedding.</param>
/// <param name="MeanAveragePrecision">At 10, 0..1.</param>
/// <param name="FirstRight">Share of queries whose nearest picture is of their class.</param>
/// <param name="Milliseconds">Of one thread for one picture, decoding not counted: the median of rounds in turns.</param>
internal sealed record RetrievalRow(string Package, int Length, double MeanAveragePrecision, double FirstRight, double Milliseconds);

/// <summary>What was measured, and on what.</summary>
internal sealed record RetrievalReport(string Data, int Pictures, int Classes, IReadOnlyList<RetrievalRow> Rows);

/// <summary>
/// retrieval --models A.pictor,B.pictor --data DIR [--classes id,id,...] [--rounds 5]: every picture asks for the ten nearest others by cosine; one of the same class is relevant.
/// Average precision at 10 is the sum of the precisions at the relevant ranks, divided by what could be relevant there.
/// </summary>
internal static class RetrievalBench
{
    private const int Depth = 10;

    public static async Task<RetrievalReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("models", "data", "classes", "rounds");
        string[] files = flags.Text("models", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (files.Length == 0 || flags.Text("data", "").Length == 0)
            throw new InputException("retrieval", "no package or no data set is named", "Say --models A.pictor,B.pictor --data DIR.");
        using Dataset data = await Dataset.OpenAsync(flags.Text("data", ""));
        HashSet<string> wanted = [.. flags.Text("classes", "").Split(',', StringSplitOptions.RemoveEmptyEntries)];
        int[] samples = [.. data.Samples.Where(s => wanted.Count == 0 || wanted.Contains(data.Labels[s.Class].Id)).Select(s => s.Index)];
        Annotator[] annotators = [.. files.Select(file => Annotator.Load(file))];
        double[] milliseconds = Time(annotators, flags.Number("rounds", 5));
        var rows = new List<RetrievalRow>();
        output.WriteLine($"{samples.Length} pictures of {data.Path}, {Machine.IdleShare():P0} idle\n{"package",-44} length  mAP@10  first right  ms a picture");
        for (int i = 0; i < annotators.Length; i++)
        {
            using Annotator annotator = annotators[i];
            EmbeddingSet set = await EmbeddingSet.OfAsync(annotator, data, samples);
            (double map, double first) = RetrievalFigures.Of(set.Values, set.Length, [.. set.Samples.Select(s => data.Samples[s].Class)], Depth);
            rows.Add(new RetrievalRow(annotator.Package.Reference, set.Length, map, first, milliseconds[i]));
            output.WriteLine($"{annotator.Package.Reference,-44} {set.Length,6}  {map,6:0.0000}  {first,11:0.0000}  {milliseconds[i],12:0.00}");
        }

        return new RetrievalReport(data.Path, samples.Length, samples.Select(s => data.Samples[s].Class).Distinct().Count(), rows);
    }

    private static double[] Time(Annotator[] annotators, int rounds)
    {
        double[][] times = [.. annotators.Select(_ => new double[rounds])];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < annotators.Length; i++)
            {
                var manifest = annotators[i].Package.Manifest;
                byte[] planes = new byte[manifest.Input.Shape.Length];
                new Random(1).NextBytes(planes);
                float[] probabilities = new float[manifest.Classes], embedding = new float[manifest.EmbeddingLength];
                int runs = 0;
                long began = Stopwatch.GetTimestamp();
                do
                {
                    annotators[i].Run(planes, 1, probabilities, embedding);
                    runs++;
                }
                while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMilliseconds(200));
                if (round >= 0)
                    times[i][round] = Stopwatch.GetElapsedTime(began).TotalMilliseconds / runs;
            }
        }

        return [.. times.Select(t => t.Order().ElementAt(t.Length / 2))];
    }
}

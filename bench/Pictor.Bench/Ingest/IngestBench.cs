using System.Diagnostics;
using Pictor.Imaging;
using Pictor.Library;
using Pictor.Models.Annotators;

namespace Pictor.Bench.Ingest;

/// <summary>ingest: folders of rendered pictures into fresh libraries.</summary>
internal static class IngestBench
{
    public static async Task<IngestReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("model", "photos", "small", "rounds", "sizes");
        string model = Path.GetFullPath(flags.Text("model", "models/starter/starter.pictor"));
        int rounds = flags.Number("rounds", 5), photos = flags.Number("photos", 48, 0), small = flags.Number("small", 4000, 0);
        int[] sizes = [.. flags.Text("sizes", "1000,10000").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => int.Parse(s, System.Globalization.CultureInfo.InvariantCulture))];
        string place = Directory.CreateTempSubdirectory("pictor-bench-").FullName;
        try
        {
            output.WriteLine(Machine.Processor);
            var ratios = new List<IngestRatio>();
            if (photos > 0)
                ratios.Add(await RatioAsync("photos", photos, rounds, model, Path.Combine(place, "photos"), output));
            if (small > 0)
                ratios.Add(await RatioAsync("small", small, rounds, model, Path.Combine(place, "small"), output));
            var scales = new List<IngestScale>();
            foreach (int size in sizes)
                scales.Add(await IngestChild.MeasureAsync(Path.Combine(place, $"scale-{size}"), size, model, output));
            if (scales.Count > 1)
                output.WriteLine($"cost a picture, dearest over cheapest size: wall {scales.Max(s => s.MicrosecondsEach) / scales.Min(s => s.MicrosecondsEach):0.00}, processor {scales.Max(s => s.ProcessorMicrosecondsEach) / scales.Min(s => s.ProcessorMicrosecondsEach):0.00}");
            return new IngestReport(Machine.Processor, model, ratios, scales);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static async Task<IngestRatio> RatioAsync(string kind, int count, int rounds, string model, string place, TextWriter output)
    {
        string[] files = IngestPictures.Write(Path.Combine(place, "pictures"), kind == "photos", count);
        double bytes = files.Average(f => new FileInfo(f).Length);
        output.WriteLine($"{kind}: {count:N0} pictures of {bytes / 1e3:0.0} kB");
        using var annotator = Annotator.Load(model);

        // Both sides warm: some dozens of photos are too few for the compiler to have made its best of either.
        for (int i = 0; i < (kind == "photos" ? 3 : 1); i++)
        {
            Limit(files[..Math.Min(files.Length, 32)], annotator);
            await IngestAsync(Path.Combine(place, $"warm{i}"), [Path.GetDirectoryName(files[0])!], model);
        }

        var limits = new List<double>();
        var ingests = new List<double>();
        var idle = new List<double?>();
        var processor = new List<double>();
        double known = 0;
        for (int round = 0; round < rounds; round++)
        {
            idle.Add(Machine.IdleShare());
            TimeSpan before = Processor();
            double limit = count / Limit(files, annotator);
            TimeSpan between = Processor();
            string library = Path.Combine(place, $"lib{round}");
            (double first, double second, TimeSpan used) = await IngestAsync(library, [Path.Combine(place, "pictures")], model);
            Directory.Delete(library, recursive: true);
            processor.Add((between - before) / used);
            limits.Add(limit);
            ingests.Add(count / first);
            known = second / count * 1e6;
            output.WriteLine($"  round {round + 1}: limit {limit:0.0}/s, ingest {count / first:0.0}/s, ratio {count / first / limit:0.000} (by processor time {processor[^1]:0.000}); known {known:0.0} us a file; idle before {idle[^1]:P0}");
        }

        double[] ratios = [.. limits.Zip(ingests, (l, i) => i / l)];
        output.WriteLine($"  median: limit {Median(limits):0.0}/s, ingest {Median(ingests):0.0}/s, ratio {Median(ratios):0.000} (by processor time {Median(processor):0.000})");
        return new IngestRatio(kind, count, bytes, idle, Median(limits), Median(ingests), ratios, Median(ratios), Median(processor), known);
    }

    /// <summary>What must be done in any case, and nothing else: each core decodes, makes the thumbnail and runs batches of its own.</summary>
    private static double Limit(string[] files, Annotator annotator)
    {
        const int Batch = 16;
        Preprocessing input = annotator.Package.Manifest.Input;
        DecodeOptions decode = input.DecodeOptions();
        int next = -1;
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            var planes = new byte[Batch * input.Shape.Length];
            var probabilities = new float[Batch * annotator.Package.Manifest.Classes];
            var embeddings = new float[Batch * annotator.Package.Manifest.EmbeddingLength];
            int filled = 0;
            for (int i = Interlocked.Increment(ref next); i < files.Length; i = Interlocked.Increment(ref next))
            {
                Pixels pixels = PictureReader.Decode(File.ReadAllBytes(files[i]), files[i], decode);
                if (Math.Max(pixels.Width, pixels.Height) >= 256)
                    GC.KeepAlive(PictureWriter.Jpeg(Resizer.Fit(pixels, 256)));
                input.ToPlanes(pixels, planes.AsSpan(filled * input.Shape.Length));
                if (++filled == Batch)
                {
                    annotator.Run(planes, Batch, probabilities, embeddings);
                    filled = 0;
                }
            }

            if (filled > 0)
                annotator.Run(planes.AsSpan(0, filled * input.Shape.Length), filled, probabilities.AsSpan(0, filled * annotator.Package.Manifest.Classes), embeddings.AsSpan(0, filled * annotator.Package.Manifest.EmbeddingLength));
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    internal static async Task<(double First, double Second, TimeSpan Processor)> IngestAsync(string library, string[] folders, string model)
    {
        await using PictureLibrary opened = await PictureLibrary.OpenAsync(library);
        await opened.Models.AddAsync(model);
        await opened.WarmUpAsync(); // loading the model is not ingest
        TimeSpan before = Processor();
        long start = Stopwatch.GetTimestamp();
        IndexOutcome outcome = await opened.IndexAsync(folders);
        double first = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TimeSpan used = Processor() - before;
        if (outcome.Skipped.Count > 0 || outcome.Known > 0)
            throw new InvalidOperationException($"Not all was taken in: {outcome}");
        start = Stopwatch.GetTimestamp();
        await opened.IndexAsync(folders);
        return (first, Stopwatch.GetElapsedTime(start).TotalSeconds, used);
    }

    private static TimeSpan Processor()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

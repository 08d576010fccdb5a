using System.Diagnostics;
using Pictor.Imaging;
using Pictor.Models.Annotators;
using Pictor.Models.Networks;
using Pictor.Models.Onnx;
using Pictor.Models.Packages;

namespace Pictor.Bench.Annotate;

/// <summary>What serving is held against: decode and inference of one picture in one process, alone and side by side, and the memory of it.</summary>
/// <param name="Processor">What it ran on.</param>
/// <param name="Model">Network and input.</param>
/// <param name="IdleShare">What was free of the machine just before, 0..1.</param>
/// <param name="LoadMilliseconds">Package file to ready annotator.</param>
/// <param name="DecodeMilliseconds">JPEG to pixels, median.</param>
/// <param name="PrepareMilliseconds">Pixels to the input's bytes, median.</param>
/// <param name="SessionMilliseconds">Bytes to probabilities and embedding, median.</param>
/// <param name="PicturesPerSecond">Whole way, all lanes together.</param>
/// <param name="ProcessorMilliseconds">Processor time a picture of the whole way, all threads.</param>
/// <param name="BeforeMegabytes">Resident memory of the process before loading.</param>
/// <param name="LoadedMegabytes">After loading and one picture.</param>
/// <param name="WorkedMegabytes">After all.</param>
internal sealed record AnnotateReport(
    string Processor, string Model, double? IdleShare, double LoadMilliseconds, double DecodeMilliseconds, double PrepareMilliseconds, double SessionMilliseconds,
    double PicturesPerSecond, double ProcessorMilliseconds, double BeforeMegabytes, double LoadedMegabytes, double WorkedMegabytes);

/// <summary>annotate: random weights and a made-up photo; the cost does not depend on what they hold.</summary>
internal static class AnnotateBench
{
    public static AnnotateReport Run(Flags flags, TextWriter output)
    {
        flags.Allow("network", "size", "classes", "lanes", "seconds");
        string name = flags.Text("network", "resnet9");
        int size = flags.Number("size", 224), lanes = flags.Number("lanes", 2), seconds = flags.Number("seconds", 10);
        string package = Path.Combine(Path.GetTempPath(), $"pictor-bench-{Environment.ProcessId}.pictor");
        try
        {
            string model = WritePackage(package, name, new PictureShape(3, size, size), flags.Number("classes", 1000));
            byte[] jpeg = PictureWriter.Jpeg(Photo(500, 375));

            // What making the package took must not count as memory of serving it.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            double before = Resident();
            double? idle = Machine.IdleShare();
            long start = Stopwatch.GetTimestamp();
            using var annotator = Annotator.Load(package);
            double load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            annotator.Read(jpeg, "photo.jpg");
            double loaded = Resident();

            Preprocessing input = annotator.Package.Manifest.Input;
            var planes = new byte[input.Shape.Length];
            Pixels pixels = PictureReader.Decode(jpeg, "photo.jpg", input.DecodeOptions());
            float[] probabilities = new float[annotator.Package.Manifest.Classes], embedding = new float[annotator.Package.Manifest.EmbeddingLength];
            double decode = Median(() => PictureReader.Decode(jpeg, "photo.jpg", input.DecodeOptions()));
            double prepare = Median(() => input.ToPlanes(pixels, planes));
            double session = Median(() => annotator.Run(planes, 1, probabilities, embedding));
            (double perSecond, double processor) = Throughput(annotator, jpeg, lanes, seconds);
            var report = new AnnotateReport(
                Machine.Processor, model, idle, load,
                decode, prepare, session, perSecond, processor, before, loaded, Resident());
            output.WriteLine(report.Processor);
            output.WriteLine($"{report.Model}; idle before {report.IdleShare:P0}");
            output.WriteLine($"load {report.LoadMilliseconds:0} ms; a picture: decode {report.DecodeMilliseconds:0.00} + prepare {report.PrepareMilliseconds:0.00} + session {report.SessionMilliseconds:0.00} ms");
            output.WriteLine($"{lanes} lanes: {report.PicturesPerSecond:0.0} pictures/s, {report.ProcessorMilliseconds:0.00} ms of processor each; resident {report.BeforeMegabytes:0} MB before, {report.LoadedMegabytes:0} MB loaded, {report.WorkedMegabytes:0} MB after work");
            return report;
        }
        finally
        {
            File.Delete(package);
        }
    }

    /// <summary>A package with random weights; answers with what to call it in a report.</summary>
    public static string WritePackage(string path, string name, PictureShape shape, int classes)
    {
        Network network = NetworkCatalog.Create(name, shape, classes);
        var manifest = new PackageManifest
        {
            Name = network.Name,
            Version = "1.0.0",
            Classes = network.Classes,
            EmbeddingLength = network.EmbeddingLength,
            Outputs = OnnxWriter.Outputs,
            Input = new Preprocessing(network.Input, ResizePolicy.CentreCrop, [.. Enumerable.Repeat(0.45f, shape.Channels)], [.. Enumerable.Repeat(0.225f, shape.Channels)]),
        };
        Label[] labels = [.. Enumerable.Range(0, network.Classes).Select(i => new Label($"n{i}", $"class {i}"))];
        ModelPackage.Write(path, manifest, labels, OnnxWriter.Write(network, NetworkWeights.Random(network, 1)), "");
        return $"{name} at {shape}: {network.ParameterCount:#,0} parameters, {network.Flops / 1e9:0.00} GFLOPs";
    }

    // Smooth shapes under a little noise compress about as a photo does.
    public static Pixels Photo(int width, int height)
    {
        var random = new Random(1);
        var data = new byte[width * height * 3];
        for (int i = 0; i < data.Length; i++)
        {
            int x = i / 3 % width, y = i / 3 / width;
            data[i] = (byte)Math.Clamp(128 + (80 * Math.Sin((x * 0.05) + (i % 3)) * Math.Cos(y * 0.07)) + random.Next(-12, 13), 0, 255);
        }

        return new Pixels(width, height, 3, data);
    }

    private static double Median(Action work)
    {
        var times = new List<double>();
        for (long begin = Stopwatch.GetTimestamp(); times.Count < 20 || Stopwatch.GetElapsedTime(begin).TotalSeconds < 2;)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static (double PicturesPerSecond, double ProcessorMilliseconds) Throughput(Annotator annotator, byte[] jpeg, int lanes, int seconds)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan used = self.TotalProcessorTime;
        long done = 0, start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, lanes).Select(_ => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                annotator.Read(jpeg, "photo.jpg");
                Interlocked.Increment(ref done);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        self.Refresh();
        return (done / elapsed, (self.TotalProcessorTime - used).TotalMilliseconds / done);
    }

    private static double Resident()
    {
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1e6;
    }
}

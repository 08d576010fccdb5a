using System.Diagnostics;
using System.Net.Http.Headers;
using Pictor.Bench.Annotate;
using Pictor.Imaging;
using Pictor.Models.Annotators;

namespace Pictor.Bench.Serve;

/// <summary>POST annotate against the same work without a server, on the same cores, in turns.</summary>
/// <param name="Processor">What it ran on.</param>
/// <param name="Model">Network and input.</param>
/// <param name="Clients">Requests at once.</param>
/// <param name="Rounds">Each: some seconds of the server, then some of the bare annotator.</param>
/// <param name="Ratio">Served pictures a second over bare ones, median of the rounds.</param>
/// <param name="IdleMegabytes">Resident memory of the server once it is ready.</param>
/// <param name="LoadedMegabytes">After the last round.</param>
internal sealed record ServeReport(
    string Processor, string Model, int Clients, IReadOnlyList<ServeRound> Rounds, double Ratio, double IdleMegabytes, double LoadedMegabytes);

/// <summary>One round.</summary>
/// <param name="IdleShare">What was free of the machine just before, 0..1.</param>
/// <param name="Served">Requests a second.</param>
/// <param name="P50">Median time of a request in milliseconds.</param>
/// <param name="P99">The slowest hundredth.</param>
/// <param name="Bare">Pictures a second of decode + session in one process, one lane a core.</param>
internal sealed record ServeRound(double? IdleShare, double Served, double P50, double P99, double Bare)
{
    public double Ratio => Served / Bare;
}

/// <summary>serve: the server is a process of its own; the clients live here and cost their share of the same cores.</summary>
internal static class ServeBench
{
    public static async Task<ServeReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("network", "size", "channels", "classes", "width", "height", "clients", "seconds", "rounds");
        string name = flags.Text("network", "resnet9");
        int size = flags.Number("size", 224), clients = flags.Number("clients", 4), seconds = flags.Number("seconds", 10), rounds = flags.Number("rounds", 5);
        string folder = Directory.CreateTempSubdirectory("pictor-bench-").FullName;
        try
        {
            string package = Path.Combine(folder, "bench.pictor");
            string model = AnnotateBench.WritePackage(package, name, new PictureShape(flags.Number("channels", 3), size, size), flags.Number("classes", 1000));
            byte[] jpeg = PictureWriter.Jpeg(AnnotateBench.Photo(flags.Number("width", 500), flags.Number("height", 375)));
            using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(folder, "library"), package);
            using var annotator = Annotator.Load(package);
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            await ServedAsync(client, jpeg, clients, 2);
            Bare(annotator, jpeg, 2);
            double idle = server.ResidentMegabytes();

            var done = new List<ServeRound>();
            for (int round = 0; round < rounds; round++)
            {
                double? free = Machine.IdleShare();
                (double served, double p50, double p99) = await ServedAsync(client, jpeg, clients, seconds);
                var measured = new ServeRound(free, served, p50, p99, Bare(annotator, jpeg, seconds));
                output.WriteLine($"idle {measured.IdleShare:P0}: served {measured.Served:0.0}/s (p50 {measured.P50:0.0} ms, p99 {measured.P99:0.0} ms), bare {measured.Bare:0.0}/s, ratio {measured.Ratio:0.000}");
                done.Add(measured);
            }

            double[] ratios = [.. done.Select(round => round.Ratio).Order()];
            var report = new ServeReport(Machine.Processor, model, clients, done, ratios[ratios.Length / 2], idle, server.ResidentMegabytes());
            output.WriteLine($"{report.Processor}; {report.Model}; {clients} clients: median ratio {report.Ratio:0.000}; server resident {report.IdleMegabytes:0} MB warm, {report.LoadedMegabytes:0} MB after");
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double PerSecond, double P50, double P99)> ServedAsync(HttpClient client, byte[] jpeg, int clients, int seconds)
    {
        long start = Stopwatch.GetTimestamp();
        List<double>[] times = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                long begun = Stopwatch.GetTimestamp();
                using var form = new MultipartFormDataContent();
                var file = new ByteArrayContent(jpeg);
                file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
                form.Add(file, "file", "photo.jpg");
                using HttpResponseMessage answer = await client.PostAsync(new Uri("/api/v1/annotate", UriKind.Relative), form);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                mine.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            return mine;
        })));
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] sorted = [.. times.SelectMany(time => time).Order()];
        return (sorted.Length / elapsed, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }

    private static double Bare(Annotator annotator, byte[] jpeg, int seconds)
    {
        long done = 0, start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                annotator.Read(jpeg, "photo.jpg");
                Interlocked.Increment(ref done);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

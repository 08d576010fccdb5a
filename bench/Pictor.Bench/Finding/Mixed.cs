using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Pictor.Imaging;

namespace Pictor.Bench.Finding;

/// <summary>Two readers, one who tags and rates, one who uploads, one who deletes and brings back: any answer but the expected one is an error.</summary>
internal static class Mixed
{
    public static async Task<MixedLoad> RunAsync(HttpClient client, string[] ids, int minutes, TextWriter output)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        long reads = 0, writes = 0, deletes = 0, errors = 0;
        string? firstError = null;
        var times = new List<double>();
        var gate = new Lock();
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Loop(1, Read), Loop(2, Read), Loop(3, Tag), Loop(4, Upload), Loop(5, Delete));
        double[] sorted = [.. times.Order()];
        var report = new MixedLoad(Stopwatch.GetElapsedTime(began).TotalMinutes, reads, writes, deletes, errors, sorted.Length == 0 ? 0 : sorted[(int)(sorted.Length * 0.95)], firstError);
        output.WriteLine($"mixed load of {report.Minutes:0.0} minutes: {reads:N0} reads (p95 {report.P95:0} ms), {writes:N0} writes, {deletes:N0} deletes, {errors} errors {firstError}");
        return report;

        Task Loop(int seed, Func<Random, Task> work) => Task.Run(async () =>
        {
            var random = new Random(seed);
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await work(random);
                }
                catch (Exception e) when (e is InvalidOperationException or HttpRequestException or TaskCanceledException)
                {
                    Interlocked.Increment(ref errors);
                    Interlocked.CompareExchange(ref firstError, e.Message, null);
                }

                if (work != Read)
                    await Task.Delay(20);
            }
        });

        async Task Read(Random random)
        {
            long start = Stopwatch.GetTimestamp();
            await FindingBench.AskAsync(client, random.Next(3) switch
            {
                0 => new { text = SyntheticLibrary.Subjects[random.Next(SyntheticLibrary.Subjects.Length)] },
                1 => new { text = "animal", filter = "rating:>2" },
                _ => (object)new { text = "dog", imageId = ids[random.Next(ids.Length / 2)] },
            });
            Interlocked.Increment(ref reads);
            lock (gate)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        async Task Tag(Random random)
        {
            using HttpResponseMessage answer = await client.PostAsJsonAsync(new Uri($"images/{ids[random.Next(ids.Length / 2)]}/annotations", UriKind.Relative), new { kind = "tag", value = $"bench {random.Next(100)}" });
            await Expect(answer, HttpStatusCode.Created, HttpStatusCode.OK);
            Interlocked.Increment(ref writes);
        }

        async Task Upload(Random random)
        {
            byte[] pixels = new byte[32 * 32 * 3];
            random.NextBytes(pixels);
            var part = new ByteArrayContent(PictureWriter.Png(new Pixels(32, 32, 3, pixels)));
            part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            using var form = new MultipartFormDataContent { { part, "files", $"upload {random.Next()}.png" } };
            using HttpResponseMessage answer = await client.PostAsync(new Uri("images", UriKind.Relative), form);
            await Expect(answer, HttpStatusCode.OK, HttpStatusCode.Created);
            Interlocked.Increment(ref writes);
        }

        // The second half, so that nobody asks for what was just deleted.
        async Task Delete(Random random)
        {
            string id = ids[(ids.Length / 2) + random.Next(ids.Length / 2)];
            using HttpResponseMessage gone = await client.DeleteAsync(new Uri($"images/{id}", UriKind.Relative));
            await Expect(gone, HttpStatusCode.NoContent);
            using HttpResponseMessage back = await client.PostAsync(new Uri($"images/{id}/restore", UriKind.Relative), null);
            await Expect(back, HttpStatusCode.OK);
            Interlocked.Increment(ref deletes);
        }
    }

    private static async Task Expect(HttpResponseMessage answer, params HttpStatusCode[] wanted)
    {
        if (!wanted.Contains(answer.StatusCode))
            throw new InvalidOperationException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}

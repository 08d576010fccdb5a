using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pictor.Bench.Serve;

namespace Pictor.Bench.Finding;

/// <summary>One kind of question: milliseconds over REST, one client.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="Questions">How often.</param>
/// <param name="P50">Median.</param>
/// <param name="P95">Of twenty questions one takes longer.</param>
/// <param name="Worst">The longest.</param>
/// <param name="Processor">Milliseconds of processor time that the server took for one question: what stays the same on a busy machine.</param>
/// <param name="MeanTotal">Pictures found.</param>
internal sealed record FindingRow(string Kind, int Questions, double P50, double P95, double Worst, double Processor, double MeanTotal);

/// <summary>Groups of the whole library.</summary>
/// <param name="By">event or look.</param>
/// <param name="Groups">How many there are.</param>
/// <param name="First">Milliseconds when they are asked for the first time.</param>
/// <param name="Again">Milliseconds when nothing has changed since; median of five.</param>
internal sealed record GroupsRow(string By, int Groups, double First, double Again);

/// <summary>What happened under mixed load.</summary>
internal sealed record MixedLoad(double Minutes, long Reads, long Writes, long Deletes, long Errors, double P95, string? FirstError);

/// <summary>What was measured, and on what; the first query is the median of five starts.</summary>
internal sealed record FindingReport(
    string Processor, double? IdleShare, int Pictures, double FirstQuery, IReadOnlyList<FindingRow> Rows, IReadOnlyList<GroupsRow> Groups, double IdleMegabytes, double LoadedMegabytes, MixedLoad? Mixed);

/// <summary>
/// finding [--pictures 100000] [--questions 200] [--minutes 10] [--package FILE] [--folder DIR]: makes a synthetic library, serves it from a process of its own and asks over REST, first one
/// client alone, then readers, writers and deletes at once. --minutes 0 leaves the mixed load out; --folder keeps the library for the next time.
/// </summary>
internal static class FindingBench
{
    private const int Starts = 5;

    private static readonly string[] s_concepts = ["animal", "dog", "bird", "动物", "狗", "food", "vehicle", "车", "insect", "furniture"];

    public static async Task<FindingReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("pictures", "questions", "minutes", "package", "folder");
        int pictures = flags.Number("pictures", 100_000), questions = flags.Number("questions", 200), minutes = flags.Number("minutes", 10, 0);
        string package = flags.Text("package", Path.Combine("models", "starter", "starter.pictor"));
        if (!File.Exists(package))
            throw new InputException("--package", $"there is no file {package}", "Name a package: --package models/starter/starter.pictor.");
        bool keep = flags.Text("folder", "").Length > 0;
        string folder = keep ? Path.GetFullPath(flags.Text("folder", "")) : Directory.CreateTempSubdirectory("pictor-finding-").FullName, library = Path.Combine(folder, "library"), list = Path.Combine(folder, "ids.json");
        // What a kept library was read by is kept beside it: with another package most questions would have no answer.
        string mine = Path.Combine(folder, "package.pictor");
        if (File.Exists(list) && File.Exists(mine) && !File.ReadAllBytes(mine).AsSpan().SequenceEqual(File.ReadAllBytes(package)))
            throw new InputException(folder, $"this library was made with another package than {package}", $"Say --package {mine}, or name another folder.");
        try
        {
            if (!File.Exists(list))
            {
                var made = Stopwatch.StartNew();
                Directory.CreateDirectory(folder);
                File.Copy(package, mine, overwrite: true);
                File.WriteAllText(list, JsonSerializer.Serialize(await SyntheticLibrary.MakeAsync(library, package, pictures, 1)));
                output.WriteLine($"made {pictures:N0} pictures in {made.Elapsed.TotalSeconds:0} s");

                // The first start reads the words of what was written behind its back.
                using ServerProcess once = await ServerProcess.StartAsync(library, package);
                using var visitor = new HttpClient { BaseAddress = new Uri(once.Url + "/api/v1/"), Timeout = TimeSpan.FromMinutes(10) };
                await AskAsync(visitor, new { text = "beach" });
                await ReadyAsync(visitor);
            }

            string[] ids = JsonSerializer.Deserialize<string[]>(File.ReadAllText(list))!;
            double? idle = Machine.IdleShare();
            var firsts = new List<double>();
            for (int i = 0; i < Starts; i++)
            {
                using ServerProcess passing = await ServerProcess.StartAsync(library, package);
                using var visitor = new HttpClient { BaseAddress = new Uri(passing.Url + "/api/v1/") };
                double time = await FirstAsync(visitor);
                if (i > 0) // in the first round this program's own code is being compiled
                    firsts.Add(time);
            }

            using ServerProcess server = await ServerProcess.StartAsync(library, package);
            using var client = new HttpClient { BaseAddress = new Uri(server.Url + "/api/v1/"), Timeout = TimeSpan.FromMinutes(1) };
            firsts.Add(await FirstAsync(client));
            double first = firsts.Order().ElementAt(firsts.Count / 2);
            TimeSpan started = server.ProcessorTime();
            await ReadyAsync(client);
            await Task.Delay(TimeSpan.FromSeconds(20));
            double resting = server.ResidentMegabytes();
            output.WriteLine($"first query after a start {first:0} ms ({string.Join(", ", firsts.Select(f => f.ToString("0", CultureInfo.InvariantCulture)))}); processor time of the server until then {started.TotalMilliseconds:0} ms; resident {resting:0} MB idle");
            var random = new Random(7);
            var rows = new List<FindingRow>();
            foreach ((string kind, Func<Task<int>> ask) in Kinds(client, ids, random))
            {
                for (int i = 0; i < 10; i++)
                    await ask();
                double[] times = new double[questions];
                long total = 0;
                TimeSpan before = server.ProcessorTime();
                for (int i = 0; i < questions; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    total += await ask();
                    times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }

                double processor = (server.ProcessorTime() - before).TotalMilliseconds / questions;
                Array.Sort(times);
                rows.Add(new FindingRow(kind, questions, times[questions / 2], times[(int)(questions * 0.95)], times[^1], processor, (double)total / questions));
                output.WriteLine($"{kind,-10} p50 {times[questions / 2],7:0.0} ms  p95 {times[(int)(questions * 0.95)],7:0.0} ms  worst {times[^1],7:0.0} ms  processor {processor,6:0.0} ms  {(double)total / questions,9:0} found");
            }

            var groups = new List<GroupsRow>();
            foreach (string by in (string[])["event", "look"])
            {
                double[] times = new double[6];
                int count = 0;
                for (int i = 0; i < times.Length; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    using HttpResponseMessage answer = await client.GetAsync(new Uri($"groups?by={by}", UriKind.Relative));
                    count = await TotalAsync(answer);
                    times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }

                groups.Add(new GroupsRow(by, count, times[0], times[1..].Order().ElementAt(2)));
                output.WriteLine($"groups by {by,-5} {count,7:N0} groups, first {times[0],7:0} ms, again {groups[^1].Again:0.0} ms");
            }

            MixedLoad? mixed = minutes == 0 ? null : await Mixed.RunAsync(client, ids, minutes, output);
            var report = new FindingReport(Machine.Processor, idle, pictures, first, rows, groups, resting, server.ResidentMegabytes(), mixed);
            output.WriteLine($"{report.Processor}; idle share {idle:P0}; resident {report.LoadedMegabytes:0} MB under load");
            return report;
        }
        finally
        {
            if (!keep)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> FirstAsync(HttpClient client)
    {
        long began = Stopwatch.GetTimestamp();
        await AskAsync(client, new { text = "dog beach" });
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static IEnumerable<(string Kind, Func<Task<int>> Ask)> Kinds(HttpClient client, string[] ids, Random random)
    {
        string Id() => ids[random.Next(ids.Length)];
        T Any<T>(T[] from) => from[random.Next(from.Length)];

        async Task<int> SimilarAsync()
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri($"images/{Id()}/similar?limit=20", UriKind.Relative));
            return await TotalAsync(answer);
        }

        yield return ("keyword", () => AskAsync(client, new { text = random.Next(3) switch { 0 => Any(SyntheticLibrary.Subjects), 1 => Any(SyntheticLibrary.Verbs), _ => $"IMG_{random.Next(ids.Length):D6}" } }));
        yield return ("concept", () => AskAsync(client, new { text = Any(s_concepts) }));
        yield return ("similar", SimilarAsync);
        yield return ("filter", () => AskAsync(client, new { filter = Any(["rating:>=4 date:2015..2018", "camera:canon colour:red", "folder:beach favourite:yes", "size:>2mp format:png"]), sort = Any(["newest", "rating", "size"]) }));
        yield return ("mixed", () => AskAsync(client, new { text = $"{Any(s_concepts)} -{Any(SyntheticLibrary.Subjects)}", imageId = Id(), filter = Any(["rating:>=2", "date:2014..", "colour:red|blue"]) }));
    }

    public static async Task<int> AskAsync(HttpClient client, object question)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(new Uri("search", UriKind.Relative), question);
        return await TotalAsync(answer);
    }

    private static async Task<int> TotalAsync(HttpResponseMessage answer)
    {
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("total").GetInt32();
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        for (int i = 0; i < 1200; i++)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.OK)
                return;
            await Task.Delay(100);
        }
    }
}

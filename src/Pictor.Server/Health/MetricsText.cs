using System.Globalization;
using System.Text;
using Pictor.Library;
using Pictor.Server.Annotate;
using Pictor.Server.Jobs;

namespace Pictor.Server.Health;

/// <summary>The counters in Prometheus' text format 0.0.4.</summary>
internal sealed class MetricsText(RequestCounts counts, PictureLibrary library, InferencePool pool, JobQueue jobs)
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public string Write()
    {
        var text = new StringBuilder();
        Requests(text);
        LibrarySummary summary = library.Summarize();
        Gauge(text, "pictor_pictures", "Pictures in the library.", summary.Pictures);
        Gauge(text, "pictor_pictures_missing", "Pictures whose files are gone.", summary.Missing);
        Gauge(text, "pictor_files_skipped", "Files that could not be taken in.", summary.Skipped);
        Gauge(text, "pictor_inference_running", "Pictures being annotated.", pool.Running);
        Gauge(text, "pictor_inference_waiting", "Pictures waiting to be annotated.", pool.Waiting);
        Gauge(text, "pictor_jobs_open", "Jobs queued or running.", jobs.List().Count(job => !job.IsOver));
        Gauge(text, "process_resident_memory_bytes", "Resident memory.", Environment.WorkingSet);
        Gauge(text, "dotnet_heap_bytes", "Managed heap.", GC.GetTotalMemory(forceFullCollection: false));
        return text.ToString();
    }

    private void Requests(StringBuilder text)
    {
        Head(text, "pictor_requests_total", "Requests by route and status.", "counter");
        foreach ((string method, string route, int status, long count) in counts.Requests)
            text.Append(CultureInfo.InvariantCulture, $"pictor_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}\n");

        Head(text, "pictor_request_seconds", "How long requests took.", "histogram");
        foreach ((string method, string route, RequestCounts.Latency latency) in counts.Latencies)
        {
            string labels = $"method=\"{method}\",route=\"{route}\"";
            long[] cumulative = latency.Cumulative();
            for (int i = 0; i < RequestCounts.Buckets.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"pictor_request_seconds_bucket{{{labels},le=\"{RequestCounts.Buckets[i]}\"}} {cumulative[i]}\n");
            text.Append(CultureInfo.InvariantCulture, $"pictor_request_seconds_bucket{{{labels},le=\"+Inf\"}} {cumulative[^1]}\n");
            text.Append(CultureInfo.InvariantCulture, $"pictor_request_seconds_sum{{{labels}}} {latency.Seconds}\n");
            text.Append(CultureInfo.InvariantCulture, $"pictor_request_seconds_count{{{labels}}} {cumulative[^1]}\n");
        }
    }

    private static void Gauge(StringBuilder text, string name, string help, double value)
    {
        Head(text, name, help, "gauge");
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Head(StringBuilder text, string name, string help, string type) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
}

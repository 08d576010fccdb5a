using System.Diagnostics;
using System.Globalization;

namespace Pictor.Imaging.Tests.Hostile;

/// <summary>What the child process said about one file.</summary>
/// <param name="Outcome">"ok", a code of PictureException, "crash" or "contradiction".</param>
/// <param name="Detail">Size, or the message.</param>
/// <param name="PeakMebibytes">Peak resident memory of the process so far.</param>
internal sealed record CorpusLine(string Outcome, string Detail, long PeakMebibytes);

/// <summary>Runs CorpusChild in a process of its own; a hang is ended after five minutes, a crash shows as a report that stops short.</summary>
internal static class CorpusProcess
{
    internal static async Task<Dictionary<string, CorpusLine>> RunAsync(string folder, CancellationToken cancellation)
    {
        string report = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (string argument in (string[])[typeof(CorpusChild).Assembly.Location, "-class", typeof(CorpusChild).FullName!, "-noColor"])
                start.ArgumentList.Add(argument);
            start.Environment[CorpusChild.Folder] = folder;
            start.Environment[CorpusChild.Report] = report;
            using Process child = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(TimeSpan.FromMinutes(5));
            string output;
            try
            {
                Task<string> errors = child.StandardError.ReadToEndAsync(limit.Token);
                output = await child.StandardOutput.ReadToEndAsync(limit.Token) + await errors;
                await child.WaitForExitAsync(limit.Token);
            }
            finally
            {
                if (!child.HasExited)
                    child.Kill(entireProcessTree: true);
            }

            string[] lines = await File.ReadAllLinesAsync(report, cancellation);
            Assert.True(child.ExitCode == 0, $"The child ended with code {child.ExitCode} at '{lines.LastOrDefault()}'. {output}");
            return lines.Select(line => line.Split('\t')).ToDictionary(
                cells => cells[0], cells => new CorpusLine(cells[1], cells[2], long.Parse(cells[4], CultureInfo.InvariantCulture)), StringComparer.Ordinal);
        }
        finally
        {
            File.Delete(report);
        }
    }
}

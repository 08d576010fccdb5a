using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pictor.Imaging;

/// <summary>How a child process ended.</summary>
/// <param name="ExitCode">Its exit code; not 0 when it was killed.</param>
/// <param name="TimedOut">It was killed for taking too long.</param>
/// <param name="Complaint">The beginning of what it wrote on its error output, on one line.</param>
internal readonly record struct ChildOutcome(int ExitCode, bool TimedOut, string Complaint);

/// <summary>Runs a program within a time, and on Unix within processor time and address space too (by the shell's ulimit, which the child inherits).</summary>
internal static class LimitedChild
{
    private const int LongestComplaint = 300;
    private const string Limits = "ulimit -t \"$1\" 2>/dev/null; ulimit -v \"$2\" 2>/dev/null; ulimit -c 0 2>/dev/null; shift 2; exec \"$@\"";

    internal static ChildOutcome Run(string program, IReadOnlyList<string> arguments, string folder, TimeSpan time, long addressSpace)
    {
        bool limited = !OperatingSystem.IsWindows() && File.Exists("/bin/sh");
        var start = new ProcessStartInfo(limited ? "/bin/sh" : program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        string seconds = Math.Ceiling(4 * time.TotalSeconds).ToString(CultureInfo.InvariantCulture), kibibytes = (addressSpace >> 10).ToString(CultureInfo.InvariantCulture);
        string[] limits = limited ? ["-c", Limits, "sh", seconds, kibibytes, program] : [];
        foreach (string argument in limits.Concat(arguments))
            start.ArgumentList.Add(argument);

        var complaint = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => Note(complaint, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool inTime = process.WaitForExit(time);
        if (!inTime)
            process.Kill(entireProcessTree: true);

        // Until the pipes are read to their end; after a kill that is at once.
        process.WaitForExit();
        lock (complaint)
            return new ChildOutcome(process.ExitCode, !inTime, complaint.ToString());
    }

    private static void Note(StringBuilder complaint, string? line)
    {
        lock (complaint)
        {
            string clean = string.Concat((line ?? "").Where(c => !char.IsControl(c))).Trim();
            if (clean.Length == 0 || complaint.Length >= LongestComplaint)
                return;
            complaint.Append(complaint.Length > 0 ? " " : "").Append(clean, 0, Math.Min(clean.Length, LongestComplaint - complaint.Length));
        }
    }
}

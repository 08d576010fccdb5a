using System.CommandLine;
using System.Text.Json;

namespace Pictor.Cli.Terminal;

/// <summary>Where a command writes: its result on stdout, everything else on stderr.</summary>
internal sealed class CommandOutput(TextWriter output, TextWriter error, bool json, bool quiet, bool verbose)
{
    public bool Json => json;

    public bool Quiet => quiet;

    public bool Verbose => verbose;

    public TextWriter Error => error;

    public static CommandOutput For(ParseResult parsed) => new(
        parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error,
        parsed.GetValue(GlobalOptions.Json), parsed.GetValue(GlobalOptions.Quiet), parsed.GetValue(GlobalOptions.Verbose));

    /// <summary>The result: as JSON when that was asked for, else as text.</summary>
    public void Result<T>(T value, Func<string> text)
    {
        output.WriteLine(json ? JsonSerializer.Serialize(value, PictorJson.Indented) : text().TrimEnd());
        output.Flush();
    }

    /// <summary>A result that already is JSON.</summary>
    public void RawResult(string document, Func<string> text)
    {
        output.WriteLine(json ? document.TrimEnd() : text().TrimEnd());
        output.Flush();
    }

    /// <summary>One JSON document on one line, for results that other programs wait for.</summary>
    public void JsonLine<T>(T value)
    {
        output.WriteLine(JsonSerializer.Serialize(value, PictorJson.Compact));
        output.Flush();
    }

    /// <summary>A remark for people.</summary>
    public void Say(string text)
    {
        if (quiet) return;
        error.WriteLine(text);
        error.Flush();
    }

    /// <summary>Always shown.</summary>
    public void Complain(string text)
    {
        error.WriteLine(text);
        error.Flush();
    }

    /// <summary>Lists what was left out; the exit code that belongs to it.</summary>
    public int Skips(IReadOnlyCollection<SkippedFile> skipped)
    {
        const int Shown = 20;
        if (skipped.Count == 0) return ExitCode.Done;
        Complain($"{skipped.Count} skipped:");
        foreach (SkippedFile file in skipped.Take(verbose ? int.MaxValue : Shown))
            Complain(file.Reason.Contains(file.File, StringComparison.Ordinal) ? $"  {file.Reason}" : $"  {file.File}: {file.Reason}");
        if (!verbose && skipped.Count > Shown)
            Complain($"  ... and {skipped.Count - Shown} more; -v or --json lists them all.");
        return ExitCode.DoneWithSkips;
    }

    /// <summary>A progress display; silent under --quiet.</summary>
    public ProgressDisplay Progress() => new(error, quiet);
}

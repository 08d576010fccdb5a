using System.CommandLine;

namespace Pictor.Cli.Library;

/// <summary><c>--exclude GLOB...</c>: kept with the folders; an empty word takes away what is kept.</summary>
internal sealed class ExcludeOption : Option<string[]>
{
    public ExcludeOption()
        : base("--exclude")
    {
        Description = "What to pass over: names (*.psd, Screenshots/) or paths from the folder (raw/**/tmp). Kept with the folder; \"\" takes away what is kept.";
        HelpName = "GLOB";
        AllowMultipleArgumentsPerToken = true;
    }

    /// <summary>Null when it was not given.</summary>
    /// <exception cref="InputException">A folder was swallowed: the option takes all words that follow it.</exception>
    public IReadOnlyList<string>? Of(ParseResult parsed)
    {
        if (parsed.GetResult(this) is null) return null;
        string[] patterns = [.. (parsed.GetValue(this) ?? []).Where(p => p.Trim().Length > 0)];
        if (Array.Find(patterns, p => Path.IsPathRooted(p) && Directory.Exists(p)) is { } folder)
            throw new InputException($"--exclude {folder}", "this is a folder, and --exclude takes all words that follow it as patterns", "Name the folders before --exclude.");
        return patterns;
    }
}

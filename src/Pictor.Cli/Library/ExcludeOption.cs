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
    public IReadOnlyList<string>? Of(ParseResult parsed) => parsed.GetResult(this) is null ? null : [.. (parsed.GetValue(this) ?? []).Where(p => p.Trim().Length > 0)];
}

using System.CommandLine;

namespace Pictor.Cli.Terminal;

/// <summary>What every command understands.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON.", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no remarks; errors and results only.", Recursive = true };

    public static Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Say more, also where an unexpected error came from.", Recursive = true };

    public static void AddTo(Command root)
    {
        root.Add(Json);
        root.Add(Quiet);
        root.Add(Verbose);
    }
}

namespace Pictor.Cli.Terminal;

/// <summary>What the program's end tells a script.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>Done, but some inputs were skipped; each was listed with its reason.</summary>
    public const int DoneWithSkips = 3;

    public const int Cancelled = 130;
}

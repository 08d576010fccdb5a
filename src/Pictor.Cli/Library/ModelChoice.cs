using System.CommandLine;
using Pictor.Cli.Terminal;
using Pictor.Models.Packages;

namespace Pictor.Cli.Library;

/// <summary>
/// Which package a command takes: the one that is named (a file, or one that comes with Pictor by its name), else the one that the library uses,
/// else the starter that comes with Pictor. <c>--model none</c> wants none at all.
/// </summary>
internal sealed class ModelChoice
{
    private const string Starter = "starter";
    private const string NoModel = "none";

    private ModelChoice(string? named, string? first) => (Named, First) = (named, first);

    /// <summary>File of the package that was asked for, or null.</summary>
    public string? Named { get; }

    /// <summary>File of the package for a library that uses none yet, or null.</summary>
    public string? First { get; }

    public static Option<string> Option(string description) => new("--model", "-m") { Description = $"{description} A file, {Starter}, or {NoModel}.", HelpName = "PACKAGE" };

    /// <param name="said">The option's value.</param>
    public static ModelChoice Of(string? said)
    {
        string? named = Settings.Of("model", said);
        if (string.Equals(named, NoModel, StringComparison.Ordinal))
            return new ModelChoice(null, null);
        return named is null ? new ModelChoice(null, ShippedPackages.Find(Starter)) : new ModelChoice(ShippedPackages.PathOf(named), null);
    }
}

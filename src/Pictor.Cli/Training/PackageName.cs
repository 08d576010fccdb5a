using System.Globalization;

namespace Pictor.Cli.Training;

/// <summary>A name that a package may carry, made from any text: letters, digits, hyphen, underscore, dot.</summary>
internal static class PackageName
{
    public static string From(string text)
    {
        string name = new([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);
        name = name.Trim('-', '.', '_');
        return name.Length == 0 ? "model" : name[..Math.Min(name.Length, 60)];
    }

    /// <summary>The time of the run: a network trained again is a new version, so it can be deployed beside the old one and rolled back.</summary>
    public static string VersionOf(DateTimeOffset time) => time.ToString("yyyy.MM.dd-HHmmss", CultureInfo.InvariantCulture);
}

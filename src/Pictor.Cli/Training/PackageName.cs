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
}

namespace Pictor.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Status">ok, missing (works without it) or failed.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do, when something is to be done.</param>
internal sealed record Finding(string Name, string Status, string Found, string? Remedy = null)
{
    public static Finding Ok(string name, string found) => new(name, "ok", found);

    public static Finding Missing(string name, string found, string remedy) => new(name, "missing", found, remedy);

    public static Finding Failed(string name, string found, string remedy) => new(name, "failed", found, remedy);
}

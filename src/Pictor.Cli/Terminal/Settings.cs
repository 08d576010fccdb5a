using System.Text.Json;

namespace Pictor.Cli.Terminal;

/// <summary>
/// A value by flag, else by the variable PICTOR_NAME, else from the settings file, else the default; by the same name everywhere.
/// The file is <c>pictor/settings.json</c> in the user's configuration folder (XDG_CONFIG_HOME), or where PICTOR_SETTINGS points.
/// </summary>
internal static class Settings
{
    /// <summary>The names a settings file may hold.</summary>
    public static IReadOnlyList<string> Names { get; } = ["library", "url", "model", "key", "user"];

    public static string File => Environment.GetEnvironmentVariable("PICTOR_SETTINGS") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pictor", "settings.json");

    public static string? Of(string name, string? flag)
    {
        if (!string.IsNullOrEmpty(flag)) return flag;
        if (Environment.GetEnvironmentVariable($"PICTOR_{name.ToUpperInvariant()}") is { Length: > 0 } variable) return variable;
        return FromFile(name);
    }

    private static string? FromFile(string name)
    {
        if (!System.IO.File.Exists(File)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (Names.Contains(property.Name, StringComparer.Ordinal)) continue;
                string near = NearestWord.Of(property.Name, Names) is { } word ? $"Did you mean '{word}'?" : $"It may hold: {string.Join(", ", Names)}.";
                throw new InputException(File, $"'{property.Name}' is not a setting", near);
            }

            return document.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new InputException(File, $"the settings file is not a JSON object of texts ({fault.Message})", "Mend it, or remove it to use the defaults.", fault);
        }
    }
}

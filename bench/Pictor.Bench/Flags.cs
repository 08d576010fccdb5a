using System.Globalization;

namespace Pictor.Bench;

/// <summary>Flags as pairs: --name value.</summary>
internal sealed class Flags
{
    private readonly Dictionary<string, string> values = [];

    public static Flags Parse(IEnumerable<string> words)
    {
        var flags = new Flags();
        string[] pairs = [.. words];
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (!pairs[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == pairs.Length)
                throw new InputException(pairs[i], "flags come in pairs, and this is none", "Write it as --name value.");
            flags.values[pairs[i][2..]] = pairs[i + 1];
        }

        return flags;
    }

    public string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);

    public int Number(string name, int otherwise, int least = 1)
    {
        if (!values.TryGetValue(name, out string? text)) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least) return number;
        throw new InputException($"--{name}", $"'{text}' is not a whole number of at least {least}", "Give such a number.");
    }

    /// <summary>Refuses flags that the measurement does not know.</summary>
    public void Allow(params string[] names)
    {
        foreach (string name in values.Keys)
        {
            if (names.Contains(name) || name == "json") continue;
            string? near = NearestWord.Of(name, names);
            throw new InputException($"--{name}", "this measurement has no such flag", near is null ? $"It knows --{string.Join(", --", names)}." : $"Did you mean --{near}?");
        }
    }
}

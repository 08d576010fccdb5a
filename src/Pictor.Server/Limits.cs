using System.Globalization;

namespace Pictor.Server;

/// <summary>Numbers of a request: absent ones get their default, too small ones are an error, too large ones are cut (the cursor leads on).</summary>
internal static class Limits
{
    /// <summary>Ids that one question may name: an address of more than 8 KB is refused before it comes here.</summary>
    public const int MostIds = 400;

    public static int Page(int? limit, int usual = 100) => Within("limit", limit, usual, 1, 1000);

    public static int Within(string name, int? value, int usual, int least, int most)
    {
        if (value < least)
        {
            throw new InputException(name, string.Create(CultureInfo.InvariantCulture, $"cannot be {value}; {least} to {most} is allowed"), $"Correct '{name}' or leave it out.")
            { Code = "parameter.invalid" };
        }

        return Math.Min(value ?? usual, most);
    }
}

using System.Globalization;

namespace Pictor.Models.Networks;

/// <summary>What a network's name asks for: a line of the catalogue and, behind a family's name, its parameters.</summary>
internal sealed record NetworkName(NetworkRow Row, int? Width = null, int? Depth = null)
{
    /// <exception cref="InputException">Unknown name (suggests the nearest), or parameters that the family does not have.</exception>
    public static NetworkName Parse(string name)
    {
        if (Find(name) is { } exact)
            return new NetworkName(exact);
        int hyphen = name.LastIndexOf('-');
        return hyphen >= 0 && Find(name[..hyphen]) is { Widths: not null } family ? Parameters(name, family, name[(hyphen + 1)..]) : throw Unknown(name);
    }

    private static NetworkRow? Find(string name) => Array.Find(NetworkRow.All, row => row.Entry.Name == name);

    private static NetworkName Parameters(string name, NetworkRow family, string text)
    {
        string[] parts = family.Depths is null ? [text] : text.Split('x');
        int? width = Within(parts[0], family.Widths!.Value), depth = parts.Length == 2 ? Within(parts[1], family.Depths!.Value) : null;
        if (width is not null && (parts.Length == 1 || depth is not null))
            return new NetworkName(family, width, depth);

        (int low, int high) = family.Widths.Value;
        throw family.Depths is not var (least, most)
            ? NetworkCatalog.Fault("network.width", name, $"'{text}' is no width of {family.Entry.Name}", $"Give a whole number from {low} to {high}, such as {family.Entry.Name}-32.")
            : NetworkCatalog.Fault("network.width", name, $"'{text}' is no width, or width and depth, of {family.Entry.Name}",
                $"Give a width from {low} to {high} and, if you want, after an x a depth from {least} to {most}, such as {family.Entry.Name}-32 or {family.Entry.Name}-32x2.");
    }

    private static int? Within(string text, (int Low, int High) range) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= range.Low && value <= range.High ? value : null;

    private static InputException Unknown(string name)
    {
        string[] names = Array.ConvertAll(NetworkRow.All, row => row.Entry.Name);
        string guess = (NearestWord.Of(name, names) ?? NearestWord.Of(name.Split('-')[0], names)) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return NetworkCatalog.Fault("network.unknown", name, $"there is no network of this name.{guess}", $"Known are {string.Join(", ", names)}.");
    }
}

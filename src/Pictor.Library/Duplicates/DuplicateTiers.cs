namespace Pictor.Library.Duplicates;

/// <summary>The tiers by the names that the command line and REST use.</summary>
public static class DuplicateTiers
{
    /// <summary>same-bytes, same-pixels, copy, look-alike.</summary>
    public static string NameOf(DuplicateTier tier) => tier switch
    {
        DuplicateTier.SameBytes => "same-bytes",
        DuplicateTier.SamePixels => "same-pixels",
        DuplicateTier.Copy => "copy",
        _ => "look-alike",
    };

    /// <summary>The tier of a name; null for none.</summary>
    /// <exception cref="InputException">There is no such tier.</exception>
    public static DuplicateTier? Parse(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        foreach (DuplicateTier tier in Enum.GetValues<DuplicateTier>())
        {
            if (NameOf(tier) == name || ((int)tier).ToString(System.Globalization.CultureInfo.InvariantCulture) == name)
                return tier;
        }

        string[] names = [.. Enum.GetValues<DuplicateTier>().Select(NameOf)];
        string? near = NearestWord.Of(name, names);
        throw new InputException("tier", $"there is no tier '{name}'", (near is null ? "" : $"Did you mean '{near}'? ") + $"Tiers are {string.Join(", ", names)}.") { Code = "duplicates.tier" };
    }
}

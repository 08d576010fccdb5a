namespace Pictor.Datasets;

/// <summary>The order of class ids: by number where both are numbers, numbers first, the rest by code point.</summary>
internal static class LabelIds
{
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create((a, b) =>
    {
        bool isA = IsNumber(a), isB = IsNumber(b);
        if (isA && isB)
        {
            int order = System.Numerics.BigInteger.Parse(a, System.Globalization.CultureInfo.InvariantCulture)
                .CompareTo(System.Numerics.BigInteger.Parse(b, System.Globalization.CultureInfo.InvariantCulture));
            return order != 0 ? order : string.CompareOrdinal(a, b);
        }

        return isA != isB ? (isA ? -1 : 1) : string.CompareOrdinal(a, b);
    });

    private static bool IsNumber(string id) => id.Length > 0 && id.All(char.IsAsciiDigit);
}

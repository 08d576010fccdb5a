namespace Pictor.Imaging;

/// <summary>Identity by content.</summary>
public static class ContentHash
{
    /// <summary>The picture id: the first 16 hex digits of the file's SHA-256, lower case.</summary>
    public static string IdOf(ReadOnlySpan<byte> file) => Sha256Of(file)[..16];

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Sha256Of(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}

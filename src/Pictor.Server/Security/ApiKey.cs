using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pictor.Server.Security;

/// <summary>
/// The key that clients show, and the cookie that the page gets for it. Only hashes are compared, in constant time. The cookie is the time it
/// ends and a MAC of that under the key: the server keeps no sessions, and another key ends them all.
/// </summary>
internal sealed class ApiKey(string key)
{
    public static readonly TimeSpan CookieLife = TimeSpan.FromDays(30);

    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public bool Matches(string? shown) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), _hash);

    public string CookieAt(DateTimeOffset now)
    {
        string ends = (now + CookieLife).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{ends}.{MacOf(ends)}";
    }

    public bool MatchesCookie(string? cookie, DateTimeOffset now)
    {
        if (cookie?.Split('.') is not [string ends, string mac] || !long.TryParse(ends, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
            return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(MacOf(ends)))
            && now.ToUnixTimeSeconds() < seconds;
    }

    private string MacOf(string ends) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_hash, Encoding.UTF8.GetBytes($"pictor session until {ends}")));
}

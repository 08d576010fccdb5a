using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pictor.Server.Pages;

/// <summary>Style and scripts of the page. They are part of the assembly, so that they are there wherever the program is.</summary>
internal static class PageAssets
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, (byte[] Bytes, EntityTagHeaderValue Tag)> s_files = Load();

    // Scripts name each other by relative addresses, so one folder for all of them, called by their content, makes every one of them cacheable for good.
    private static readonly string s_version = Convert.ToHexStringLower(SHA256.HashData(
        [.. s_files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => System.Text.Encoding.ASCII.GetBytes(file.Value.Tag.Tag.ToString()))]))[..12];

    /// <summary>Where a page finds a file of this very version of the program.</summary>
    public static string Address(string name) => $"/assets/{s_version}/{name}";

    /// <summary>All scripts: named at once, they need not be found one through the other.</summary>
    public static IEnumerable<string> Scripts => s_files.Keys.Where(name => name.EndsWith(".js", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Address);

    public static IResult Send(HttpContext context, string name, string? version = null)
    {
        if (!s_files.TryGetValue(name, out (byte[] Bytes, EntityTagHeaderValue Tag) file))
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        // Under another version's address the newest is sent, asked again each time: a new version of the program never meets an old script.
        context.Response.Headers.CacheControl = version == s_version ? "private, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(file.Bytes, TypeOf(name), entityTag: file.Tag);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static FrozenDictionary<string, (byte[] Bytes, EntityTagHeaderValue Tag)> Load()
    {
        Assembly assembly = typeof(PageAssets).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                using Stream stream = assembly.GetManifestResourceStream(name)!;
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return (bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
            },
            StringComparer.Ordinal);
    }
}

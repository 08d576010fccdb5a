using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pictor.Server.Pages;

/// <summary>Style and scripts of the page. They are part of the assembly, so that they are there wherever the program is.</summary>
internal sealed class PageAssets
{
    private const string Prefix = "assets/";

    private readonly FrozenDictionary<string, (byte[] Bytes, EntityTagHeaderValue Tag)> _files = Load();

    public IResult Send(HttpContext context, string name)
    {
        if (!_files.TryGetValue(name, out (byte[] Bytes, EntityTagHeaderValue Tag) file))
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        // Asked again each time, answered with 304: a new version of the program never meets an old script.
        context.Response.Headers.CacheControl = "no-cache";
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

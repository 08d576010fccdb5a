using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Pictor.Server.Bodies;

namespace Pictor.Server.Models;

/// <summary>An uploaded package in a temporary file: packages may be far larger than what should lie in memory.</summary>
internal sealed class PackageUpload : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pictor-upload-").FullName;

    private PackageUpload() => Path = System.IO.Path.Combine(_folder, "upload.pictor");

    public string Path { get; private set; }

    public static async Task<PackageUpload> ReceiveAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        var upload = new PackageUpload();
        try
        {
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !request.HasFormContentType)
            {
                await upload.SaveAsync(request.Body, limit, cancellationToken);
                return upload;
            }

            MultipartReader reader = FileParts.ReaderOf(request, type);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (section.GetContentDispositionHeader() is { } disposition && HeaderUtilities.RemoveQuotes(disposition.Name) == "file")
                {
                    upload.TakeName(HeaderUtilities.RemoveQuotes(disposition.FileName).Value);
                    await upload.SaveAsync(section.Body, limit, cancellationToken);
                    return upload;
                }
            }

            throw new InputException("body", "holds no part 'file'", "Send the package as multipart part 'file': curl -F file=@model.pictor.") { Code = "body.no-file" };
        }
        catch
        {
            upload.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The name is kept for error messages only, and only where it is a plain one.
    private void TakeName(string? name)
    {
        if (name is { Length: > 0 and < 100 } && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '@') && name[0] != '.')
            Path = System.IO.Path.Combine(_folder, name);
    }

    private async Task SaveAsync(Stream from, long limit, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (file.Length + read > limit)
                throw BodyLimits.TooLarge("package", limit);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}

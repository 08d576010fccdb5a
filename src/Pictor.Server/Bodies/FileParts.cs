using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Pictor.Server.Bodies;

/// <summary>The files of a request one after the other, each in memory only while it is looked at: a raw body is one file, multipart/form-data any number.</summary>
internal sealed class FileParts(ServerOptions options, BodyBudget budget)
{
    private const int MaxParts = 100_000;

    /// <summary>Dispose each part before the next is asked for.</summary>
    public async IAsyncEnumerable<FilePart> ReadAsync(HttpRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            yield return await RawAsync(request, cancellationToken);
            yield break;
        }

        MultipartReader reader = ReaderOf(request, type);
        int parts = 0;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (++parts > MaxParts)
                throw new InputException("body", "the multipart body has too many parts", "Send them in several requests.") { Code = "body.broken" };
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
                throw new InputException("body", "a part of the multipart body has no Content-Disposition", "Send each file as form-data with a name and a filename.") { Code = "body.broken" };
            string field = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            PooledBytes? bytes = await PooledBytes.ReadAsync(section.Body, null, options.MaxBodyBytes, budget, cancellationToken);
            yield return new(field, NameOf(disposition), bytes, options.MaxBodyBytes);
        }
    }

    private async Task<FilePart> RawAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        PooledBytes bytes = await PooledBytes.ReadAsync(request.Body, request.ContentLength, options.MaxBodyBytes, budget, cancellationToken)
            ?? throw BodyLimits.TooLarge("body", options.MaxBodyBytes);
        string? name = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out ContentDispositionHeaderValue? disposition) && disposition is not null ? NameOf(disposition) : null;
        return new("", name ?? "", bytes, options.MaxBodyBytes);
    }

    public static MultipartReader ReaderOf(HttpRequest request, MediaTypeHeaderValue type)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 200)
            throw new InputException("Content-Type", "names no boundary for the multipart body", "Let the client library set the header: it knows the boundary.") { Code = "body.broken" };
        return new(boundary, request.Body);
    }

    // Browsers send bare names; a path from another client says nothing here and must not pretend to.
    private static string? NameOf(ContentDispositionHeaderValue disposition)
    {
        string? name = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
        return name is null ? null : name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }
}

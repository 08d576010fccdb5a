using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Pictor.Datasets;
using Pictor.Library;

namespace Pictor.Server.Corrections;

/// <summary>GET export: what people said, as a data set in a zip that is written while it is sent, so that neither memory nor a time limit bounds it.</summary>
internal static class ExportEndpoint
{
    public static void Map(RouteGroupBuilder api) => api
        .MapGet("export", ExportAsync)
        .WithTags("collections")
        .WithSummary("Corrections as a data set, zipped")
        .WithDescription("format: folder (default), csv, coco, voc or yolo. 'tags' keeps some, with commas between; all=true takes the word of models too; 'q' keeps the pictures that fit words.")
        .Produces<byte[]>(200, "application/zip");

    private static async Task<IResult> ExportAsync(HttpContext context, PictureLibrary library, string? format, string? tags, bool? all, string? q, CancellationToken cancellationToken)
    {
        DatasetFormat target = (format ?? "folder").ToUpperInvariant() switch
        {
            "FOLDER" => DatasetFormat.Folder,
            "CSV" => DatasetFormat.Csv,
            "COCO" => DatasetFormat.Coco,
            "VOC" => DatasetFormat.Voc,
            "YOLO" => DatasetFormat.Yolo,
            _ => throw new InputException("format", $"'{format}' is not written here", "Give folder, csv, coco, voc or yolo.") { Code = "parameter.invalid" },
        };
        var export = new LibraryExport
        {
            Tags = (tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            AllSources = all == true,
            Pictures = string.IsNullOrWhiteSpace(q) ? null : new PictureSelection { Query = new PictureQuery(q.Trim(), null) },
        };

        // The layout is made first, of links to the pictures: it takes no room, and whatever is wrong is an answer, not a broken download.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pictor-export-");
        try
        {
            using Dataset data = await library.ToDatasetAsync(export, cancellationToken);
            await DatasetConverter.ConvertAsync(data, Path.Combine(folder.FullName, "data"), target, new ConvertOptions { Link = !OperatingSystem.IsWindows() }, cancellationToken: cancellationToken);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }

        // ZipArchive writes the ends of its entries synchronously, whatever it is asked; a few bytes each.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } control)
            control.AllowSynchronousIO = true;
        return Results.Stream(body => SendAsync(folder, body, cancellationToken), "application/zip", $"pictor-{(format ?? "folder").ToLowerInvariant()}.zip");
    }

    private static async Task SendAsync(DirectoryInfo folder, Stream body, CancellationToken cancellationToken)
    {
        try
        {
            string root = Path.Combine(folder.FullName, "data");
            await using ZipArchive zip = await ZipArchive.CreateAsync(body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                // Pictures are compressed already.
                bool isText = Path.GetExtension(file).ToUpperInvariant() is ".CSV" or ".JSON" or ".XML" or ".TXT" or ".TSV" or ".YAML";
                ZipArchiveEntry entry = zip.CreateEntry(Path.GetRelativePath(root, file).Replace('\\', '/'), isText ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
                await using Stream to = await entry.OpenAsync(cancellationToken);
                await using FileStream from = File.OpenRead(file);
                await from.CopyToAsync(to, cancellationToken);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

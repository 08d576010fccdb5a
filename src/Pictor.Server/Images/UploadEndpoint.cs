using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pictor.Imaging;
using Pictor.Library;
using Pictor.Server.Bodies;
using Pictor.Server.Jobs;
using Pictor.Server.OpenApi;
using Pictor.Server.Problems;

namespace Pictor.Server.Images;

/// <summary>POST images: each file is taken in as soon as it has arrived; one that is refused does not stop the others.</summary>
internal static class UploadEndpoint
{
    // An upload of many files may be long in all, as only one at a time is in memory.
    private const int FilesAtLimit = 16;

    public static void Map(RouteGroupBuilder api, ServerOptions options) => api
        .MapPost("images", UploadAsync)
        .WithTags("images")
        .WithSummary("Add pictures to the library")
        .WithDescription("A multipart form with any number of parts 'files', or one picture as the raw body. Each file has its own outcome: added, known or rejected; 200 when at least one was taken in.")
        .AcceptsFiles("files")
        .Produces<UploadAnswer>()
        .LimitBody(options.MaxBodyBytes * FilesAtLimit)
        .Problems(413, 415, 422);

    private static async Task<IResult> UploadAsync(
        HttpRequest request, FileParts files, PictureLibrary library, IntakeGate gate, EventHub events, CancellationToken cancellationToken)
    {
        var items = new List<UploadOutcome>();
        string code = "picture.unknown-format";
        await foreach (FilePart part in files.ReadAsync(request, cancellationToken))
        {
            using FilePart file = part;
            if (file.Field.Length > 0 && file.Name is null)
                throw new InputException("body", $"the part '{file.Field}' is a value, not a file", "Send pictures as parts 'files' with a filename.") { Code = "body.unknown-field" };
            if (file is { Field: "", Bytes.Memory.IsEmpty: true })
                break;
            if (file.Bytes is null)
            {
                code = "body.too-large";
                items.Add(new(file.NameOrDefault, "rejected", null, BodyLimits.TooLarge(file.NameOrDefault, file.Limit).Message));
                continue;
            }

            UploadItem outcome;
            try
            {
                using (await gate.EnterAsync(cancellationToken))
                    outcome = await library.AddAsync(file.NameOrDefault, file.Content, cancellationToken);
            }
            catch (InputException e)
            {
                // The library's fault (a full disk, say): those taken in before are told all the same.
                code = e.Code;
                items.Add(new(file.NameOrDefault, "rejected", null, $"It could not be kept: {e.Problem}. {e.Remedy}"));
                continue;
            }

            items.Add(new(outcome.Name, outcome.Status, outcome.Id, outcome.Problem));
            if (outcome.Id is { } id && outcome.Problem is null)
                events.Publish("picture", new PictureChange(id, outcome.Status));
            else if (outcome.Problem?.Contains(HeifSupport.HowToInstall, StringComparison.Ordinal) == true)
                code = HeifSupport.MissingCode;
            else if (PictureReader.Sniff(file.Content.Span) != PictureFormat.Unknown)
                code = "picture.damaged";
        }

        if (items.Count == 0)
            throw new InputException("body", "holds no file", "Send pictures as multipart parts 'files'.") { Code = "body.no-file" };
        return items.Exists(item => item.Status != "rejected")
            ? TypedResults.Json(new UploadAnswer(items), PictorJson.Compact)
            : ProblemWriter.Result(Problem.Of(code, items.Count == 1 ? items[0].Problem ?? "The file was rejected" : "None of the files was taken in; 'items' tells why for each", "Send pictures: JPEG, PNG, WebP, GIF, BMP or TIFF.") with { Items = items });
    }
}

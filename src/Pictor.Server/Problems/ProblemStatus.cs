using Microsoft.AspNetCore.WebUtilities;

namespace Pictor.Server.Problems;

/// <summary>The one place where the code of an <see cref="InputException"/> becomes an HTTP status.</summary>
internal static class ProblemStatus
{
    public static int Of(string code) => code switch
    {
        "key.missing" or "key.wrong" => 401,
        "origin.foreign" or "index.not-allowed" => 403,
        "picture.unknown" or "annotation.unknown" or "model.unknown" or "job.unknown" or "change.unknown" or "tag.unknown" or "collection.unknown" or "group.unknown" or "route.unknown" or "folder.unknown" => 404,
        "method.not-allowed" => 405,
        "library.in-use" or "library.read-only" or "model.none" or "model.active" or "model.exists" or "model.no-previous" or "model.no-embedding" or "change.undone" or "change.too-old" or "collection.exists"
            or "job.not-pausable" or "job.not-paused" => 409,
        "picture.missing" => 410,
        "picture.too-large" or "body.too-large" => 413,
        "picture.unknown-format" or "picture.unsupported" or "picture.needs-libheif" or "body.type" => 415,
        "host.foreign" => 421,
        "picture.too-many-pixels" or "picture.damaged" or "picture.featureless" or "picture.not-readable" => 422,
        "rate.exceeded" or "server.busy" => 429,
        "library.locked" => 503,
        "library.disk-full" or "library.disk-failed" => 507,
        _ when code.StartsWith("package.", StringComparison.Ordinal) => 422,
        _ => 400,
    };

    public static string TitleOf(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";
}

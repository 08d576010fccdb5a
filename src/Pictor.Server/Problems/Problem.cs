using Pictor.Server.Images;

namespace Pictor.Server.Problems;

/// <summary>The body of every error (RFC 9457), with a stable word for programs and the way out for people.</summary>
/// <param name="Type">urn:pictor:problem:CODE.</param>
/// <param name="Title">The kind of problem in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request.</param>
/// <param name="Code">A stable word such as picture.unknown-format.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string Remedy)
{
    public const string MediaType = "application/problem+json";

    /// <summary>For an upload of which nothing was taken in: the outcome of each file.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UploadOutcome>? Items { get; init; }

    public static Problem Of(string code, string detail, string remedy) => Of(ProblemStatus.Of(code), code, detail, remedy);

    public static Problem Of(int status, string code, string detail, string remedy) =>
        new($"urn:pictor:problem:{code}", ProblemStatus.TitleOf(status), status, Sentence(detail), code, remedy);

    public static Problem Of(InputException e) => Of(e.Code, $"{e.Subject}: {e.Problem}", e.Remedy);

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('?') || text.EndsWith('!') ? text : text + ".";
}

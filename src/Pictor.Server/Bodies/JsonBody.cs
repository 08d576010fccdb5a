using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Pictor.Server.Bodies;

/// <summary>Reads a JSON body so strictly that nothing a client asked for is silently ignored: a wrong type or an unknown field is named in the error.</summary>
internal static partial class JsonBody
{
    private static readonly JsonSerializerOptions Strict = new(PictorJson.Compact)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 16,
    };

    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken) where T : class
    {
        if (!request.HasJsonContentType())
            throw new InputException("Content-Type", $"is '{request.ContentType}', but JSON is expected", "Send the body as application/json.") { Code = "body.type" };

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancellationToken) ?? throw NotAnObject();
        }
        catch (JsonException e)
        {
            throw Explain<T>(e);
        }
    }

    public static T Parse<T>(ReadOnlySpan<byte> json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Strict) ?? throw NotAnObject();
        }
        catch (JsonException e)
        {
            throw Explain<T>(e);
        }
    }

    private static InputException NotAnObject() => new("body", "is null, but a JSON object is expected", "Send an object.") { Code = "body.invalid" };

    private static InputException Explain<T>(JsonException e)
    {
        string[] known = [.. typeof(T).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];
        if (Unmapped().Match(e.Message) is { Success: true } match)
        {
            string name = match.Groups["name"].Value;
            string? near = NearestWord.Of(name, known);
            return new("body", $"the field '{name}' is not known here", (near is null ? "" : $"Did you mean '{near}'? ") + $"Known: {string.Join(", ", known)}.", e) { Code = "body.unknown-field" };
        }

        // A fault of the text itself, not of a field, comes from the reader below.
        if (e.InnerException is JsonException)
        {
            string where = FormattableString.Invariant($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return new("body", $"is not well-formed JSON ({where})", "Send JSON, with names and texts in double quotes.", e) { Code = "body.not-json" };
        }

        string path = e.Path is null or "$" ? "" : e.Path.StartsWith("$.", StringComparison.Ordinal) ? e.Path[2..] : e.Path;
        return path.Length == 0
            ? new("body", "is not the JSON object that is expected", $"Send an object with the fields {string.Join(", ", known)}.", e) { Code = "body.invalid" }
            : new("body", $"the field '{path}' does not have the type that is expected", "Correct it; /openapi/v1.json tells each field's type.", e) { Code = "body.invalid-field" };
    }

    [GeneratedRegex("JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unmapped();
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pictor.Datasets.Manifests;

/// <summary>The first line of a manifest.</summary>
internal sealed record ManifestHeader
{
    public const int Version = 1;

    [JsonPropertyOrder(-1)]
    public int PictorManifest { get; init; }

    public string? Base { get; init; }

    public DatasetTask Task { get; init; }

    public IReadOnlyList<ManifestLabel>? Labels { get; init; }

    public string? Fingerprint { get; init; }

    public int Samples { get; init; }

    public DateTimeOffset? Created { get; init; }

    public string? Note { get; init; }
}

/// <summary>A class.</summary>
internal sealed record ManifestLabel(string Id, string? Name, string? Chinese, IReadOnlyList<string>? Synonyms, IReadOnlyList<string>? Broader)
{
    public static ManifestLabel Of(Label label) => new(label.Id, label.Name, label.Chinese, label.Synonyms.Count > 0 ? label.Synonyms : null, label.Broader.Count > 0 ? label.Broader : null);

    public Label ToLabel() => new(Id, Name ?? Id, Chinese) { Synonyms = Synonyms ?? [], Broader = Broader ?? [] };
}

/// <summary>One line for one sample; what is absent is left out.</summary>
internal sealed record ManifestLine
{
    public string? File { get; init; }

    public string? Sha256 { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public double? Target { get; init; }

    public Split? Split { get; init; }

    public string? Group { get; init; }

    public IReadOnlyList<ManifestBox>? Boxes { get; init; }

    public IReadOnlyDictionary<string, string>? Columns { get; init; }
}

/// <summary>A rectangle: x, y, width, height as fractions of the upright picture.</summary>
internal sealed record ManifestBox(string? Label, IReadOnlyList<double>? Box);

/// <summary>How manifests are written.</summary>
internal static class ManifestJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pictor;

/// <summary>Who made an annotation: <c>person X</c>, <c>package NAME@VERSION</c>, <c>metadata</c> or <c>import</c>. People outrank imports, imports outrank models.</summary>
[JsonConverter(typeof(AsText))]
public readonly record struct AnnotationSource
{
    private readonly string? _text;

    private AnnotationSource(string text) => _text = text;

    /// <summary>Read from the file itself (EXIF, XMP, IPTC).</summary>
    public static AnnotationSource Metadata { get; } = new("metadata");

    /// <summary>Taken over from another catalogue.</summary>
    public static AnnotationSource Import { get; } = new("import");

    /// <summary>3 for a person, 2 for import and metadata, 1 for a model.</summary>
    public int Rank => ToString() switch
    {
        "metadata" or "import" => 2,
        var text when text.StartsWith("person ", StringComparison.Ordinal) => 3,
        _ => 1,
    };

    /// <summary>Said by a person.</summary>
    /// <param name="name">The key's name, else the user's.</param>
    public static AnnotationSource Person(string name) => new($"person {name}");

    /// <summary>Said by a model package.</summary>
    public static AnnotationSource Package(string name, string version) => new($"package {name}@{version}");

    /// <summary>The source that <see cref="ToString"/> wrote.</summary>
    public static AnnotationSource Parse(string text) => new(text);

    /// <summary>The text that is stored and shown.</summary>
    public override string ToString() => _text ?? "import";

    private sealed class AsText : JsonConverter<AnnotationSource>
    {
        public override AnnotationSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "import");

        public override void Write(Utf8JsonWriter writer, AnnotationSource value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

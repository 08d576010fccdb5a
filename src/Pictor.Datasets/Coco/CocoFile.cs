using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pictor.Datasets.Coco;

/// <summary>Of a COCO file what Pictor uses: pictures, rectangles and their classes. Outlines, captions and key points are passed over.</summary>
internal sealed record CocoFile(IReadOnlyList<CocoImage>? Images, IReadOnlyList<CocoAnnotation>? Annotations, IReadOnlyList<CocoCategory>? Categories)
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        AllowTrailingCommas = true,
    };

    /// <summary>True when the file has pictures, annotations and categories.</summary>
    [JsonIgnore]
    public bool IsInstances => Images is not null && Annotations is not null && Categories is not null;

    /// <exception cref="JsonException">It is no JSON, or of other types than COCO's.</exception>
    public static CocoFile? Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<CocoFile>(json.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json[3..] : json, s_options);
}

/// <summary>A picture.</summary>
internal sealed record CocoImage(long? Id, string? FileName, double? Width, double? Height);

/// <summary>A rectangle: x, y, width, height in pixels; absent for a class of the whole picture.</summary>
internal sealed record CocoAnnotation(long? Id, long? ImageId, long? CategoryId, IReadOnlyList<double>? Bbox);

/// <summary>A class.</summary>
internal sealed record CocoCategory(long? Id, string? Name, string? Supercategory);

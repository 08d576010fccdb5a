using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pictor.Datasets;

/// <summary>An augmentation inside a larger document: a preset's name or an object when read, always the whole object when written.</summary>
internal sealed class AugmentationConverter : JsonConverter<Augmentation>
{
    public override Augmentation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument value = JsonDocument.ParseValue(ref reader);
        var faults = new List<string>();
        Augmentation augmentation = AugmentationFile.Read(value.RootElement, "", faults, null);
        return faults.Count == 0 ? augmentation : throw new JsonException(string.Join("; ", faults));
    }

    public override void Write(Utf8JsonWriter writer, Augmentation value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (AugmentationField field in AugmentationFields.All)
        {
            writer.WritePropertyName(field.Name);
            JsonSerializer.Serialize(writer, field.Get(value), options);
        }

        writer.WriteEndObject();
    }
}

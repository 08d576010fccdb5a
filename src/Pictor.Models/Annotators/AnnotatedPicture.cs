using System.Text.Json.Serialization;

namespace Pictor.Models.Annotators;

/// <summary>The answer to "annotate this file", the same object on the command line and over REST.</summary>
/// <param name="File">Absolute path, or the name that was uploaded.</param>
/// <param name="Id">Picture id (first 16 hex digits of the file's SHA-256); null when it could not be read.</param>
/// <param name="Width">Upright width in pixels.</param>
/// <param name="Height">Upright height in pixels.</param>
/// <param name="Annotations">What the package states: the classes at or above its thresholds.</param>
/// <param name="Predictions">The likeliest classes, whatever their probability.</param>
public sealed record AnnotatedPicture(
    string File, string? Id, int? Width, int? Height, IReadOnlyList<Annotation> Annotations, IReadOnlyList<ClassPrediction> Predictions)
{
    /// <summary>Why the file could not be read; absent when it could.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Problem { get; init; }

    /// <summary>A regressor's answer in the target's units; absent for a classifier.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Value { get; init; }
}

namespace Pictor;

/// <summary>What an annotation says about a picture.</summary>
public enum AnnotationKind
{
    /// <summary>A word for the whole picture.</summary>
    Tag,

    /// <summary>A word for a part of it.</summary>
    Box,

    /// <summary>Text that stands in the picture.</summary>
    Text,

    /// <summary>A sentence about the picture.</summary>
    Caption,
}

/// <summary>One statement about a picture and who made it.</summary>
/// <param name="Kind">What kind of statement it is.</param>
/// <param name="Value">The word, text or sentence.</param>
/// <param name="LabelId">Id of the class the value names, when it comes from a fixed set.</param>
/// <param name="Confidence">0..1; 1 for people.</param>
/// <param name="Source">Who said it.</param>
/// <param name="Box">Where it holds; null for the whole picture.</param>
public sealed record Annotation(
    AnnotationKind Kind, string Value, string? LabelId, double Confidence, AnnotationSource Source, BoundingBox? Box = null);

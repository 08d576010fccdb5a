using Pictor.Imaging;

namespace Pictor.Models.External;

/// <summary>What an ONNX file from elsewhere does not say of itself: how pictures enter it, and which of its values mean what.</summary>
public sealed record ExternalRecipe
{
    /// <summary>Name of the package.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the package. <value>1.0.0.</value></summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>How pictures enter it.</summary>
    public required ExternalInput Input { get; init; }

    /// <summary>Which values mean what.</summary>
    public required ExternalOutputs Outputs { get; init; }

    /// <summary>Each class is a question of its own. <value>false.</value></summary>
    public bool MultiLabel { get; init; }

    /// <summary>A class becomes a tag at this probability. <value>0.5.</value></summary>
    public double TagThreshold { get; init; } = 0.5;

    /// <summary>A paragraph for the card: origin, licence, purpose.</summary>
    public string? About { get; init; }
}

/// <summary>The input of a model from elsewhere. Numbers are (v / 255 - mean) / std with v 0..255; std 0.003921569 leaves v as it is.</summary>
public sealed record ExternalInput
{
    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>1 or 3. <value>3.</value></summary>
    public int Channels { get; init; } = 3;

    /// <summary>One for each channel, in the order of the model.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Likewise.</summary>
    public required IReadOnlyList<float> Std { get; init; }

    /// <summary>rgb or bgr. <value>rgb.</value></summary>
    public string ColourOrder { get; init; } = "rgb";

    /// <summary>nchw, or nhwc as TensorFlow has it. <value>nchw.</value></summary>
    public string Layout { get; init; } = "nchw";

    /// <summary>How other sizes are brought to it. <value>Centre crop.</value></summary>
    public ResizePolicy Policy { get; init; } = ResizePolicy.CentreCrop;

    /// <summary>With which filter. <value>Bilinear.</value></summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;
}

/// <summary>Names of values in the ONNX file: of its outputs, or of any value inside it. Logits or probabilities are needed.</summary>
public sealed record ExternalOutputs
{
    /// <summary>Before softmax or sigmoid.</summary>
    public string? Logits { get; init; }

    /// <summary>After it.</summary>
    public string? Probabilities { get; init; }

    /// <summary>What the last layer reads; it is brought to unit length.</summary>
    public string? Embedding { get; init; }
}

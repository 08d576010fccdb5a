using Pictor.Models.Networks;

namespace Pictor.Models.Onnx;

/// <summary>Writes a network as ONNX: BatchNorm folded into the convolution before it, outputs logits, probabilities and the embedding (unit length).</summary>
public static class OnnxWriter
{
    /// <summary>The model file. Input <c>pixels</c> [batch, channels, height, width], already normalised; batch is free.</summary>
    public static byte[] Write(Network network, NetworkWeights weights) => throw new NotImplementedException();
}

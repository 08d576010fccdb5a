namespace Pictor.Models.Quantizing;

/// <summary>A model that computes on 8-bit numbers.</summary>
/// <param name="Onnx">The ONNX file, in the QDQ form: any runtime can read it.</param>
/// <param name="Layers">All layers with weights, in the order of the graph.</param>
public sealed record QuantizedModel(byte[] Onnx, IReadOnlyList<QuantizedLayer> Layers);

/// <summary>What became of a layer.</summary>
/// <param name="Name">Name of its value in the graph.</param>
/// <param name="Operation">Conv or Gemm.</param>
/// <param name="Weights">Number of weights.</param>
/// <param name="Share">Of the model's multiplications, 0..1.</param>
/// <param name="Quantized">True: 8 bits; false: 32-bit floats.</param>
public sealed record QuantizedLayer(string Name, string Operation, int Weights, double Share, bool Quantized);

namespace Pictor.Models.Onnx;

/// <summary>
/// Average pooling to a fixed grid, which ONNX lacks. The input's size is known, so it is exact all the same: plain pooling where both sides are multiples of
/// the grid; else a mean along each axis is a product with a constant matrix whose rows hold 1 / length over their window.
/// </summary>
internal static class AdaptivePooling
{
    /// <summary>Adds the nodes and returns the name of the result.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="name">The layer's name, for the constants.</param>
    /// <param name="output">The name that the result gets.</param>
    /// <param name="input">The value that is pooled, [batch, channels, from].</param>
    /// <param name="from">Height and width of the input.</param>
    /// <param name="to">Height and width of the grid.</param>
    public static string Add(OnnxGraph graph, string name, string output, string input, (int Height, int Width) from, (int Height, int Width) to)
    {
        if (from.Height % to.Height == 0 && from.Width % to.Width == 0)
        {
            long height = from.Height / to.Height, width = from.Width / to.Width;
            return graph.Node("AveragePool", output, [input], OnnxGraph.Attribute("kernel_shape", height, width), OnnxGraph.Attribute("strides", height, width));
        }

        // [to, from] x [.., from height, from width], then [.., to height, from width] x [from, to]; a side that stays takes no product.
        if (from.Width == to.Width)
            return graph.Node("MatMul", output, [Rows(), input]);
        string columns = graph.Constant($"{name}.columns", Transposed(Means(from.Width, to.Width), from.Width), from.Width, to.Width);
        string pooled = from.Height == to.Height ? input : graph.Node("MatMul", $"{name}.pooled", [Rows(), input]);
        return graph.Node("MatMul", output, [pooled, columns]);

        string Rows() => graph.Constant($"{name}.rows", Means(from.Height, to.Height), to.Height, from.Height);
    }

    /// <summary>[to, from]: row i is 1 / length over window i, which runs from floor(i from / to) to ceil((i + 1) from / to).</summary>
    public static float[] Means(int from, int to)
    {
        var means = new float[checked(to * from)];
        for (int i = 0; i < to; i++)
        {
            int start = (int)((long)i * from / to), end = (int)((((long)i + 1) * from + to - 1) / to);
            means.AsSpan((i * from) + start, end - start).Fill((float)(1.0 / (end - start)));
        }

        return means;
    }

    private static float[] Transposed(float[] matrix, int columns)
    {
        int rows = matrix.Length / columns;
        var turned = new float[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
            turned[(i % columns * rows) + (i / columns)] = matrix[i];
        return turned;
    }
}

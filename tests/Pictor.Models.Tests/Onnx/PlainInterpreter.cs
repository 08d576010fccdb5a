using Pictor.Models.Networks;

namespace Pictor.Models.Tests.Onnx;

/// <summary>The meaning of a description, spelt out: one picture, double precision, naive loops, nothing folded or reordered.</summary>
internal sealed class PlainInterpreter(Network network, NetworkWeights weights)
{
    public (double[] Logits, double[] Probabilities, double[] Embedding) Run(double[] picture)
    {
        var values = new double[network.Nodes.Count][];
        for (int i = 0; i < values.Length; i++)
        {
            NetworkNode node = network.Nodes[i];
            values[i] = node.Layer is Layer.Input ? picture : Compute(node, [.. node.Inputs.Select(n => values[n])], network.Nodes[node.Inputs[0]].Output);
            Assert.Equal(node.Output.Aggregate(1, (a, b) => a * b), values[i].Length);
        }

        double[] logits = values[^1];
        double[] exponentials = [.. logits.Select(v => Math.Exp(v - logits.Max()))];
        double[] embedding = values[network.EmbeddingNode];
        double length = Math.Sqrt(embedding.Sum(v => v * v));
        return (logits, [.. exponentials.Select(v => v / exponentials.Sum())], [.. embedding.Select(v => length == 0 ? 0 : v / length)]);
    }

    private double[] Compute(NetworkNode node, double[][] inputs, IReadOnlyList<int> shape)
    {
        double[] x = inputs[0];
        return node.Layer switch
        {
            Layer.Convolution c => Convolve(node, c, x, shape),
            Layer.BatchNorm b => Normalise(node, b, x, shape),
            Layer.Relu => [.. x.Select(v => Math.Max(0, v))],
            Layer.MaxPool p => Pool(x, shape, node.Output, p.Kernel, p.Stride, p.Padding, window => window.Max()),
            Layer.AveragePool p => Pool(x, shape, node.Output, p.Kernel, p.Stride, 0, window => window.Average()),
            Layer.AdaptiveAveragePool p => AdaptivePool(x, shape, p.Height, p.Width),
            Layer.GlobalAveragePool => [.. x.Chunk(shape[1] * shape[2]).Select(plane => plane.Average())],
            Layer.Rows => [.. from h in Enumerable.Range(0, shape[1]) from c in Enumerable.Range(0, shape[0]) from w in Enumerable.Range(0, shape[2]) select x[(((c * shape[1]) + h) * shape[2]) + w]],
            Layer.Lstm l => Recur(node, l.Hidden, x, shape),
            Layer.LastStep => x[^shape[1]..],
            Layer.Linear l => Multiply(weights[$"{node.Name}.weight"], x, l.Bias ? weights[$"{node.Name}.bias"] : new float[l.Out]),
            Layer.Add => [.. x.Zip(inputs[1], (a, b) => a + b)],
            Layer.Scale s => [.. x.Select(v => v * s.Factor)],
            Layer.Flatten or Layer.Dropout => x,
            _ => throw new InvalidOperationException(node.Name),
        };
    }

    private double[] Convolve(NetworkNode node, Layer.Convolution c, double[] x, IReadOnlyList<int> s)
    {
        float[] kernel = weights[$"{node.Name}.weight"];
        int height = node.Output[1], width = node.Output[2], perGroup = s[0] / c.Groups;
        var y = new double[c.Out * height * width];
        for (int o = 0; o < c.Out; o++)
            for (int i = 0; i < height; i++)
                for (int j = 0; j < width; j++)
                {
                    double sum = c.Bias ? weights[$"{node.Name}.bias"][o] : 0;
                    for (int k = 0; k < perGroup; k++)
                        for (int di = 0; di < c.Kernel; di++)
                            for (int dj = 0; dj < c.Kernel; dj++)
                            {
                                int row = (i * c.Stride) + di - c.Padding, column = (j * c.Stride) + dj - c.Padding;
                                int channel = (o / (c.Out / c.Groups) * perGroup) + k;
                                if (row >= 0 && row < s[1] && column >= 0 && column < s[2])
                                    sum += x[(((channel * s[1]) + row) * s[2]) + column] * kernel[(((((o * perGroup) + k) * c.Kernel) + di) * c.Kernel) + dj];
                            }

                    y[(((o * height) + i) * width) + j] = sum;
                }

        return y;
    }

    private double[] Normalise(NetworkNode node, Layer.BatchNorm b, double[] x, IReadOnlyList<int> s)
    {
        int plane = x.Length / s[0];
        return [.. x.Select((v, i) =>
            ((v - weights[$"{node.Name}.running_mean"][i / plane]) / Math.Sqrt(weights[$"{node.Name}.running_var"][i / plane] + b.Epsilon)
                * weights[$"{node.Name}.weight"][i / plane]) + weights[$"{node.Name}.bias"][i / plane])];
    }

    private static double[] Pool(double[] x, IReadOnlyList<int> s, IReadOnlyList<int> output, int kernel, int stride, int padding, Func<IEnumerable<double>, double> of) =>
    [
        .. from c in Enumerable.Range(0, output[0])
           from i in Enumerable.Range(0, output[1])
           from j in Enumerable.Range(0, output[2])
           select of(
               from row in Enumerable.Range((i * stride) - padding, kernel)
               from column in Enumerable.Range((j * stride) - padding, kernel)
               where row >= 0 && row < s[1] && column >= 0 && column < s[2]
               select x[(((c * s[1]) + row) * s[2]) + column]),
    ];

    // Each window spelt out by its bounds, which are rounded outwards.
    private static double[] AdaptivePool(double[] x, IReadOnlyList<int> s, int height, int width) =>
    [
        .. from c in Enumerable.Range(0, s[0])
           from i in Enumerable.Range(0, height)
           from j in Enumerable.Range(0, width)
           let top = (int)Math.Floor((double)i * s[1] / height)
           let bottom = (int)Math.Ceiling((i + 1.0) * s[1] / height)
           let left = (int)Math.Floor((double)j * s[2] / width)
           let right = (int)Math.Ceiling((j + 1.0) * s[2] / width)
           select (from row in Enumerable.Range(top, bottom - top)
                   from column in Enumerable.Range(left, right - left)
                   select x[(((c * s[1]) + row) * s[2]) + column]).Average(),
    ];

    // Hochreiter and Schmidhuber's cell with a forget gate, gates in torch's order: input, forget, cell, output.
    private double[] Recur(NetworkNode node, int hidden, double[] x, IReadOnlyList<int> s)
    {
        var h = new double[hidden];
        var cell = new double[hidden];
        var all = new List<double>();
        foreach (double[] step in x.Chunk(s[1]))
        {
            double[] a = Multiply(weights[$"{node.Name}.weight_ih"], step, weights[$"{node.Name}.bias_ih"]);
            double[] b = Multiply(weights[$"{node.Name}.weight_hh"], h, weights[$"{node.Name}.bias_hh"]);
            for (int k = 0; k < hidden; k++)
            {
                double Gate(int g) => a[(g * hidden) + k] + b[(g * hidden) + k];
                cell[k] = (Sigmoid(Gate(1)) * cell[k]) + (Sigmoid(Gate(0)) * Math.Tanh(Gate(2)));
                h[k] = Sigmoid(Gate(3)) * Math.Tanh(cell[k]);
            }

            all.AddRange(h);
        }

        return [.. all];
    }

    private static double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));

    private static double[] Multiply(float[] matrix, double[] x, float[] bias) =>
        [.. bias.Select((b, row) => b + x.Select((v, column) => v * matrix[(row * x.Length) + column]).Sum())];
}

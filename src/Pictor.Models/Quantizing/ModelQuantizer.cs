using Pictor.Models.Composing;
using Pictor.Models.Packages;

namespace Pictor.Models.Quantizing;

/// <summary>
/// Post-training quantisation: weights in 8 bits with one scale for each output channel, activations in 8 bits with a range seen on real pictures
/// (Jacob et al. 2018, sections 2 and 3; per channel: Krishnamoorthi 2018, section 3). Nothing is trained.
/// </summary>
public static class ModelQuantizer
{
    // Below both shares a layer is neither worth the time nor the bytes, and its rounding is saved: the last layer of most networks, whose sums decide.
    private const double LeastWork = 0.01;
    private const double LeastBytes = 0.1;

    /// <summary>Quantises a package's model.</summary>
    /// <param name="package">A package whose layers' weights are constants of the file; Pictor's are.</param>
    /// <param name="planes">[count, channels, height, width]: some hundred pictures like those it will see, prepared as the package's input asks.</param>
    /// <param name="count">Pictures in it.</param>
    /// <param name="weightBits">8; 7 for processors without VNNI, whose 8-bit multiplication saturates.</param>
    /// <param name="progress">Told while the pictures are run.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="InputException">package.quantised: it is in 8 bits already; package.not-runnable: there is nothing to quantise, or it gives no finite numbers.</exception>
    public static QuantizedModel Quantize(
        ModelPackage package, ReadOnlyMemory<byte> planes, int count, int weightBits = 8, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Length, (long)count * package.Manifest.Input.Shape.Length, nameof(planes));
        if (weightBits is not (7 or 8))
            throw new ArgumentOutOfRangeException(nameof(weightBits), weightBits, "Weights have 8 or 7 bits.");
        OnnxFile file = HeadGraph.Open(package);
        if (file.Graph.Nodes.Exists(node => node.Operation is "QuantizeLinear" or "DynamicQuantizeLinear" or "QLinearConv" or "ConvInteger"))
            throw new InputException(package.Reference, "it computes on 8-bit numbers already", "Name the package that it was made from.") { Code = "package.quantised" };
        if (file.Operators[""] < 13)
            throw new InputException(package.Reference, $"its operator set is {file.Operators[""]}, and scales for each channel came with 13", "Export it again with operator set 13 or later.") { Code = "package.not-runnable" };

        var plan = QuantizationPlan.For(file.Graph);
        if (plan.Layers.Count == 0)
            throw new InputException(package.Reference, "it has no layer whose weights are constants of the file", "Export it again with its weights inside.") { Code = "package.not-runnable" };
        plan.Choose(_ => true);
        string[] seen = [.. plan.Values.Select(plan.RangeOf).Distinct(StringComparer.Ordinal)];
        using var observer = new ValueObserver(package, seen, [.. plan.Layers.Select(layer => layer.Output)]);
        IReadOnlyDictionary<string, Quantum> ranges = observer.Observe(planes, count, progress, cancellationToken);

        double[] work = [.. plan.Layers.Select(layer => observer.ValuesPerPicture(layer.Output) * (double)layer.Weights.Values.Length / layer.Outputs)];
        double all = work.Sum(), weights = plan.Layers.Sum(layer => (double)layer.Weights.Values.Length);
        var worth = plan.Layers.Where((layer, i) => work[i] >= LeastWork * all || layer.Weights.Values.Length >= LeastBytes * weights).ToHashSet();
        plan = QuantizationPlan.For(file.Graph);
        plan.Choose(layer => worth.Any(other => other.Output == layer.Output));
        QuantizedLayer[] layers = [.. plan.Layers.Select((layer, i) => new QuantizedLayer(layer.Output, layer.Node.Operation, layer.Weights.Values.Length, work[i] / all, plan.Quantized.Contains(layer)))];
        QuantizedGraph.Write(file, plan, ranges, weightBits);
        return new QuantizedModel(file.ToArray(), layers);
    }
}

using System.Globalization;
using System.Text;

namespace Pictor.Models.Networks;

/// <summary>What <c>pictor networks NAME</c> tells, for programs: serialised as it stands.</summary>
/// <param name="Name">The network.</param>
/// <param name="Input">[channels, height, width].</param>
/// <param name="Classes">Length of the output.</param>
/// <param name="EmbeddingLength">Length of the embedding.</param>
/// <param name="Layers">In order of computation.</param>
/// <param name="Parameters">Trained values, exactly; running statistics are not counted.</param>
/// <param name="Flops">Of one picture: multiply-adds of convolutions, linear and recurrent layers, times two.</param>
public sealed record NetworkSummary(
    string Name, IReadOnlyList<int> Input, int Classes, int EmbeddingLength, IReadOnlyList<LayerSummary> Layers, long Parameters, long Flops)
{
    /// <summary>Counts a network; no weights are allocated.</summary>
    public static NetworkSummary Of(Network network) => new(
        network.Name, network.Nodes[0].Output, network.Classes, network.EmbeddingLength,
        [.. network.Nodes.Select(node => new LayerSummary(node.Name, Describe(node.Layer), [.. node.Inputs.Select(i => network.Nodes[i].Name)], node.Output, Trained(node), LayerRules.FlopsOf(node)))],
        network.ParameterCount, network.Flops);

    /// <summary>A table for people: a line a layer, totals below.</summary>
    public static string ToText(Network network)
    {
        NetworkSummary summary = Of(network);
        List<string[]> rows = [["layer", "operation", "output", "parameters", "FLOPs"]];
        rows.AddRange(summary.Layers.Select(layer => new[] { layer.Name, layer.Operation, string.Join(" x ", layer.Output), Count(layer.Parameters), Count(layer.Flops) }));
        rows.Add(["total", "", "", Count(summary.Parameters), Count(summary.Flops)]);
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{network.Name}: input {network.Input}, {network.Classes} classes, embedding of {network.EmbeddingLength} ({network.Nodes[network.EmbeddingNode].Name})\n\n");
        for (int i = 0; i < rows.Count; i++)
        {
            if (i == 1 || i == rows.Count - 1)
                text.AppendJoin("  ", widths.Select(width => new string('-', width))).Append('\n');
            text.AppendJoin("  ", rows[i].Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{summary.Parameters:#,0} parameters ({summary.Parameters * 4 / 1048576.0:0.0#} MiB as float32), {Billions(summary.Flops)} a picture\n");
        return text.ToString();
    }

    private static long Trained(NetworkNode node) =>
        node.Parameters.Where(p => p.Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance)).Sum(p => p.Length);

    private static string Count(long value) => value == 0 ? "-" : value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Billions(long flops) => flops >= 100_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{flops / 1e9:0.00} GFLOPs")
        : string.Create(CultureInfo.InvariantCulture, $"{flops / 1e6:0.000} MFLOPs");

    private static string Describe(Layer layer) => layer switch
    {
        Layer.Convolution c => $"convolution {c.Kernel}x{c.Kernel}{Extra("stride", c.Stride, 1)}{Extra("padding", c.Padding, 0)}{Extra("groups", c.Groups, 1)}{(c.Bias ? "" : ", no bias")}",
        Layer.BatchNorm => "batch norm",
        Layer.Relu => "ReLU",
        Layer.MaxPool p => $"max pool {p.Kernel}x{p.Kernel}{Extra("stride", p.Stride, p.Kernel)}{Extra("padding", p.Padding, 0)}",
        Layer.AveragePool p => $"average pool {p.Kernel}x{p.Kernel}{Extra("stride", p.Stride, p.Kernel)}",
        Layer.AdaptiveAveragePool p => $"average pool to {p.Height}x{p.Width}",
        Layer.GlobalAveragePool => "mean of all positions",
        Layer.Flatten => "flatten",
        Layer.Rows => "rows as steps",
        Layer.Lstm => "LSTM",
        Layer.LastStep => "last step",
        Layer.Dropout d => string.Create(CultureInfo.InvariantCulture, $"dropout {d.Probability:0.###}"),
        Layer.Linear l => l.Bias ? "linear" : "linear, no bias",
        Layer.Add => "add",
        Layer.Scale s => string.Create(CultureInfo.InvariantCulture, $"times {s.Factor:0.#####}"),
        _ => "input",
    };

    private static string Extra(string name, int value, int usual) => value == usual ? "" : string.Create(CultureInfo.InvariantCulture, $", {name} {value}");
}

/// <summary>One layer of a <see cref="NetworkSummary"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operation">What it does, in words.</param>
/// <param name="Inputs">Names of the layers it reads.</param>
/// <param name="Output">Shape without the batch.</param>
/// <param name="Parameters">Trained values.</param>
/// <param name="Flops">Of one picture.</param>
public sealed record LayerSummary(string Name, string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<int> Output, long Parameters, long Flops);

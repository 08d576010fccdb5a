using Pictor.Models.Networks;

namespace Pictor.Trainer.Torch;

/// <summary>The place of one array in the flat buffers.</summary>
/// <param name="Parameter">The array.</param>
/// <param name="Offset">First value, in the buffer of weights or of statistics.</param>
/// <param name="Trained">In the buffer of weights; else in the buffer of statistics.</param>
internal sealed record ParameterSlot(Parameter Parameter, int Offset, bool Trained)
{
    /// <summary>
    /// Kernels lie [out, height, width, in]: with channels innermost torch takes vectorised pooling and blocked convolutions
    /// without turning pictures around in between (max pooling of 28 px is 10 times as fast).
    /// </summary>
    public bool ChannelsLast => Parameter.Shape.Count == 4;

    public int Length => checked((int)Parameter.Length);
}

/// <summary>
/// Where each array of a network lies: all that is trained in one buffer, all running statistics in another. So a step of the optimiser is one
/// pass over one array, a copy of the model is one copy, and replicas share weights but keep gradients and statistics of their own.
/// </summary>
internal sealed class ParameterLayout
{
    // 64 bytes: the processor's cache lines and its widest vectors.
    private const int Alignment = 16;

    public ParameterLayout(Network network)
    {
        Network = network;
        var slots = new List<ParameterSlot>();
        int weights = 0, statistics = 0;
        foreach (Parameter parameter in network.Parameters)
        {
            bool trained = parameter.Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance);
            ref int end = ref trained ? ref weights : ref statistics;
            slots.Add(new ParameterSlot(parameter, end, trained));
            end = checked(end + (int)((parameter.Length + Alignment - 1) / Alignment * Alignment));
        }

        (Slots, TrainedLength, StatisticsLength) = (slots, weights, statistics);
    }

    public Network Network { get; }

    public IReadOnlyList<ParameterSlot> Slots { get; }

    /// <summary>Values in the buffer of weights, gaps included.</summary>
    public int TrainedLength { get; }

    /// <summary>Values in the buffer of running statistics, gaps included.</summary>
    public int StatisticsLength { get; }

    /// <summary>The weights by name, in torch's own order of dimensions.</summary>
    public NetworkWeights Export(ReadOnlySpan<float> weights, ReadOnlySpan<float> statistics)
    {
        var result = new NetworkWeights();
        foreach (ParameterSlot slot in Slots)
        {
            var values = new float[slot.Length];
            ReadOnlySpan<float> source = (slot.Trained ? weights : statistics).Slice(slot.Offset, slot.Length);
            if (slot.ChannelsLast)
                Turn(source, values, slot.Parameter.Shape, toTorch: true);
            else
                source.CopyTo(values);
            result[slot.Parameter.Name] = values;
        }

        return result;
    }

    /// <summary>The reverse of <see cref="Export"/>.</summary>
    public void Import(NetworkWeights values, Span<float> weights, Span<float> statistics)
    {
        foreach (ParameterSlot slot in Slots)
        {
            Span<float> target = (slot.Trained ? weights : statistics).Slice(slot.Offset, slot.Length);
            if (slot.ChannelsLast)
                Turn(values[slot.Parameter.Name], target, slot.Parameter.Shape, toTorch: false);
            else
                values[slot.Parameter.Name].CopyTo(target);
        }
    }

    // Between [out, height, width, in] in memory and torch's [out, in, height, width].
    private static void Turn(ReadOnlySpan<float> source, Span<float> target, IReadOnlyList<int> shape, bool toTorch)
    {
        int channels = shape[1], area = shape[2] * shape[3];
        int at = 0;
        for (int o = 0; o < shape[0]; o++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int p = 0; p < area; p++, at++)
                {
                    int last = (((o * area) + p) * channels) + c;
                    if (toTorch)
                        target[at] = source[last];
                    else
                        target[last] = source[at];
                }
            }
        }
    }
}

using Pictor.Models.Networks;

namespace Pictor.Trainer.Torch;

/// <summary>One operation to carry out.</summary>
/// <param name="Node">Position in the network of the operation.</param>
/// <param name="Inputs">Positions of the values that it reads.</param>
/// <param name="Output">Position under which its value is known from then on.</param>
/// <param name="InPlace">Its input is read by nothing else and may be overwritten.</param>
internal sealed record PlannedStep(int Node, IReadOnlyList<int> Inputs, int Output, bool InPlace);

/// <summary>
/// The order in which a network is computed. It differs from the description in two ways that change no value: a ReLU whose only reader is a
/// max pooling comes after it (max and ReLU commute, and so do their gradients; four times fewer values), and a ReLU overwrites its input where it may.
/// </summary>
internal sealed class ExecutionPlan
{
    private ExecutionPlan(IReadOnlyList<PlannedStep> steps, int output) => (Steps, Output) = (steps, output);

    public IReadOnlyList<PlannedStep> Steps { get; }

    /// <summary>Position of the logits.</summary>
    public int Output { get; }

    public static ExecutionPlan For(Network network)
    {
        var readers = new int[network.Nodes.Count];
        foreach (NetworkNode node in network.Nodes)
        {
            foreach (int input in node.Inputs)
                readers[input]++;
        }

        // The embedding is read from outside too.
        readers[network.EmbeddingNode]++;
        var order = new List<(int Node, int[] Inputs, int Output)>();
        for (int i = 1; i < network.Nodes.Count; i++)
        {
            NetworkNode node = network.Nodes[i];
            if (node.Layer is Layer.MaxPool && order.Count > 0 && order[^1] is var (before, source, _) && before == i - 1
                && network.Nodes[before].Layer is Layer.Relu && node.Inputs[0] == before && readers[before] == 1)
            {
                // The pooled values go by the ReLU's now unused position until the ReLU gives them its successor's.
                order[^1] = (i, source, before);
                order.Add((before, [before], i));
            }
            else
            {
                order.Add((i, [.. node.Inputs], i));
            }
        }

        return new ExecutionPlan(Annotate(network, order, readers), network.Nodes.Count - 1);
    }

    private static List<PlannedStep> Annotate(Network network, List<(int Node, int[] Inputs, int Output)> order, int[] readers)
    {
        var steps = new List<PlannedStep>();
        foreach ((int node, int[] inputs, int output) in order)
        {
            bool inPlace = network.Nodes[node].Layer is Layer.Relu && inputs[0] != 0 && readers[inputs[0]] == 1 && Overwritable(order, network, inputs[0]);
            steps.Add(new PlannedStep(node, inputs, output, inPlace));
        }

        return steps;
    }

    // Only what does not need its own output to compute its gradient.
    private static bool Overwritable(List<(int Node, int[] Inputs, int Output)> order, Network network, int value) =>
        network.Nodes[order.Find(step => step.Output == value).Node].Layer
            is Layer.Convolution or Layer.BatchNorm or Layer.Linear or Layer.Add or Layer.MaxPool;
}

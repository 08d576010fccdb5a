using TorchSharp.Modules;
using static TorchSharp.torch;
using Layer = Pictor.Models.Networks.Layer;
using NetworkNode = Pictor.Models.Networks.NetworkNode;

namespace Pictor.Trainer.Torch;

/// <summary>torch's LSTM (there is no functional one in TorchSharp), with its arrays set onto the shared buffers.</summary>
internal sealed class LstmLayer : IDisposable
{
    private readonly LSTM _module;

    /// <param name="node">The layer; its arrays in the order input, hidden, and their biases.</param>
    /// <param name="parameters">Views of the buffers by name, with gradients where there are any.</param>
    public LstmLayer(NetworkNode node, Dictionary<string, Tensor> parameters)
    {
        var lstm = (Layer.Lstm)node.Layer;
        _module = nn.LSTM(node.Parameters[0].Shape[1], lstm.Hidden, batchFirst: true);
        Dictionary<string, Parameter> own = _module.named_parameters().ToDictionary(p => p.name, p => p.parameter, StringComparer.Ordinal);
        string[] order = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];
        using var _ = no_grad();
        for (int i = 0; i < order.Length; i++)
        {
            Tensor view = parameters[node.Parameters[i].Name];
            Parameter parameter = own[order[i]];
            parameter.set_(view.detach());
            if (view.grad is { } gradient)
                parameter.grad = gradient;
            else
                parameter.requires_grad_(false);
        }
    }

    /// <summary>[n, steps, features] to [n, steps, hidden].</summary>
    public Tensor Forward(Tensor x)
    {
        (Tensor output, Tensor hidden, Tensor cell) = _module.forward(x);
        hidden.Dispose();
        cell.Dispose();
        return output;
    }

    public void Dispose() => _module.Dispose();
}

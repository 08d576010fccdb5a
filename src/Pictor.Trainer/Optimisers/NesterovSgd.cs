using System.Numerics;
using Pictor.Trainer.Torch;

namespace Pictor.Trainer.Optimisers;

/// <summary>
/// Stochastic gradient descent with Nesterov momentum as PyTorch writes it (Sutskever et al. 2013, rearranged): v = m v + g; w -= rate (g + m v).
/// Weight decay is added to the gradient.
/// </summary>
internal sealed class NesterovSgd : Optimizer
{
    private readonly FlatBuffer _velocity;

    public NesterovSgd(ParameterLayout layout, FlatBuffer weights, IReadOnlyList<FlatBuffer> gradients, double clip)
        : base(layout, weights, gradients, clip) => _velocity = new FlatBuffer(weights.Length);

    public double WeightDecay { get; init; }

    public double Momentum { get; init; }

    public override IReadOnlyList<(string Name, FlatBuffer Values)> State => [("velocity", _velocity)];

    protected override void Update(long step, double rate, int at, Span<float> weights, Span<float> gradient, bool decays)
    {
        float decay = decays ? (float)WeightDecay : 0f;
        float momentum = (float)Momentum;
        float size = (float)rate;
        Span<float> velocity = _velocity.Span.Slice(at, weights.Length);
        int i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var w = new Vector<float>(weights[i..]);
            Vector<float> g = new Vector<float>(gradient[i..]) + (w * decay);
            Vector<float> v = (new Vector<float>(velocity[i..]) * momentum) + g;
            v.CopyTo(velocity[i..]);
            (w - ((g + (v * momentum)) * size)).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            float g = gradient[i] + (weights[i] * decay);
            float v = velocity[i] = (velocity[i] * momentum) + g;
            weights[i] -= (g + (v * momentum)) * size;
        }
    }
}

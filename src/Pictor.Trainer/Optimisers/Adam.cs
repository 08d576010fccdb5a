using System.Numerics;
using Pictor.Trainer.Torch;

namespace Pictor.Trainer.Optimisers;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2, with the schedule inside the rate).
/// The order of operations is PyTorch's: sqrt(v) / sqrt(1 - b2^t) + eps.
/// </summary>
internal sealed class Adam : Optimizer
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly FlatBuffer _first;
    private readonly FlatBuffer _second;

    public Adam(ParameterLayout layout, FlatBuffer weights, IReadOnlyList<FlatBuffer> gradients, double clip)
        : base(layout, weights, gradients, clip)
    {
        _first = new FlatBuffer(weights.Length);
        _second = new FlatBuffer(weights.Length);
    }

    public double WeightDecay { get; init; }

    public override IReadOnlyList<(string Name, FlatBuffer Values)> State => [("firstMoment", _first), ("secondMoment", _second)];

    protected override void Update(long step, double rate, int at, Span<float> weights, Span<float> gradient, bool decays)
    {
        float size = (float)(rate / (1 - Math.Pow(Beta1, step)));
        float root = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, step)));
        float keep = decays ? (float)(1 - (rate * WeightDecay)) : 1f;
        Span<float> first = _first.Span.Slice(at, weights.Length);
        Span<float> second = _second.Span.Slice(at, weights.Length);
        int i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            Vector<float> m = (new Vector<float>(first[i..]) * Beta1) + (g * (1 - Beta1));
            Vector<float> v = (new Vector<float>(second[i..]) * Beta2) + (g * g * (1 - Beta2));
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            Vector<float> down = (Vector.SquareRoot(v) * root) + new Vector<float>(Epsilon);
            ((new Vector<float>(weights[i..]) * keep) - (m * size / down)).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            float g = gradient[i];
            float m = first[i] = (first[i] * Beta1) + (g * (1 - Beta1));
            float v = second[i] = (second[i] * Beta2) + (g * g * (1 - Beta2));
            weights[i] = (weights[i] * keep) - (m * size / ((MathF.Sqrt(v) * root) + Epsilon));
        }
    }
}

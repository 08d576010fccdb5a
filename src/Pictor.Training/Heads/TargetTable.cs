using Pictor.Datasets;
using Pictor.Models.Composing;

namespace Pictor.Training.Heads;

/// <summary>From samples of a data set to targets of a head, and from the head's outputs back to the data set's classes.</summary>
internal sealed class TargetTable
{
    // A class without a training picture is never answered: e^-15 of the weakest that has one.
    private const float Never = 15;

    private readonly Dataset _data;
    private readonly int[] _outputOf;
    private readonly int[] _classOf;
    private readonly double _mean;
    private readonly double _deviation = 1;

    private TargetTable(Dataset data, HeadKind kind, IReadOnlyList<int> train)
    {
        (_data, Kind) = (data, kind);
        _outputOf = new int[data.Labels.Count];
        if (kind == HeadKind.Value)
        {
            double[] numbers = [.. train.Select(i => data.Samples[i].Target!.Value)];
            _mean = numbers.DefaultIfEmpty(0).Average();
            double deviation = Math.Sqrt(numbers.Select(v => (v - _mean) * (v - _mean)).DefaultIfEmpty(0).Average());
            _deviation = deviation > 0 ? deviation : 1;
            _classOf = [0];
            return;
        }

        var present = train.SelectMany(i => data.Samples[i].Classes).ToHashSet();
        _classOf = [.. Enumerable.Range(0, data.Labels.Count).Where(c => kind == HeadKind.Sigmoid || present.Contains(c))];
        Array.Fill(_outputOf, -1);
        for (int output = 0; output < _classOf.Length; output++)
            _outputOf[_classOf[output]] = output;
    }

    public HeadKind Kind { get; }

    /// <summary>Standard deviation of a number's target in its own units; 1 for classes.</summary>
    public double Unit => _deviation;

    /// <summary>Outputs of the head while it is fitted: the classes that have training pictures.</summary>
    public int Outputs => _classOf.Length;

    /// <param name="data">The data set.</param>
    /// <param name="train">Samples that are fitted on.</param>
    /// <exception cref="InputException">data.one-class: nothing to tell apart.</exception>
    public static TargetTable Of(Dataset data, IReadOnlyList<int> train)
    {
        HeadKind kind = KindOf(data.Task);
        var table = new TargetTable(data, kind, train);
        if (kind != HeadKind.Value && table.Outputs < (kind == HeadKind.Softmax ? 2 : 1))
        {
            string found = table.Outputs == 0 ? "no class has a training picture" : $"only '{data.Labels[table._classOf[0]].Name}' has training pictures";
            throw new InputException(data.Path, found, "Give pictures of at least two classes.") { Code = "data.one-class" };
        }

        return table;
    }

    /// <summary>What a head for a task is.</summary>
    public static HeadKind KindOf(DatasetTask task) => task switch
    {
        DatasetTask.MultiLabel => HeadKind.Sigmoid,
        DatasetTask.Numeric => HeadKind.Value,
        _ => HeadKind.Softmax,
    };

    /// <summary>True for samples that say what they are; in a table of several classes none is an answer too.</summary>
    public static bool IsLabelled(Dataset data, int sample) => data.Task switch
    {
        DatasetTask.Numeric => data.Samples[sample].Target is { } number && double.IsFinite(number),
        DatasetTask.MultiLabel => true,
        _ => data.Samples[sample].Class >= 0,
    };

    /// <summary>True for samples whose class can be answered.</summary>
    public bool CanAnswer(int sample) => Kind != HeadKind.Softmax || _outputOf[_data.Samples[sample].Class] >= 0;

    public HeadTargets Of(IReadOnlyList<int> samples)
    {
        if (Kind == HeadKind.Value)
            return new HeadTargets(Kind, 1, [.. samples.Select(i => (float)((_data.Samples[i].Target!.Value - _mean) / _deviation))]);
        if (Kind == HeadKind.Softmax)
            return new HeadTargets(Kind, Outputs, [.. samples.Select(i => (float)_outputOf[_data.Samples[i].Class])]);
        var values = new float[samples.Count * Outputs];
        for (int i = 0; i < samples.Count; i++)
        {
            foreach (int c in _data.Samples[samples[i]].Classes)
                values[(i * Outputs) + _outputOf[c]] = 1;
        }

        return new HeadTargets(Kind, Outputs, values);
    }

    /// <summary>The layer with an output for each class of the data set, numbers in their own units.</summary>
    public HeadLayer Widen(HeadLayer head)
    {
        int length = head.Weights.Length / head.Classes;
        if (Kind == HeadKind.Value)
            return head with { Weights = [.. head.Weights.Select(w => (float)(w * _deviation))], Bias = [(float)((head.Bias[0] * _deviation) + _mean)] };
        var weights = new float[_data.Labels.Count * length];
        var bias = new float[_data.Labels.Count];
        Array.Fill(bias, head.Bias.Min() - Never);
        for (int output = 0; output < _classOf.Length; output++)
        {
            head.Weights.AsSpan(output * length, length).CopyTo(weights.AsSpan(_classOf[output] * length));
            bias[_classOf[output]] = head.Bias[output];
        }

        return head with { Classes = bias.Length, Weights = weights, Bias = bias };
    }
}

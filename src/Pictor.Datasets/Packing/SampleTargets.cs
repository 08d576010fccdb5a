namespace Pictor.Datasets;

/// <summary>What the samples of a store are of: classes as one flat list with starts, and numbers where the task has them.</summary>
internal sealed class SampleTargets
{
    private readonly int[]? _starts;
    private readonly int[]? _classes;
    private readonly float[]? _numbers;

    private SampleTargets(DatasetTask task, int classCount, int[] first, int[]? starts, int[]? classes, float[]? numbers)
    {
        (Task, ClassCount, First) = (task, classCount, first);
        (_starts, _classes, _numbers) = (starts, classes, numbers);
    }

    public DatasetTask Task { get; }

    public int ClassCount { get; }

    /// <summary>The first class of each; -1 where there is none.</summary>
    public int[] First { get; }

    public static SampleTargets Of(Dataset data, IReadOnlyList<int> samples)
    {
        int[] first = [.. samples.Select(i => data.Samples[i].Class)];
        float[]? numbers = data.Task == DatasetTask.Numeric ? [.. samples.Select(i => (float)(data.Samples[i].Target ?? double.NaN))] : null;
        if (data.Task != DatasetTask.MultiLabel)
            return new SampleTargets(data.Task, data.Labels.Count, first, null, null, numbers);
        var starts = new int[samples.Count + 1];
        for (int i = 0; i < samples.Count; i++)
            starts[i + 1] = starts[i] + data.Samples[samples[i]].Classes.Count;
        return new SampleTargets(data.Task, data.Labels.Count, first, starts, [.. samples.SelectMany(i => data.Samples[i].Classes)], null);
    }

    public SampleTargets At(ReadOnlySpan<int> positions)
    {
        var first = new int[positions.Length];
        int[]? starts = _starts is null ? null : new int[positions.Length + 1];
        var classes = new List<int>();
        float[]? numbers = _numbers is null ? null : new float[positions.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            first[i] = First[positions[i]];
            if (numbers is not null)
                numbers[i] = _numbers![positions[i]];
            if (starts is null)
                continue;
            classes.AddRange(Classes(positions[i]));
            starts[i + 1] = classes.Count;
        }

        return new SampleTargets(Task, ClassCount, first, starts, starts is null ? null : [.. classes], numbers);
    }

    /// <summary>All classes of one sample.</summary>
    public ReadOnlySpan<int> Classes(int position)
    {
        if (_starts is not null)
            return _classes.AsSpan(_starts[position], _starts[position + 1] - _starts[position]);
        return First[position] < 0 ? [] : First.AsSpan(position, 1);
    }

    public float Number(int position) => _numbers is null ? float.NaN : _numbers[position];

    /// <summary>row += share x the target of one sample.</summary>
    public void Add(int position, float share, Span<float> row)
    {
        if (Task == DatasetTask.Numeric)
        {
            row[0] += share * Number(position);
            return;
        }

        foreach (int label in Classes(position))
            row[label] += share;
    }
}

using System.Globalization;

namespace Pictor.Datasets.Assembling;

/// <summary>Collects the faults of a file line by line, so that all are told at once.</summary>
/// <param name="name">The file.</param>
/// <param name="unit">What is counted: line, or the name of an entry.</param>
internal sealed class LineFaults(string name, string unit = "line")
{
    private const int Told = 20;
    private readonly List<(string Where, string Problem)> _faults = [];
    private int _count;

    public int Count => _count;

    public void Add(int line, string problem) => Add(string.Create(CultureInfo.InvariantCulture, $"{unit} {line}"), problem);

    public void Add(string where, string problem)
    {
        _count++;
        if (_faults.Count < Told)
            _faults.Add((where, problem));
    }

    /// <exception cref="InputException">There was a fault.</exception>
    public void ThrowIfAny(string remedy)
    {
        if (_count == 0)
            return;
        if (_count == 1)
            throw new InputException($"{name} {_faults[0].Where}", _faults[0].Problem, remedy);
        string more = _count > _faults.Count ? string.Create(CultureInfo.InvariantCulture, $"; and {_count - _faults.Count} more") : "";
        throw new InputException(name, string.Join("; ", _faults.Select(f => $"{f.Where}: {f.Problem.TrimEnd('.')}")) + more, remedy);
    }
}

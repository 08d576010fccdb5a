namespace Pictor.Training.Cleaning;

/// <summary>A label that is likely to be wrong.</summary>
/// <param name="Sample">Index of the sample.</param>
/// <param name="Suggested">Position of the class that fits better.</param>
/// <param name="Confidence">How sure that is, 0..1.</param>
/// <param name="Detail">A sentence for people.</param>
internal sealed record LabelSuspect(int Sample, int Suggested, double Confidence, string Detail);

/// <summary>What a source of label errors says.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Suspects">The surest first.</param>
internal sealed record LabelVerdict(LabelErrorSource Source, IReadOnlyList<LabelSuspect> Suspects);

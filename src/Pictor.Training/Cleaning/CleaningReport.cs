using Pictor.Datasets.Cleaning;

namespace Pictor.Training.Cleaning;

/// <summary>How often a problem was found.</summary>
/// <param name="Problem">In words with hyphens, as in issues.csv.</param>
/// <param name="Files">Files that have it.</param>
/// <param name="Dropped">Of them, those that would be left out.</param>
public sealed record ProblemCount(string Problem, int Files, int Dropped);

/// <summary>One row of issues.csv.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Severity">0..1.</param>
/// <param name="Label">Its label.</param>
/// <param name="Suggestion">The label that fits better, or empty.</param>
/// <param name="Group">Number of its set of duplicates, or null.</param>
/// <param name="Action">keep, drop or relabel.</param>
/// <param name="Detail">For people.</param>
public sealed record IssueRow(string File, string Problem, double Severity, string Label, string Suggestion, int? Group, CleaningAction Action, string Detail);

/// <summary>Where the label errors come from.</summary>
/// <param name="Method">margins or confident-learning.</param>
/// <param name="Source">The run, the table, or how it was trained.</param>
/// <param name="Judged">Samples that it says something about.</param>
/// <param name="Threshold">For margins: below it a label is in doubt.</param>
public sealed record LabelErrorSource(string Method, string Source, int Judged, double? Threshold);

/// <summary>What is left after cleaning.</summary>
/// <param name="Manifest">The file that was written; null when none was asked for.</param>
/// <param name="Kept">Samples that stay.</param>
/// <param name="Dropped">Samples that are left out.</param>
/// <param name="Relabelled">Of those that stay, those with another label.</param>
/// <param name="Fingerprint">Of the cleaned data set; null when it was not written.</param>
public sealed record CleanedData(string? Manifest, int Kept, int Dropped, int Relabelled, string? Fingerprint);

/// <summary>report.json; the fields are a contract with programs of others.</summary>
public sealed record CleaningReport
{
    /// <summary>The data set, absolute.</summary>
    public required string Path { get; init; }

    /// <summary>Its fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Its samples.</summary>
    public required int Samples { get; init; }

    /// <summary>By kind, the gravest first; kinds without a file are not listed.</summary>
    public required IReadOnlyList<ProblemCount> Counts { get; init; }

    /// <summary>Where label errors come from; null when they were not looked for.</summary>
    public required LabelErrorSource? LabelErrors { get; init; }

    /// <summary>How many judged pictures were seen in training, in a sentence; null for a data set without declared parts.</summary>
    public required string? Leakage { get; init; }

    /// <summary>What would stay, or has been written.</summary>
    public required CleanedData Cleaned { get; init; }

    /// <summary>report.html; null when none was asked for.</summary>
    public string? Report { get; init; }

    /// <summary>Every row of issues.csv.</summary>
    public required IReadOnlyList<IssueRow> Issues { get; init; }

    /// <summary>The same for a terminal.</summary>
    public string ToText() => CleaningText.Of(this);
}

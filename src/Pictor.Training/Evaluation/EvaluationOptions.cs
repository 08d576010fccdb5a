namespace Pictor.Training.Evaluation;

/// <summary>What to judge.</summary>
public sealed record EvaluationOptions
{
    /// <summary>A package; absent when <see cref="Predictions"/> is given.</summary>
    public string? Model { get; init; }

    /// <summary>A data set; absent when <see cref="Predictions"/> is given.</summary>
    public string? Data { get; init; }

    /// <summary>A CSV with <c>[file,]label,</c> and a column for each class.</summary>
    public string? Predictions { get; init; }

    /// <summary>train, val, test or all; null: test if the data has one, else val, else all.</summary>
    public string? Split { get; init; }

    /// <summary>Another package or a CSV of predictions to compare with on the same pictures.</summary>
    public string? Against { get; init; }

    /// <summary>Columns of the data set to divide the pictures by, beyond class, size, brightness and split.</summary>
    public IReadOnlyList<string> SliceBy { get; init; } = [];

    /// <summary>The precision that thresholds are sought for, above 0 and up to 1. <value>0.95.</value></summary>
    public double Precision { get; init; } = Findings.UsualPrecision;

    /// <summary>Folder for report.html, report.json, report.txt and predictions.csv; null: none are written.</summary>
    public string? Out { get; init; }
}

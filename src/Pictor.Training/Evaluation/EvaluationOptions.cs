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

    /// <summary>Folder for report.html, report.json, report.txt and predictions.csv; null: none are written.</summary>
    public string? Out { get; init; }
}

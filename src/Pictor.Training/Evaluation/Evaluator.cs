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

/// <summary>Judges a package on labelled data, or a table of predictions from anyone.</summary>
public static class Evaluator
{
    /// <summary>Predicts, computes and writes the report.</summary>
    public static Task<EvaluationOutcome> RunAsync(EvaluationOptions options, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}

/// <summary>The judgement in its three forms.</summary>
/// <param name="Json">The document that report.json holds, one line-broken JSON text.</param>
/// <param name="Text">The layout of scikit-learn's classification_report, with what else matters below.</param>
/// <param name="Skipped">What was left out; not empty means exit code 3.</param>
/// <param name="Accuracy">For a closing line.</param>
/// <param name="Samples">Pictures judged.</param>
/// <param name="ReportPath">report.html when it was written.</param>
public sealed record EvaluationOutcome(string Json, string Text, IReadOnlyList<SkippedFile> Skipped, double Accuracy, int Samples, string? ReportPath);

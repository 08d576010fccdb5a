namespace Pictor.Training.Evaluation;

/// <summary>The judgement in its three forms.</summary>
/// <param name="Json">The document that report.json holds, one line-broken JSON text.</param>
/// <param name="Text">The layout of scikit-learn's classification_report, with what else matters below.</param>
/// <param name="Skipped">What was left out; not empty means exit code 3.</param>
/// <param name="Accuracy">For a closing line; NaN where the task has none.</param>
/// <param name="Samples">Pictures judged.</param>
/// <param name="ReportPath">report.html when it was written.</param>
public sealed record EvaluationOutcome(string Json, string Text, IReadOnlyList<SkippedFile> Skipped, double Accuracy, int Samples, string? ReportPath);

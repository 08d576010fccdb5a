namespace Pictor.Metrics;

/// <summary>The figures of one class.</summary>
/// <param name="Precision">Share of right ones among answers that name the class; 0 when there is none (scikit-learn's zero_division=0).</param>
/// <param name="Recall">Share of the class's samples that were found; 0 when it has none.</param>
/// <param name="F1">Harmonic mean of both; 0 when both are 0.</param>
/// <param name="Support">Samples of the class.</param>
/// <param name="Auc">Area under the ROC curve of this class against the rest; NaN when undefined.</param>
/// <param name="AveragePrecision">NaN when the class has no sample.</param>
public sealed record ClassFigures(double Precision, double Recall, double F1, int Support, double Auc, double AveragePrecision);

/// <summary>Precision, recall and F1 over all classes.</summary>
/// <param name="Precision">0..1.</param>
/// <param name="Recall">0..1.</param>
/// <param name="F1">0..1.</param>
public sealed record AverageFigures(double Precision, double Recall, double F1);

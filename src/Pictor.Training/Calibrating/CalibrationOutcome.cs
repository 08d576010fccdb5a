namespace Pictor.Training.Calibrating;

/// <summary>What <see cref="PackageCalibrator"/> did.</summary>
/// <param name="Model">The new package.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Data">Fingerprint of the data it was fitted on.</param>
/// <param name="Split">train, val, test or all.</param>
/// <param name="Samples">Pictures it was fitted on.</param>
/// <param name="Temperature">What was baked in; null when nothing was.</param>
/// <param name="ErrorBefore">Expected calibration error on them before, 0..1; null for several labels.</param>
/// <param name="ErrorAfter">And after.</param>
/// <param name="Precision">That the thresholds were sought for.</param>
/// <param name="Certain">Whether it is reached with 95 % certainty.</param>
/// <param name="Classes">In the order of the classes.</param>
/// <param name="Notes">What could not be done, and why.</param>
/// <param name="Skipped">Pictures left out.</param>
public sealed record CalibrationOutcome(
    string Model, string Name, string Version, string Data, string Split, int Samples, double? Temperature, double? ErrorBefore, double? ErrorAfter, double Precision, bool Certain,
    IReadOnlyList<CalibratedClass> Classes, IReadOnlyList<string> Notes, IReadOnlyList<SkippedFile> Skipped);

/// <summary>The threshold of a class.</summary>
/// <param name="Label">Its name.</param>
/// <param name="LabelId">Its id.</param>
/// <param name="Threshold">From here on it is named; null: nowhere does it reach the precision.</param>
/// <param name="Precision">On the pictures it was fitted on.</param>
/// <param name="PrecisionLow">At least, with 95 % certainty.</param>
/// <param name="Recall">What remains of the class.</param>
/// <param name="Answers">Pictures named so.</param>
public sealed record CalibratedClass(string Label, string LabelId, double? Threshold, double? Precision, double? PrecisionLow, double? Recall, int Answers);

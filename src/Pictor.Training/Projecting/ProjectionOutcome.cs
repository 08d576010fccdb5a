namespace Pictor.Training.Projecting;

/// <summary>What <see cref="PackageProjection"/> did.</summary>
/// <param name="Model">The new package's file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Pictures">Pictures it was fitted on.</param>
/// <param name="LengthBefore">Of the old embedding.</param>
/// <param name="Length">Of the new one.</param>
/// <param name="Shrinkage">Chosen: see docs/transfer.md.</param>
/// <param name="Emphasis">Chosen.</param>
/// <param name="UnseenBefore">mAP@10 on classes that the map was not fitted on (a quarter of the classes at a time), with the old embedding.</param>
/// <param name="Unseen">And with the new one.</param>
/// <param name="Judged">Pictures of the validation part; 0 without one.</param>
/// <param name="Before">mAP@10 among them with the old embedding.</param>
/// <param name="After">And with the new one.</param>
/// <param name="Skipped">Pictures left out.</param>
public sealed record ProjectionOutcome(
    string Model, string Name, string Version, int Pictures, int LengthBefore, int Length, double Shrinkage, double Emphasis, double UnseenBefore, double Unseen,
    int Judged, double? Before, double? After, IReadOnlyList<SkippedFile> Skipped);

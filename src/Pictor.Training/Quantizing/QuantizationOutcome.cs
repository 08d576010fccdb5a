using Pictor.Models.Quantizing;

namespace Pictor.Training.Quantizing;

/// <summary>What <see cref="PackageQuantization"/> did.</summary>
/// <param name="Model">The new package's file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Pictures">Pictures whose inner values were looked at.</param>
/// <param name="WeightBits">8 or 7.</param>
/// <param name="Layers">What became of each layer.</param>
/// <param name="Judged">Pictures both were judged on, and their part of the data; none where no labelled part was left.</param>
/// <param name="Split">That part.</param>
/// <param name="AccuracyBefore">Top-1 on them, 0..1; null when it could not be judged.</param>
/// <param name="AccuracyAfter">And of the new package.</param>
/// <param name="BytesBefore">Of the package file.</param>
/// <param name="BytesAfter">Of the new one.</param>
/// <param name="Speeds">On one thread, here and now.</param>
/// <param name="Skipped">Pictures left out.</param>
public sealed record QuantizationOutcome(
    string Model, string Name, string Version, int Pictures, int WeightBits, IReadOnlyList<QuantizedLayer> Layers, int Judged, string? Split, double? AccuracyBefore, double? AccuracyAfter,
    long BytesBefore, long BytesAfter, IReadOnlyList<QuantizedSpeed> Speeds, IReadOnlyList<SkippedFile> Skipped);

/// <summary>Pictures per second on one thread, decoding not counted: medians of runs in turns.</summary>
/// <param name="Batch">Pictures at once.</param>
/// <param name="Before">The old package.</param>
/// <param name="After">The new one.</param>
public sealed record QuantizedSpeed(int Batch, double Before, double After);

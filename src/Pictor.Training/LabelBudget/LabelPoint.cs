using System.Text.Json.Serialization;

namespace Pictor.Training.LabelBudget;

/// <summary>A point of the curve.</summary>
/// <param name="PerClass">Examples of each class at most; a class with fewer gives all it has. Null: all there are.</param>
/// <param name="Pictures">Pictures that this makes.</param>
/// <param name="Mean">Pictures a class.</param>
public sealed record LabelPoint(int? PerClass, int Pictures, double Mean)
{
    /// <summary>running, finished, failed or stopped.</summary>
    public string State { get; init; } = "running";

    /// <summary>On the validation part, 0..1; null before the end.</summary>
    public double? ValAccuracy { get; init; }

    /// <summary>Over several draws of the examples; null for one.</summary>
    public double? Spread { get; init; }

    /// <summary>Passes over the pictures; null for a head.</summary>
    public int? Epochs { get; init; }

    /// <summary>Wall time.</summary>
    public double Seconds { get; init; }

    /// <summary>Run folder, relative to that of the curve; null for a head.</summary>
    public string? Folder { get; init; }

    /// <summary>Why it failed or was stopped.</summary>
    public string? Reason { get; init; }

    [JsonIgnore]
    internal bool IsFinished => State == "finished" && ValAccuracy is not null;
}

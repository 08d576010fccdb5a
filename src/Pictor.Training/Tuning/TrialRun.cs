using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Pictor.Training.Tuning;

/// <summary>One training of one trial; a trial that halving keeps is trained again, for more epochs.</summary>
/// <param name="Trial">0: the defaults.</param>
/// <param name="Rung">0: the shortest length.</param>
/// <param name="Epochs">Its length.</param>
/// <param name="Folder">Its run folder, relative to that of the tuning.</param>
/// <param name="Settings">What was drawn, by field; empty for the defaults.</param>
public sealed record TrialRun(int Trial, int Rung, int Epochs, string Folder, JsonObject Settings)
{
    /// <summary>One of <see cref="Running"/>, <see cref="Finished"/>, <see cref="Failed"/>, <see cref="Stopped"/>.</summary>
    public string State { get; init; } = Running;

    /// <summary>On the validation part; null before the end and where it is no number.</summary>
    public double? ValLoss { get; init; }

    /// <summary>0..1.</summary>
    public double? ValAccuracy { get; init; }

    /// <summary>Wall time, opening and decoding of the pictures included.</summary>
    public double Seconds { get; init; }

    /// <summary>Of these, those of its epochs.</summary>
    public double EpochSeconds { get; init; }

    /// <summary>Why it failed or was stopped.</summary>
    public string? Reason { get; init; }

    /// <summary>It is under way, or the tuning was killed during it.</summary>
    public const string Running = "running";

    /// <summary>It has figures.</summary>
    public const string Finished = "finished";

    /// <summary>It diverged or could not be trained; it is not tried again.</summary>
    public const string Failed = "failed";

    /// <summary>The time was over; resuming goes on with it.</summary>
    public const string Stopped = "stopped";

    /// <summary>Finished or failed.</summary>
    [JsonIgnore]
    public bool HasEnded => State is Finished or Failed;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pictor.Training.Runs;

/// <summary>What the trainer says: one JSON line each on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Advanced), "progress")]
[JsonDerivedType(typeof(EpochEnded), "epoch")]
[JsonDerivedType(typeof(SkippedInput), "skipped")]
[JsonDerivedType(typeof(Finished), "finished")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record TrainerMessage
{
    private TrainerMessage() { }

    /// <summary>The message as one line, without the line's end.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, PictorJson.Compact);

    /// <summary>The message that <see cref="ToLine"/> wrote; null for anything else, such as what a native library prints by itself.</summary>
    public static TrainerMessage? FromLine(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize<TrainerMessage>(line, PictorJson.Compact);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A sentence to say aloud, such as how the data was split.</summary>
    public sealed record Said(string Text) : TrainerMessage;

    /// <summary>How far it has come: stage, done, total, and what to show beside it ("epoch 2/5, loss 0.081").</summary>
    public sealed record Advanced(string Stage, long Done, long? Total, string? Note) : TrainerMessage;

    /// <summary>An epoch is over.</summary>
    public sealed record EpochEnded(EpochMetrics Metrics) : TrainerMessage;

    /// <summary>A picture was left out.</summary>
    public sealed record SkippedInput(string File, string Reason) : TrainerMessage;

    /// <summary>The package is written; <paramref name="Stopped"/> tells of early stopping.</summary>
    public sealed record Finished(string Model, int Epochs, double? ValAccuracy, double Seconds, bool Stopped) : TrainerMessage;

    /// <summary>Bad input (subject, problem and remedy are set), or a bug (text only).</summary>
    public sealed record Failed(string Text, string? Subject, string? Problem, string? Remedy, string? Code) : TrainerMessage;
}

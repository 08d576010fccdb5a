using Pictor.Imaging;
using Pictor.Trainer.Loop;

namespace Pictor.Trainer.Checkpoints;

/// <summary>What a checkpoint says of itself, in front of its arrays.</summary>
internal sealed record CheckpointHeader
{
    public const int CurrentSchema = 2;

    public int Schema { get; init; } = CurrentSchema;

    public required string Network { get; init; }

    public required PictureShape Input { get; init; }

    public required int Classes { get; init; }

    public required string DataFingerprint { get; init; }

    public required int Batch { get; init; }

    public required int Threads { get; init; }

    public required RunPosition Position { get; init; }

    /// <summary>The arrays that follow, in order.</summary>
    public IReadOnlyList<ArrayEntry> Arrays { get; init; } = [];
}

/// <summary>Name and number of values.</summary>
internal sealed record ArrayEntry(string Name, int Length);

/// <summary>A run frozen between two steps.</summary>
internal sealed record Checkpoint(CheckpointHeader Header, IReadOnlyDictionary<string, float[]> Arrays);

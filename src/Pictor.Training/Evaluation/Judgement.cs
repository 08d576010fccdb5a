using Pictor.Metrics;

namespace Pictor.Training.Evaluation;

/// <summary>Everything that the forms of a report are made from.</summary>
internal sealed record Judgement
{
    /// <summary>Names of the classes, each one once, in the order of the scores.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>File of each sample; empty where unknown.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public required PredictionTable Table { get; init; }

    public required ClassificationFigures Figures { get; init; }

    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    public ModelFacts? Model { get; init; }

    public required DataFacts Data { get; init; }

    /// <summary>Where the data came from, for people.</summary>
    public required string Source { get; init; }

    /// <summary>Judged pictures that are byte-equal to a training picture; null when the training pictures are not known.</summary>
    public int? Leaked { get; init; }

    /// <summary>Picture behind a sample as a small data URI; null when there are no pictures.</summary>
    public Func<int, string?>? Thumbnail { get; init; }
}

using Pictor.Metrics;
using Pictor.Models.Packages;
using Pictor.Training.Comparing;
using Pictor.Training.Evaluation.Slicing;

namespace Pictor.Training.Evaluation;

/// <summary>What the forms of a report are made from, whatever the task.</summary>
internal abstract record JudgedPictures
{
    /// <summary>File of each sample; empty where unknown.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    public ModelFacts? Model { get; init; }

    public required DataFacts Data { get; init; }

    /// <summary>Where the data came from, for people.</summary>
    public required string Source { get; init; }

    /// <summary>Judged pictures among the training pictures; null when these are not known.</summary>
    public Leakage? Leakage { get; init; }

    /// <summary>Picture behind a sample as a small data URI; null when there are no pictures.</summary>
    public Func<int, string?>? Thumbnail { get; init; }

    /// <summary>Ways to divide the samples; empty for a table of predictions.</summary>
    public IReadOnlyList<SliceColumn> Columns { get; init; } = [];

    /// <summary>How the package was calibrated; null when it was not or is not known.</summary>
    public PackageCalibration? Calibration { get; init; }
}

/// <summary>One class for each picture.</summary>
internal sealed record Judgement : JudgedPictures
{
    private Findings? _findings;

    /// <summary>Names of the classes, each one once, in the order of the scores.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required PredictionTable Table { get; init; }

    public required ClassificationFigures Figures { get; init; }

    /// <summary>The precision that thresholds are sought for.</summary>
    public double WantedPrecision { get; init; } = Evaluation.Findings.UsualPrecision;

    /// <summary>Against another model; null when none was named.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>What the model looked at where it was surely wrong.</summary>
    public IReadOnlyList<ExplainedMistake> Mistakes { get; init; } = [];

    /// <summary>Computed when first asked for.</summary>
    public Findings Findings => _findings ??= Findings.Of(this);
}

/// <summary>A picture with the regions that its wrong answer rests on.</summary>
/// <param name="Position">In the table of predictions.</param>
/// <param name="Map">Overlay as a data URI.</param>
internal sealed record ExplainedMistake(int Position, string Map);

/// <summary>Any number of classes for each picture.</summary>
internal sealed record MultiLabelJudgement : JudgedPictures
{
    public required IReadOnlyList<string> Names { get; init; }

    public required MultiLabelTable Table { get; init; }

    /// <summary>[classes]: where a class is named.</summary>
    public required IReadOnlyList<double> Thresholds { get; init; }

    public required MultiLabelFigures Figures { get; init; }

    public double WantedPrecision { get; init; } = Findings.UsualPrecision;

    public bool IsExact(int sample)
    {
        ReadOnlySpan<bool> truth = Table.Truth(sample);
        ReadOnlySpan<double> scores = Table.Scores(sample);
        for (int k = 0; k < truth.Length; k++)
        {
            if (scores[k] >= Thresholds[k] != truth[k])
                return false;
        }

        return true;
    }
}

/// <summary>A number for each picture.</summary>
internal sealed record RegressionJudgement : JudgedPictures
{
    /// <summary>[samples].</summary>
    public required double[] Targets { get; init; }

    /// <summary>[samples].</summary>
    public required double[] Values { get; init; }

    public required RegressionFigures Figures { get; init; }
}

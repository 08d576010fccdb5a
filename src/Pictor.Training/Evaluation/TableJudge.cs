using Pictor.Metrics;
using Pictor.Training.Comparing;

namespace Pictor.Training.Evaluation;

/// <summary>Judges a table of predictions from anyone.</summary>
internal static class TableJudge
{
    /// <exception cref="InputException">A file is missing or is not such a table.</exception>
    public static JudgedPictures Judge(EvaluationOptions options, CancellationToken cancellationToken)
    {
        if (ValueCsv.Is(options.Predictions!))
            return options.Against is null ? ValueCsv.Judge(options.Predictions!, cancellationToken) : throw NoComparison();
        Judgement judgement = Read(options.Predictions!, options.Precision, cancellationToken);
        return options.Against is null ? judgement : judgement with { Comparison = Opponent.CompareTables(judgement, options.Predictions!, options.Against, cancellationToken) };
    }

    /// <summary>A table of one class for each picture.</summary>
    public static Judgement Read(string path, double precision, CancellationToken cancellationToken)
    {
        var csv = PredictionCsv.Read(path, cancellationToken);
        return new Judgement
        {
            Names = csv.Names,
            Files = csv.Files,
            Table = csv.Table,
            Figures = ClassificationFigures.Of(csv.Table),
            WantedPrecision = precision,
            Data = new DataFacts(csv.Sha256, null),
            Source = Path.GetFullPath(path),
        };
    }

    private static InputException NoComparison() => new("--against", "models are compared where each picture has one class", "Leave --against out.");
}

using System.Text.Json;
using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Annotators;

namespace Pictor.Training.Evaluation;

/// <summary>Judges a package on labelled data, or a table of predictions from anyone.</summary>
public static class Evaluator
{
    /// <summary>Predicts, computes and writes the report.</summary>
    /// <exception cref="InputException">A file is missing or wrong, the split does not exist, or options contradict each other.</exception>
    public static async Task<EvaluationOutcome> RunAsync(EvaluationOptions options, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(options);
        if (options.Predictions is not null)
            return await Task.Run(() => Conclude(JudgeTable(options.Predictions, cancellationToken), options, progress), cancellationToken);
        using var annotator = await Task.Run(() => Annotator.Load(options.Model!), cancellationToken);
        using Dataset data = await Dataset.OpenAsync(options.Data!, progress, cancellationToken);
        Judgement judgement = await PackageJudge.JudgeAsync(annotator, data, options.Split, progress, cancellationToken);
        return await Task.Run(() => Conclude(judgement, options, progress), cancellationToken);
    }

    private static void Check(EvaluationOptions options)
    {
        if (options.Predictions is not null)
        {
            if (options.Model is not null || options.Data is not null || options.Split is not null)
            {
                throw new InputException("--predictions", "it judges a table as it stands and goes with neither --model, --data nor --split",
                    "Leave those out, or leave out --predictions.");
            }
        }
        else if (options.Model is null || options.Data is null)
        {
            throw new InputException("evaluate", $"{(options.Model is null ? "--model" : "--data")} is missing", "Name a package with --model and a data set with --data, or a table with --predictions.");
        }
    }

    private static Judgement JudgeTable(string path, CancellationToken cancellationToken)
    {
        var csv = PredictionCsv.Read(path, cancellationToken);
        return new Judgement
        {
            Names = csv.Names,
            Files = csv.Files,
            Table = csv.Table,
            Figures = ClassificationFigures.Of(csv.Table),
            Data = new DataFacts(csv.Sha256, null),
            Source = Path.GetFullPath(path),
        };
    }

    private static EvaluationOutcome Conclude(Judgement judgement, EvaluationOptions options, IProgress<Progress>? progress)
    {
        string json = JsonSerializer.Serialize(EvaluationReport.Of(judgement), PictorJson.Indented);
        string text = ReportText.Of(judgement);
        string? page = options.Out is null ? null : ReportFolder.Write(options.Out, judgement, json, text, options.Predictions, progress);
        return new EvaluationOutcome(json, text, judgement.Skipped, judgement.Figures.Accuracy, judgement.Figures.Samples, page);
    }
}

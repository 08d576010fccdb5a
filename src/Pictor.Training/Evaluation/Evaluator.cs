using System.Text.Json;
using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Training.Comparing;
using Pictor.Training.Explaining;

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
            return await Task.Run(() => Conclude(TableJudge.Judge(options, cancellationToken), options, progress), cancellationToken);
        using var annotator = await Task.Run(() => Annotator.Load(options.Model!), cancellationToken);
        using Dataset data = await Dataset.OpenAsync(options.Data!, progress, cancellationToken);
        var choice = SplitChoice.Of(data, annotator.Package.Manifest.Provenance, options.Split);
        JudgedPictures judged = await PackageJudge.JudgeAsync(annotator, data, choice, options, progress, cancellationToken);
        if (judged is Judgement single)
        {
            if (options.Against is not null)
                single = single with { Comparison = await Opponent.CompareAsync(single, options.Against, annotator.Package, data, choice, progress, cancellationToken) };
            if (options.Out is not null)
                single = single with { Mistakes = await Task.Run(() => MistakeMaps.Of(annotator, data, single, progress, cancellationToken), cancellationToken) };
            judged = single;
        }
        else if (options.Against is not null)
        {
            throw new InputException("--against", "models are compared where each picture has one class", "Leave --against out, or name a package of single classes.") { Code = "package.wrong-task" };
        }

        return await Task.Run(() => Conclude(judged, options, progress), cancellationToken);
    }

    private static void Check(EvaluationOptions options)
    {
        if (!(options.Precision is > 0 and <= 1))
            throw new InputException("--precision", $"{options.Precision} is no precision", "Give a number above 0 and up to 1, such as 0.95.");
        if (options.Predictions is not null)
        {
            if (options.Model is not null || options.Data is not null || options.Split is not null || options.SliceBy.Count > 0)
            {
                throw new InputException("--predictions", "it judges a table as it stands and goes with neither --model, --data, --split nor --slice-by",
                    "Leave those out, or leave out --predictions.");
            }
        }
        else if (options.Model is null || options.Data is null)
        {
            throw new InputException("evaluate", $"{(options.Model is null ? "--model" : "--data")} is missing", "Name a package with --model and a data set with --data, or a table with --predictions.");
        }
    }

    private static EvaluationOutcome Conclude(JudgedPictures judged, EvaluationOptions options, IProgress<Progress>? progress)
    {
        EvaluationReport report = judged switch
        {
            Judgement single => ReportContents.Of(single),
            MultiLabelJudgement many => ReportContents.Of(many),
            RegressionJudgement numbers => ReportContents.Of(numbers),
            _ => throw new InvalidOperationException($"No report for {judged.GetType()}."),
        };
        string json = JsonSerializer.Serialize(report, PictorJson.Indented);
        string text = judged is Judgement one ? ReportText.Of(one) : TaskReportText.Of(judged, report);
        string? page = options.Out is null ? null : ReportFolder.Write(options.Out, judged, report, json, text, options.Predictions, progress);
        return new EvaluationOutcome(json, text, judged.Skipped, report.Accuracy, report.Samples, page);
    }
}

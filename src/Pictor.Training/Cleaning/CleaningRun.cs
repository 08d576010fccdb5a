using Pictor.Datasets;
using Pictor.Datasets.Cleaning;
using Pictor.Imaging;
using Pictor.Training.Recipes;

namespace Pictor.Training.Cleaning;

/// <summary>Looks for what is wrong with a data set, reports it, and writes a cleaned manifest when asked. The data set itself is never changed.</summary>
public static class CleaningRun
{
    /// <summary>Does all that the request asks for.</summary>
    /// <exception cref="InputException">A file is missing or wrong, or options contradict each other.</exception>
    public static async Task<CleaningReport> RunAsync(CleaningRequest request, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        using Dataset data = await Dataset.OpenAsync(request.Data, progress, cancellationToken);
        IReadOnlyList<CleaningIssue> issues;
        LabelVerdict? verdict = null;
        string? leakage = null;
        if (request.Issues is not null)
        {
            issues = await Task.Run(() => IssueCsv.Read(request.Issues, data), cancellationToken);
        }
        else
        {
            CleaningFindings findings = await DatasetCleaning.ExamineAsync(data, request.Options, progress, cancellationToken);
            verdict = await LabelsAsync(request, data, findings, progress, cancellationToken);
            issues = verdict is null ? findings.Issues : DatasetCleaning.Ordered([.. findings.Issues, .. LabelIssues(data, verdict, request.LabelErrors)]);
            leakage = LeakageOf(data, findings.Sets);
        }

        CleanedData cleaned = await ApplyAsync(request, data, issues, cancellationToken);
        CleaningReport report = ReportOf(data, issues, verdict, leakage, cleaned);
        return request.Out is null ? report : await Task.Run(() => CleaningFolder.Write(request.Out, data, report, issues, request.Issues, progress), cancellationToken);
    }

    private static void Check(CleaningRequest request)
    {
        string[] sources = [.. new[] { (request.Run, "--run"), (request.Predictions, "--predictions"), (request.CrossValidate is null ? null : "", "--cross-validate"), (request.Issues, "--issues") }.Where(s => s.Item1 is not null).Select(s => s.Item2)];
        if (sources.Length > 1)
            throw new InputException(string.Join(" and ", sources), "they exclude each other", "Say one of them: each brings its own judgement of the labels.");
        if (request.CrossValidate is < 2 or > 100)
            throw new InputException("--cross-validate", $"{request.CrossValidate} folds are not possible", "Say a number from 2 to 100; 5 is usual.");
        if (request.Apply is { } apply && !apply.EndsWith(DatasetManifest.Extension, StringComparison.OrdinalIgnoreCase))
            throw new InputException("--apply", $"'{apply}' is no name of a manifest", $"Let it end with {DatasetManifest.Extension}.");
    }

    private static async Task<LabelVerdict?> LabelsAsync(CleaningRequest request, Dataset data, CleaningFindings findings, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        if (request.Run is null && request.Predictions is null && request.CrossValidate is null)
            return null;
        if (data.Task != DatasetTask.SingleLabel)
            throw new InputException(request.Data, "likely label errors are found where each picture has exactly one label, and here it is otherwise", "Leave out --run, --predictions and --cross-validate.");
        if (request.Run is { } run)
            return await Task.Run(() => MarginRule.Judge(data, MarginTable.Read(run, data), run), cancellationToken);
        if (request.Predictions is { } predictions)
            return await Task.Run(() => OutOfSampleTable.Read(predictions, data, cancellationToken).Judge(data, Path.GetFullPath(predictions)), cancellationToken);
        Recipe recipe = RecipeDefaults.For(request.Network);
        recipe = (recipe with { Epochs = request.Epochs ?? recipe.Epochs }).Resolve();
        int folds = request.CrossValidate!.Value;
        OutOfSampleTable table = await CrossValidation.RunAsync(data, DuplicateFinder.GroupOf(findings.Sets, data.Samples.Count), folds, recipe, request.Out, progress, cancellationToken);
        return table.Judge(data, $"{folds} networks ({recipe.Network}, {recipe.Epochs} epochs), each without the part that it judges");
    }

    private static IEnumerable<CleaningIssue> LabelIssues(Dataset data, LabelVerdict verdict, CleaningAction action) => verdict.Suspects.Select(s =>
    {
        // What stands in test judges; it is shown, and a person decides.
        CleaningAction own = data.Samples[s.Sample].Declared == Split.Test ? CleaningAction.Keep : action;
        Sample sample = data.Samples[s.Sample];
        return new CleaningIssue(s.Sample, sample.File, CleaningProblem.LabelError, Math.Round(s.Confidence, 4), data.Labels[sample.Class].Id, data.Labels[s.Suggested].Id, null, own, s.Detail);
    });

    private static string? LeakageOf(Dataset data, IReadOnlyList<DuplicateSet> sets)
    {
        if (data.Samples.All(s => s.Declared is null) || data.Samples.Select(s => s.Declared).Distinct().Count() < 2)
            return null;
        Split judged = data.Samples.Any(s => s.Declared == Split.Test) ? Split.Test : Split.Val;
        int[] train = [.. data.Samples.Where(s => s.Declared != judged).Select(s => s.Index)], test = [.. data.Samples.Where(s => s.Declared == judged).Select(s => s.Index)];
        return Leakage.Of(data, train, test, DuplicateFinder.GroupOf(sets, data.Samples.Count)).Line();
    }

    private static async Task<CleanedData> ApplyAsync(CleaningRequest request, Dataset data, IReadOnlyList<CleaningIssue> issues, CancellationToken cancellationToken)
    {
        (IReadOnlyList<Sample> samples, int dropped, int relabelled) = CleanedSamples.Of(data, issues);
        if (request.Apply is null)
            return new CleanedData(null, samples.Count, dropped, relabelled, null);
        string path = Path.GetFullPath(request.Apply);
        string fingerprint = await DatasetManifest.WriteAsync(path, data, samples, $"Cleaned: {dropped} left out, {relabelled} relabelled.", cancellationToken);
        return new CleanedData(path, samples.Count, dropped, relabelled, fingerprint);
    }

    private static CleaningReport ReportOf(Dataset data, IReadOnlyList<CleaningIssue> issues, LabelVerdict? verdict, string? leakage, CleanedData cleaned) => new()
    {
        Path = data.Path,
        Fingerprint = data.Fingerprint,
        Samples = data.Samples.Count,
        Counts =
        [
            .. issues.GroupBy(i => i.Problem).OrderBy(g => g.Key).Select(g => new ProblemCount(ProblemNames.Word(g.Key), g.Count(), g.Count(i => i.Action == CleaningAction.Drop))),
        ],
        LabelErrors = verdict?.Source,
        Leakage = leakage,
        Cleaned = cleaned,
        Issues = [.. issues.Select(i => new IssueRow(i.File, ProblemNames.Word(i.Problem), i.Severity, i.Label, i.Suggestion, i.Group, i.Action, i.Detail))],
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Training.Evaluation;

namespace Pictor.Training.Comparing;

/// <summary>A field in which runs differ.</summary>
/// <param name="Field">Such as optimizer.learningRate.</param>
/// <param name="Values">[runs], as JSON; null where a run has no such field.</param>
public sealed record RunDifference(string Field, IReadOnlyList<JsonNode?> Values);

/// <summary>Runs side by side.</summary>
/// <param name="Runs">In the order asked for.</param>
/// <param name="Differences">Fields of config.json that are not the same in all of them.</param>
public sealed record RunComparison(IReadOnlyList<RunSummary> Runs, IReadOnlyList<RunDifference> Differences)
{
    /// <summary>Names that tell the runs apart: the package's, or the folder where names repeat.</summary>
    public IReadOnlyList<string> Titles { get; } = Named(Runs);

    /// <summary>The first run against each other one on the same pictures; empty without data.</summary>
    internal IReadOnlyList<ModelComparison> Models { get; init; } = [];

    /// <summary>Reads and compares.</summary>
    /// <param name="folders">Two or more.</param>
    /// <param name="data">A data set to judge the packages on; null: none.</param>
    /// <param name="split">Its part; null: as <c>evaluate</c> chooses.</param>
    /// <param name="progress">Told while packages are judged.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="InputException">Not a run, fewer than two, or a package that is missing when there is data to judge on.</exception>
    public static async Task<RunComparison> OfAsync(
        IReadOnlyList<string> folders, string? data = null, string? split = null, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        RunSummary[] runs = [.. folders.Select(RunList.Open)];
        if (runs.Select(r => r.Folder).Distinct(StringComparer.Ordinal).Count() < 2)
            throw new InputException("runs compare", "it takes two runs or more", "Name the folders of different runs.");
        var comparison = new RunComparison(runs, Differing(runs));
        return data is null ? comparison : comparison with { Models = await JudgeAsync(comparison, data, split, progress, cancellationToken) };
    }

    /// <summary>The whole as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new { Runs, Differences, Curves = Runs.Select((r, i) => new { Run = Titles[i], r.Metrics }), Comparisons = Models.Select(ComparisonReport.Of) }, PictorJson.Indented);

    private static async Task<IReadOnlyList<ModelComparison>> JudgeAsync(RunComparison runs, string path, string? split, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        foreach (RunSummary run in runs.Runs.Where(r => !File.Exists(r.ModelPath)))
            throw new InputException(run.Folder, "the run has no package yet, so it cannot be judged on data", "Finish it with 'pictor train --resume', or leave out --data.") { Code = "run.unfinished" };
        using Dataset data = await Dataset.OpenAsync(path, progress, cancellationToken);
        var found = new List<ModelComparison>();
        SplitChoice? choice = null;
        Judgement? first = null;
        for (int i = 0; i < runs.Runs.Count; i++)
        {
            using var annotator = await Task.Run(() => Annotator.Load(runs.Runs[i].ModelPath), cancellationToken);
            choice ??= SplitChoice.Of(data, annotator.Package.Manifest.Provenance, split);
            Judgement judged = await PackageJudge.JudgeSingleAsync(annotator, data, choice, new EvaluationOptions(), progress, cancellationToken);
            if (first is null)
                first = judged;
            else
                found.Add(ModelComparison.Of(runs.Titles[0], first, runs.Titles[i], judged) with { Note = SeedNote(runs.Runs[0], runs.Runs[i], choice) });
        }

        return found;
    }

    private static string? SeedNote(RunSummary first, RunSummary other, SplitChoice choice) =>
        first.Config.Recipe!.Seed != other.Config.Recipe!.Seed && choice.Training is not null && choice.Name != SplitChoice.All
            ? "The runs have different seeds. Where the seed cuts the data, pictures that one kept for judging trained the other."
            : null;

    private static IReadOnlyList<RunDifference> Differing(RunSummary[] runs)
    {
        SortedDictionary<string, JsonNode?>[] flat = [.. runs.Select(r =>
        {
            var fields = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal) { ["data"] = r.Data, ["pictorVersion"] = r.Config.PictorVersion };
            Flatten("", JsonSerializer.SerializeToNode(r.Config.Recipe, PictorJson.Compact), fields);
            return fields;
        })];
        return
        [
            .. flat.SelectMany(f => f.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(key => flat.Any(f => !JsonNode.DeepEquals(f.GetValueOrDefault(key), flat[0].GetValueOrDefault(key))))
                .Select(key => new RunDifference(key, [.. flat.Select(f => f.GetValueOrDefault(key)?.DeepClone())])),
        ];
    }

    private static void Flatten(string prefix, JsonNode? node, SortedDictionary<string, JsonNode?> fields)
    {
        if (node is JsonObject inner)
        {
            foreach ((string name, JsonNode? value) in inner)
                Flatten(prefix.Length == 0 ? name : $"{prefix}.{name}", value, fields);
        }
        else
        {
            fields[prefix] = node?.DeepClone();
        }
    }

    private static string[] Named(IReadOnlyList<RunSummary> runs)
    {
        Func<RunSummary, string>[] ways = [r => r.Name, r => Path.GetFileName(r.Folder), r => r.Folder];
        Func<RunSummary, string> way = ways.FirstOrDefault(w => runs.Select(w).Distinct(StringComparer.Ordinal).Count() == runs.Count, ways[^1]);
        return [.. runs.Select(way)];
    }
}

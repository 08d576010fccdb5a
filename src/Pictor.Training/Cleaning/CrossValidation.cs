using Pictor.Datasets;
using Pictor.Metrics;
using Pictor.Models.Annotators;
using Pictor.Models.Labels;
using Pictor.Training.Evaluation;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Training.Cleaning;

/// <summary>
/// Out-of-sample probabilities for every sample: the data set is cut into folds, a network is trained without each and judges it.
/// Copies of one picture lie in one fold, for a network that was trained on a copy knows the answer.
/// </summary>
internal static class CrossValidation
{
    public static async Task<OutOfSampleTable> RunAsync(
        Dataset data, IReadOnlyList<int> groups, int folds, Recipe recipe, string? keepIn, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        int[] foldOf = Folds(data, groups, folds, recipe.Seed);
        string place = Path.Combine(Path.GetTempPath(), $"pictor-folds-{Guid.NewGuid():N}");
        Directory.CreateDirectory(place);
        var samples = new List<int>();
        var probabilities = new List<double>();
        try
        {
            for (int fold = 0; fold < folds; fold++)
                await JudgeFoldAsync(data, foldOf, fold, folds, recipe, place, samples, probabilities, progress, cancellationToken);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }

        var table = new OutOfSampleTable([.. samples], [.. probabilities]);
        if (keepIn is not null)
        {
            Directory.CreateDirectory(keepIn);
            PredictionCsv.Write(
                Path.Combine(keepIn, "out-of-sample.csv"), [.. data.Labels.Select(l => l.Id)], [.. samples.Select(s => data.Samples[s].File)],
                new PredictionTable(data.Labels.Count, [.. samples.Select(s => data.Samples[s].Class)], table.Probabilities));
        }

        return table;
    }

    /// <summary>Fold of each sample: class by class, groups dealt out in an order that depends on seed and content only.</summary>
    internal static int[] Folds(Dataset data, IReadOnlyList<int> groups, int folds, int seed)
    {
        var foldOf = new int[data.Samples.Count];
        foreach (IGrouping<int, IGrouping<int, Sample>> byClass in data.Samples.GroupBy(s => groups[s.Index]).GroupBy(g => g.First().Class).OrderBy(c => c.Key))
        {
            int next = byClass.Key;
            foreach (IGrouping<int, Sample> group in byClass.OrderBy(g => KeyOf(g.First().Sha256, seed)).ThenBy(g => g.First().Sha256, StringComparer.Ordinal))
            {
                foreach (Sample sample in group)
                    foldOf[sample.Index] = next % folds;
                next++;
            }
        }

        return foldOf;
    }

    private static ulong KeyOf(string sha256, int seed)
    {
        // SplitMix64's last steps over the content: any seed gives another order.
        ulong z = ulong.Parse(sha256.AsSpan(0, 16), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) + ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static async Task JudgeFoldAsync(
        Dataset data, int[] foldOf, int fold, int folds, Recipe recipe, string place, List<int> samples, List<double> probabilities, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        // The fold is declared as test: the trainer holds back its own validation part of the rest, and never sees the fold.
        string manifest = Path.Combine(place, $"fold{fold + 1}{DatasetManifest.Extension}"), run = Path.Combine(place, $"run{fold + 1}");
        await DatasetManifest.WriteAsync(manifest, data, data.Samples.Select(s => s with { Declared = foldOf[s.Index] == fold ? Split.Test : Split.Train }), $"Fold {fold + 1} of {folds}.", cancellationToken);
        var job = new TrainingJob(manifest, run, recipe, $"fold{fold + 1}");
        RunFolder.Prepare(run, job, resume: false, force: false);
        string? model = null;
        string stage = $"Fold {fold + 1} of {folds}: training";
        await foreach (TrainerMessage message in TrainerProcess.RunAsync(job, cancellationToken))
        {
            switch (message)
            {
                case TrainerMessage.Advanced step:
                    progress?.Report(new Progress(stage, step.Done, step.Total, step.Note));
                    break;
                case TrainerMessage.Finished end:
                    model = end.Model;
                    break;
            }
        }

        using var annotator = await Task.Run(() => Annotator.Load(model ?? throw new InvalidOperationException("The trainer ended without writing a model.")), cancellationToken);
        int[] match = LabelMatcher.Match(data.Labels, annotator.Package.Labels);
        int known = annotator.Package.Manifest.Classes;
        Predictor.Outcome outcome = await Predictor.RunAsync(annotator, data, [.. Enumerable.Range(0, foldOf.Length).Where(i => foldOf[i] == fold)], progress, cancellationToken);
        for (int r = 0; r < outcome.Samples.Count; r++)
        {
            samples.Add(outcome.Samples[r]);
            for (int c = 0; c < match.Length; c++)
                probabilities.Add(match[c] < 0 ? 0 : outcome.Probabilities[(r * known) + match[c]]);
        }
    }
}

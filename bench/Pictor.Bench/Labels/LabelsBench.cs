using System.Diagnostics;
using System.Globalization;
using Pictor.Datasets;
using Pictor.Datasets.Cleaning;
using Pictor.Imaging;
using Pictor.Training.Cleaning;
using Pictor.Training.Evaluation;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Bench.Labels;

/// <summary>One row: a kind and rate of noise, how many wrong labels were found, and what cleaning won back.</summary>
internal sealed record LabelsRow(
    string Kind, double Rate, int Seed, int Wrong, int Flagged, int Right, double Precision, double Recall, double SuggestionRight, double? Threshold,
    double AccuracyNoisy, double? AccuracyCleaned, double Seconds);

/// <summary>What was measured, on what, and how.</summary>
internal sealed record LabelsReport(string Data, string Network, int Epochs, string Method, IReadOnlyList<LabelsRow> Rows);

/// <summary>
/// labels --data DIR [--kinds symmetric,pair] [--rates 2,5,10] [--seeds 1] [--network mnist-cnn] [--epochs N] [--augment none] [--folds 0] [--retrain 1] [--out DIR]:
/// gives a share of the training labels another class, trains, looks for them by the margins of that run (or, with --folds K, by cross-validation),
/// and trains again without what was found; both networks are judged on the untouched test part.
/// </summary>
internal static class LabelsBench
{
    public static async Task<LabelsReport> RunAsync(Flags flags, TextWriter output)
    {
        flags.Allow("data", "kinds", "rates", "seeds", "network", "epochs", "augment", "folds", "retrain", "out");
        string path = flags.Text("data", "");
        if (path.Length == 0)
            throw new InputException("--data", "no data set is named", "Name one with a test part.");
        Recipe recipe = RecipeDefaults.For(flags.Text("network", RecipeDefaults.Network));
        recipe = (recipe with { Epochs = flags.Number("epochs", recipe.Epochs), Augment = Augmentation.Named(flags.Text("augment", "none")) }).Resolve();
        int folds = flags.Number("folds", 0, 0);
        string place = flags.Text("out", Path.Combine(Path.GetTempPath(), "pictor-labels"));
        Directory.CreateDirectory(place);
        using Dataset data = await Dataset.OpenAsync(path);
        var rows = new List<LabelsRow>();
        output.WriteLine("kind       rate  seed  wrong  flagged  precision  recall  suggestion  noisy acc  cleaned acc  seconds");
        foreach (string kind in flags.Text("kinds", "symmetric,pair").Split(','))
        {
            foreach (string rate in flags.Text("rates", "2,5,10").Split(','))
            {
                foreach (string seed in flags.Text("seeds", "1").Split(','))
                {
                    if (!double.TryParse(rate, CultureInfo.InvariantCulture, out double percent) || !int.TryParse(seed, CultureInfo.InvariantCulture, out int number))
                        throw new InputException("--rates and --seeds", $"'{rate}' or '{seed}' is not a number", "Write them as --rates 2,5,10 --seeds 1,2,3.");
                    var noise = new LabelNoise(kind, percent / 100, number);
                    LabelsRow row = await MeasureAsync(data, noise, recipe with { Seed = noise.Seed }, folds, flags.Number("retrain", 1, 0) > 0, place);
                    rows.Add(row);
                    output.WriteLine($"{row.Kind,-9} {row.Rate * 100,4:0.#} % {row.Seed,4} {row.Wrong,6} {row.Flagged,8} {row.Precision,10:0.0000} {row.Recall,7:0.0000} {row.SuggestionRight,11:0.0000} {row.AccuracyNoisy,10:0.0000} {row.AccuracyCleaned,12:0.0000} {row.Seconds,8:0}");
                }
            }
        }

        return new LabelsReport(path, recipe.Network, recipe.Epochs, folds > 0 ? $"confident learning, {folds} folds" : "margins", rows);
    }

    private static async Task<LabelsRow> MeasureAsync(Dataset data, LabelNoise noise, Recipe recipe, int folds, bool retrain, string place)
    {
        var clock = Stopwatch.StartNew();
        string stem = Path.Combine(place, $"{noise.Kind}-{noise.Rate * 100:0.#}-{noise.Seed}-{Environment.ProcessId}");
        string noisy = stem + DatasetManifest.Extension, clean = stem + "-clean" + DatasetManifest.Extension;
        IReadOnlyList<Sample> samples = noise.Apply(data);
        HashSet<string> wrong = [.. samples.Where(s => s.Class != data.Samples[s.Index].Class).Select(s => s.File)];
        await DatasetManifest.WriteAsync(noisy, data, samples, $"{noise.Rate:P0} {noise.Kind} noise, seed {noise.Seed}.");
        string model = await TrainAsync(noisy, stem + "-run", recipe);
        CleaningReport report = await CleaningRun.RunAsync(new CleaningRequest
        {
            Data = noisy,
            Run = folds > 0 ? null : stem + "-run",
            CrossValidate = folds > 0 ? folds : null,
            Network = recipe.Network,
            Epochs = recipe.Epochs,
            Apply = clean,
            Options = new CleaningOptions { Duplicates = new DuplicateOptions { Near = false } },
        });
        IssueRow[] flagged = [.. report.Issues.Where(i => i.Problem == "label-error" && i.Action == CleaningAction.Drop)];
        Dictionary<string, string> truth = data.Samples.ToDictionary(s => s.File, s => data.Labels[s.Class].Id, StringComparer.Ordinal);
        int right = flagged.Count(f => wrong.Contains(f.File));
        double suggestions = right == 0 ? double.NaN : (double)flagged.Count(f => wrong.Contains(f.File) && truth[f.File] == f.Suggestion) / right;
        double noisyAccuracy = await AccuracyAsync(model, noisy);
        double? cleanedAccuracy = retrain ? await AccuracyAsync(await TrainAsync(clean, stem + "-clean-run", recipe), noisy) : null;
        return new LabelsRow(
            noise.Kind, noise.Rate, noise.Seed, wrong.Count, flagged.Length, right, (double)right / flagged.Length, (double)right / wrong.Count, suggestions, report.LabelErrors?.Threshold,
            noisyAccuracy, cleanedAccuracy, clock.Elapsed.TotalSeconds);
    }

    private static async Task<string> TrainAsync(string data, string run, Recipe recipe)
    {
        var job = new TrainingJob(data, run, recipe, "labels");
        RunFolder.Prepare(run, job, resume: false, force: false);
        string? model = null;
        await foreach (TrainerMessage message in TrainerProcess.RunAsync(job))
        {
            if (message is TrainerMessage.Finished end)
                model = end.Model;
        }

        return model ?? throw new InvalidOperationException("The trainer ended without writing a model.");
    }

    private static async Task<double> AccuracyAsync(string model, string data) =>
        (await Evaluator.RunAsync(new EvaluationOptions { Model = model, Data = data, Split = "test" })).Accuracy;
}

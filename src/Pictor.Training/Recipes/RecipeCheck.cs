using System.Globalization;
using Pictor.Imaging;
using Pictor.Models.Networks;

namespace Pictor.Training.Recipes;

/// <summary>Finds everything that is wrong with a recipe before any picture is read.</summary>
internal sealed class RecipeCheck
{
    private static readonly string[] s_optimizers = ["adam", "adamw", "sgd"];
    private static readonly string[] s_samplings = ["uniform", "balanced"];
    private static readonly string[] s_classWeights = ["none", "balanced"];

    private readonly List<string> _faults = [];

    /// <exception cref="InputException">With every fault.</exception>
    public static void Check(Recipe recipe, string subject)
    {
        var check = new RecipeCheck();
        check.Network(recipe);
        check.Sizes(recipe);
        check.Expect(recipe.Channels is null or 1 or 3, "channels", recipe.Channels, "1 (grey) or 3 (colour)");
        check.Range("epochs", recipe.Epochs, 1, 100_000);
        check.Range("batch", recipe.Batch, 1, 65_536);
        check.Range("accumulate", recipe.Accumulate, 1, 4096);
        check.Range("patience", recipe.Patience, 0, 100_000);
        check.Range("threads", recipe.Threads, 0, 256);
        check.Range("samplesPerClass", recipe.SamplesPerClass, 1, int.MaxValue);
        check.Optimizer(recipe.Optimizer);
        check.Schedule(recipe.Schedule);
        check.Loss(recipe.Loss);
        check.Word("sampling", recipe.Sampling, s_samplings);
        check.Word("precision", recipe.Precision, Precisions.All);
        check.Expect(recipe.Ema is >= 0 and < 1, "ema", recipe.Ema, "0 (off) up to, but not including, 1");
        check.Expect(recipe.Transfer.LayerDecay is > 0 and <= 1, "transfer.layerDecay", recipe.Transfer.LayerDecay, "a number above 0, at most 1");
        check.Expect(recipe.Distill.Weight is >= 0 and <= 1, "distill.weight", recipe.Distill.Weight, "0 to 1");
        check.Expect(recipe.Distill.Temperature is >= 1 and <= 20, "distill.temperature", recipe.Distill.Temperature, "1 to 20");
        check.Expect(recipe.Budget is null or (>= 1 and <= 1e8), "budget", recipe.Budget, "at least 1 second");
        check._faults.AddRange(recipe.Augment.Faults("augment."));
        if (check._faults.Count > 0)
            throw new InputException(subject, string.Join("; ", check._faults), "Change the flags or the recipe file.") { Code = "recipe.invalid" };
    }

    private void Network(Recipe recipe)
    {
        // Channels and size as far as they are known; the trainer builds it again for the data.
        int side = recipe.Size is { } size and > 0 and <= NetworkCatalog.LargestSide ? size : 224;
        try
        {
            NetworkCatalog.Create(recipe.Network, new PictureShape(recipe.Channels ?? 3, side, side), classes: 10, recipe.Dropout);
        }
        catch (InputException e)
        {
            _faults.Add($"{e.Subject}: {e.Problem.TrimEnd('.')} ({e.Remedy.TrimEnd('.')})");
        }
    }

    private void Sizes(Recipe recipe)
    {
        Range("size", recipe.Size, 1, NetworkCatalog.LargestSide);
        int epochs = 0;
        for (int i = 0; i < (recipe.Progressive?.Count ?? 0); i++)
        {
            ResizeStage stage = recipe.Progressive![i];
            Range($"progressive[{i}].size", stage.Size, 1, NetworkCatalog.LargestSide);
            Range($"progressive[{i}].epochs", stage.Epochs, 1, 100_000);
            epochs += stage.Epochs;
        }

        if (epochs > 0)
            Expect(epochs < recipe.Epochs, "epochs", recipe.Epochs, string.Create(CultureInfo.InvariantCulture, $"more than the {epochs} at smaller sizes"));
    }

    private void Optimizer(OptimizerSettings optimizer)
    {
        Word("optimizer.kind", optimizer.Kind, s_optimizers);
        Expect(optimizer.LearningRate is null or (> 0 and <= 100), "optimizer.learningRate", optimizer.LearningRate, "a number above 0, at most 100");
        Expect(optimizer.Momentum is >= 0 and < 1, "optimizer.momentum", optimizer.Momentum, "0 up to, but not including, 1");
        Expect(optimizer.WeightDecay is >= 0 and <= 1, "optimizer.weightDecay", optimizer.WeightDecay, "0 to 1");
        Expect(optimizer.Clip is >= 0 and <= 1e6, "optimizer.clip", optimizer.Clip, "0 (off) or a length above it");
    }

    private void Schedule(ScheduleSettings schedule)
    {
        Word("schedule.kind", schedule.Kind, ScheduleSettings.Kinds);
        Expect(schedule.Warmup is null or (>= 0 and < 1), "schedule.warmup", schedule.Warmup, "0 up to, but not including, 1");
        Range("schedule.drops", schedule.Drops, 1, 100);
        Expect(schedule.Factor is > 0 and <= 1, "schedule.factor", schedule.Factor, "a number above 0, at most 1");
    }

    private void Loss(LossSettings loss)
    {
        Word("loss.kind", loss.Kind, LossSettings.Kinds);
        Expect(loss.LabelSmoothing is >= 0 and < 1, "loss.labelSmoothing", loss.LabelSmoothing, "0 up to, but not including, 1");
        Expect(loss.FocalGamma is >= 0 and <= 10, "loss.focalGamma", loss.FocalGamma, "0 to 10");
        Expect(loss.HuberDelta is > 0 and <= 1000, "loss.huberDelta", loss.HuberDelta, "a number above 0, at most 1000");
        Word("loss.classWeights", loss.ClassWeights, s_classWeights);
    }

    private void Range(string field, int? value, int low, int high) => Expect(value is null || (value >= low && value <= high), field, value, $"{low} to {high}");

    private void Word(string field, string value, IReadOnlyList<string> known)
    {
        if (known.Contains(value, StringComparer.Ordinal))
            return;
        string hint = NearestWord.Of(value, known) is { } near ? $"; did you mean '{near}'?" : "";
        _faults.Add($"{field} is '{value}', expected {string.Join(" or ", known)}{hint}");
    }

    private void Expect(bool holds, string field, IFormattable? value, string expected)
    {
        if (!holds)
            _faults.Add($"{field} is {value?.ToString(null, CultureInfo.InvariantCulture)}, expected {expected}");
    }
}

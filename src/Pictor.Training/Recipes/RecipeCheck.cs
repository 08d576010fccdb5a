using System.Globalization;
using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Models.Networks;

namespace Pictor.Training.Recipes;

/// <summary>Finds everything that is wrong with a recipe before any picture is read.</summary>
internal sealed class RecipeCheck
{
    private static readonly string[] s_optimizers = ["adam", "sgd"];
    private static readonly string[] s_schedules = ["one-cycle", "constant"];

    private readonly List<string> _faults = [];

    /// <exception cref="InputException">With every fault.</exception>
    public static void Check(Recipe recipe, string subject)
    {
        var check = new RecipeCheck();
        check.Network(recipe);
        check.Range("size", recipe.Size, 1, NetworkCatalog.LargestSide);
        check.Expect(recipe.Channels is null or 1 or 3, "channels", recipe.Channels, "1 (grey) or 3 (colour)");
        check.Range("epochs", recipe.Epochs, 1, 100_000);
        check.Range("batch", recipe.Batch, 1, 65_536);
        check.Range("patience", recipe.Patience, 0, 100_000);
        check.Range("threads", recipe.Threads, 0, 256);
        check.Word("optimizer.kind", recipe.Optimizer.Kind, s_optimizers);
        check.Expect(recipe.Optimizer.LearningRate is null or (> 0 and <= 100), "optimizer.learningRate", recipe.Optimizer.LearningRate, "a number above 0, at most 100");
        check.Expect(recipe.Optimizer.Momentum is >= 0 and < 1, "optimizer.momentum", recipe.Optimizer.Momentum, "0 up to, but not including, 1");
        check.Expect(recipe.Optimizer.WeightDecay is >= 0 and <= 1, "optimizer.weightDecay", recipe.Optimizer.WeightDecay, "0 to 1");
        check.Word("schedule.kind", recipe.Schedule.Kind, s_schedules);
        check.Augment(recipe.Augment);
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

    private void Augment(Augmentation a)
    {
        Range("augment.crop", a.Crop, 0, 4096);
        Expect(a.Rotation is >= 0 and <= 180, "augment.rotation", a.Rotation, "0 to 180 degrees");
        Expect(a.Brightness is >= 0 and <= 1, "augment.brightness", a.Brightness, "0 to 1");
        Expect(a.Contrast is >= 0 and <= 1, "augment.contrast", a.Contrast, "0 to 1");
    }

    private void Range(string field, int? value, int low, int high) => Expect(value is null || (value >= low && value <= high), field, value, $"{low} to {high}");

    private void Word(string field, string value, string[] known)
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

using System.Globalization;
using Pictor.Datasets;
using Pictor.Training.Recipes;

namespace Pictor.Training.Choosing;

/// <summary>
/// The recipe that an expert would try first, from what the pictures are like, the time there is and the speed measured here. The idea: of the
/// networks that can still see every picture often enough within the time, take the largest; then let its epochs fill the time.
/// </summary>
public static class RecipeChooser
{
    // Pictures that a network should have seen in all before its learning rate reaches zero, within the bounds below: a rule of thumb (MNIST takes 11 passes, 9,000 pictures 67).
    private const double WantedViews = 600_000;
    private const int FewestEpochs = 10, MostWantedEpochs = 80;

    // A wide network learns a small set of colour pictures by heart before it has seen them so often that mixing and TrivialAugment pay; below it the
    // next narrower one with all its passes is better (docs/benchmarks.md: 80 passes without against 130 with, on 9,000 pictures).
    private const int MostWantedWhenMixed = 120;
    private const double ViewsWhenMixed = 2;

    // More passes than these change nothing any more: small data sets are done before their time is up.
    private const double MostViews = 4_000_000;
    private const int LeastCap = 40, MostCap = 300;

    // From so many passes on, mixing pictures pays (training.md: it costs in short runs).
    private const int MixingEpochs = 60;

    // The last candidates are for little time, when no network can have all the passes it would like.
    private const int NarrowNetworks = 2;

    /// <summary>The side of the input where neither the request nor the pictures decide it.</summary>
    public static int? SizeFor(DataFacts facts, RecipeRequest request)
    {
        if (facts.SameSize && facts.Side <= 64)
            return null;
        double seconds = request.Seconds ?? Preset.Of(request.Preset).Seconds;
        // Views at 64 px that two cores give in the time, as the starting point; the side follows what is left for each picture.
        double epochs = seconds * 700 / Math.Max(1, facts.Train);
        int side = epochs switch { > 60 => 128, > 25 => 96, _ => 64 };
        return Math.Min(side, Math.Max(32, facts.Side / 16 * 16));
    }

    /// <summary>Recipes that could be taken, the most capable first; the last one is taken when none is quick enough.</summary>
    /// <param name="facts">Of the data.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="side">Shorter side of the input.</param>
    /// <param name="mayMirror">Of <see cref="MirrorTest"/>.</param>
    public static IReadOnlyList<Recipe> Candidates(DataFacts facts, RecipeRequest request, int side, bool mayMirror)
    {
        int batch = facts.Train switch { < 500 => 16, < 2_000 => 32, < 20_000 => 64, _ => 128 };
        string[] networks = request.Said["network"] is { } said ? [said.GetValue<string>()]
            : side <= 40 ? ["resnet9-64", "resnet9-48", "resnet9-32", "resnet9-24", "resnet9-16", "mnist-cnn"]
            : ["compact-64", "compact-48", "compact-32", "compact-24", "compact-16"];
        return [.. networks.Select(network =>
        {
            Recipe defaults = RecipeDefaults.For(network);
            bool residual = IsResidual(network);
            Recipe recipe = defaults with
            {
                Size = SizeFor(facts, request),
                Batch = residual ? batch : Math.Min(batch, defaults.Batch),
                Augment = AugmentFor(facts, side, mayMirror),
                Loss = defaults.Loss with { LabelSmoothing = facts.Task == DatasetTask.SingleLabel && residual ? 0.1 : 0 },
                Ema = residual ? 0.995 : 0,
            };
            if (residual)
                recipe = recipe with { Optimizer = defaults.Optimizer with { LearningRate = RecipeDefaults.LearningRate(network, defaults.Optimizer.Kind) * batch / 128 } };
            return RecipeFile.Over(recipe, request.Said, "recipe");
        })];
    }

    /// <summary>Chooses among candidates by measuring them, the most capable first. What the first measurement rules out by far is not measured.</summary>
    /// <param name="candidates">Of <see cref="Candidates"/>.</param>
    /// <param name="facts">Of the data.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="flopsOf">Cost of one picture.</param>
    /// <param name="measure">Decides the recipe's precision and gives its pictures per second, and the seconds that are left for training then.</param>
    public static ChosenRecipe Choose(
        IReadOnlyList<Recipe> candidates, DataFacts facts, RecipeRequest request, Func<Recipe, long> flopsOf, Func<Recipe, (Recipe Recipe, double PicturesPerSecond, double SecondsLeft)> measure)
    {
        var slower = new List<string>();
        for (int i = 0; ; i++)
        {
            double wanted = WantedEpochs(candidates, i, facts, request);
            (Recipe recipe, double speed, double secondsLeft) = measure(candidates[i]);
            double epochs = secondsLeft * speed / Math.Max(1, facts.Train);
            if (epochs >= wanted || i == candidates.Count - 1)
                return Fitted(recipe, IsWide(candidates, i), facts, request, speed, epochs, wanted, slower);
            slower.Add(recipe.Network);
            // Smaller networks use the processor less well than their counts promise: a promise that is not enough need not be tried.
            double views = epochs * flopsOf(candidates[i]);
            while (i + 2 < candidates.Count && views / Math.Max(1, flopsOf(candidates[i + 1])) < WantedEpochs(candidates, i + 1, facts, request))
                i++;
        }
    }

    private static double WantedEpochs(IReadOnlyList<Recipe> candidates, int index, DataFacts facts, RecipeRequest request)
    {
        double views = WantedViews / Math.Max(1, facts.Train), thoroughness = Preset.Of(request.Preset).Thoroughness;
        return IsWide(candidates, index) && facts.Channels > 1 && MayMix(candidates[index], facts, request)
            ? Math.Clamp(ViewsWhenMixed * views * thoroughness, FewestEpochs, MostWantedWhenMixed)
            : Math.Clamp(views, FewestEpochs, MostWantedEpochs) * thoroughness;
    }

    private static bool IsResidual(string network) => network.StartsWith("res", StringComparison.Ordinal) || network.StartsWith("compact", StringComparison.Ordinal);

    private static bool IsWide(IReadOnlyList<Recipe> candidates, int index) => candidates.Count == 1 || index < candidates.Count - NarrowNetworks;

    private static bool MayMix(Recipe recipe, DataFacts facts, RecipeRequest request) =>
        facts.Task == DatasetTask.SingleLabel && request.Said["augment"] is null && IsResidual(recipe.Network) && (recipe.Augment.Flip || recipe.Augment.AlternatingFlip);

    private static ChosenRecipe Fitted(Recipe recipe, bool wide, DataFacts facts, RecipeRequest request, double speed, double epochs, double wanted, List<string> slower)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        int cap = (int)Math.Clamp(MostViews / Math.Max(1, facts.Train), LeastCap, MostCap);
        bool given = request.Said["epochs"] is not null;
        int count = given ? recipe.Epochs : (int)Math.Clamp(epochs, 1, cap);
        double budget = request.Seconds ?? Preset.Of(request.Preset).Seconds;
        bool mixes = count >= MixingEpochs && MayMix(recipe, facts, request);
        recipe = recipe with
        {
            Epochs = count,
            // Where the cap ends the run, there is nothing to hold it to.
            Budget = given || count == cap ? null : budget,
            Augment = mixes ? Mixed(recipe.Augment, hard: wide && facts.Channels > 1) : recipe.Augment,
        };

        string size = recipe.Size is { } side ? string.Create(plain, $"{side} px") : string.Create(plain, $"their own size of {facts.Side} px");
        List<string> reasons =
        [
            string.Create(plain, $"{facts.Train:N0} {(facts.Channels == 1 ? "grey" : "colour")} training pictures {(facts.Task == DatasetTask.Numeric ? "with a number each" : $"in {facts.Classes} classes")}, at {size}."),
            string.Create(plain, $"{recipe.Network}: {(request.Said["network"] is null ? "the largest network that sees every picture" : "as you asked; it sees every picture")} {(epochs >= wanted || given ? $"{count} times" : $"{count} times (fewer than the {wanted:0} that it would like)")} in {Duration(budget)}, at {speed:N0} pictures/s measured here{(slower.Count > 0 ? $" ({string.Join(" and ", slower)} would not)" : "")}."),
            string.Create(plain, $"Batches of {recipe.Batch}, {recipe.Optimizer.Kind} at {recipe.Optimizer.LearningRate:0.####}, {recipe.Schedule.Kind} to zero{(recipe.Loss.LabelSmoothing > 0 ? $", label smoothing {recipe.Loss.LabelSmoothing:0.##}" : "")}."),
            request.Said["augment"] is not null ? "Augmentation as you asked." : $"Augmentation: {AugmentSentence(facts, recipe)}",
        ];
        return new ChosenRecipe(recipe, reasons);
    }

    private static Augmentation Mixed(Augmentation plain, bool hard)
    {
        Augmentation mixed = plain with { Cutmix = 1, MixProbability = 0.5 };
        return hard ? mixed with { TrivialAugment = true, Brightness = 0, Contrast = 0, Saturation = 0, Hue = 0, MixUntil = 1 } : mixed;
    }

    private static Augmentation AugmentFor(DataFacts facts, int side, bool mayMirror)
    {
        if (facts.Channels == 1)
            return Augmentation.Named(mayMirror ? "fashion" : side <= 64 ? "digits" : "documents");
        Augmentation colour = Augmentation.Named(side <= 64 ? "everyday-small" : "everyday");
        return mayMirror ? colour : colour with { Flip = false, AlternatingFlip = false };
    }

    private static string AugmentSentence(DataFacts facts, Recipe recipe)
    {
        bool mirrors = recipe.Augment.Flip || recipe.Augment.AlternatingFlip;
        string mirror = mirrors ? "mirrored pictures are taken for the same class, so mirroring is on" : "mirrored pictures are taken for other classes, so mirroring is off";
        string mixing = !recipe.Augment.IsMixing ? "" : $"; pictures are mixed{(recipe.Augment.TrivialAugment ? ", and changed by one random operation each" : "")}, for the run is long";
        return $"{(facts.Channels == 1 ? "shapes move a little" : "shifts, colour and covered parts")}; {mirror}{mixing}.";
    }

    private static string Duration(double seconds) => seconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} minutes");
}

/// <summary>A recipe that was chosen.</summary>
/// <param name="Recipe">All of it.</param>
/// <param name="Reasons">Why, in sentences.</param>
public sealed record ChosenRecipe(Recipe Recipe, IReadOnlyList<string> Reasons);

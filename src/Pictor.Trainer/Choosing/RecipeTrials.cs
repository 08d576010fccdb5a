using Pictor.Imaging;
using Pictor.Models.Networks;
using Pictor.Trainer.Data;
using Pictor.Trainer.Loop;
using Pictor.Training.Choosing;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Choosing;

/// <summary>Carries out the choice of a recipe: decodes the pictures at the size it takes, and measures its candidates on them.</summary>
internal static class RecipeTrials
{
    // Of the whole time, for one measurement in one precision.
    private const double Share = 0.006;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.5);

    /// <summary>Chooses, says why, and leaves the data decoded.</summary>
    public static async Task<Recipe> ChooseAsync(RecipeRequest request, TrainingData data, Surroundings around)
    {
        DataFacts facts = data.Survey.Facts(data.Dataset, data.Plan);
        Recipe asked = RecipeFile.Over(new Recipe { Size = RecipeChooser.SizeFor(facts, request) }, request.Said, "recipe");
        await data.LoadAsync(asked, null, around.Messages, around.Progress, around.Stop.Token);
        facts = facts with { Train = data.Train.Count, Val = data.Val?.Count ?? 0 };

        double seconds = request.Seconds ?? Preset.Of(request.Preset).Seconds;
        PictureShape shape = data.Preprocessing.Shape;
        IReadOnlyList<Recipe> candidates = RecipeChooser.Candidates(facts, request, Math.Min(shape.Height, shape.Width), MirrorTest.MayMirror(data.Train));
        TimeSpan limit = TimeSpan.FromSeconds(Math.Clamp(seconds * Share, 0.2, Longest.TotalSeconds));
        around.Progress.Report(new Progress("Measuring networks", 0));
        double Left() => (seconds * 0.97) - 2 - around.SecondsSinceStart;
        Network NetworkOf(Recipe recipe) => NetworkCatalog.Create(recipe.Network, shape, data.Outputs, recipe.Dropout);
        ChosenRecipe chosen = RecipeChooser.Choose(candidates, facts, request, candidate => NetworkOf(candidate).Flops, candidate =>
        {
            around.Stop.Token.ThrowIfCancellationRequested();
            Network network = NetworkOf(candidate);
            bool norms = network.Nodes.Any(node => node.Layer is Layer.BatchNorm);
            int threads = TrainingRun.ThreadsOf(candidate.Threads, Math.Min(candidate.Batch, data.Train.Count), norms);
            Recipe recipe = candidate.Resolve();
            (string precision, double step) = SpeedTrial.Faster(network, recipe, data, threads, limit, around.Time);
            return (recipe with { Precision = precision }, Math.Min((long)recipe.Batch * recipe.Accumulate, data.Train.Count) / step, Left());
        });
        foreach (string reason in chosen.Reasons)
            around.Messages.Say(reason);
        return chosen.Recipe.Resolve();
    }
}

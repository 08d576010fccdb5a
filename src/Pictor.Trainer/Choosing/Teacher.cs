using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Trainer.Data;
using Pictor.Trainer.Loop;
using Pictor.Training.Heads;
using Pictor.Training.Recipes;

namespace Pictor.Trainer.Choosing;

/// <summary>Asks the package that a recipe learns from, once for all epochs.</summary>
internal static class Teacher
{
    /// <summary>[training pictures, classes]: its probabilities; null where the recipe names no teacher.</summary>
    public static async Task<float[]?> AskAsync(Recipe recipe, TrainingData data, Surroundings around)
    {
        if (recipe.Distill.Package is not { } path)
            return null;
        if (data.Task == DatasetTask.Numeric)
            throw new InputException("distill.package", "a number a picture cannot be learned from a classifier", "Leave it out.");
        using Annotator teacher = Annotator.Load(path);
        around.Messages.Say($"Asking {teacher.Package.Reference} about {data.Train.Count} training pictures.");
        return await SoftLabels.OfAsync(teacher, data.Dataset, data.Train.Samples, around.Progress, around.Stop.Token);
    }
}

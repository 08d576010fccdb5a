using Pictor.Models.Composing;

namespace Pictor.Training.Heads;

/// <summary>Scaled features and targets of the training and the validation part.</summary>
/// <param name="Train">Rows to fit on; where mirrored pictures are used, all plain ones, then all mirrored ones in the same order.</param>
/// <param name="TrainTargets">Their targets.</param>
/// <param name="Val">Rows to choose and calibrate by.</param>
/// <param name="ValTargets">Their targets.</param>
/// <param name="Pictures">Training pictures: the number of rows, or half of it.</param>
internal sealed record HeadData(FeatureRows Train, HeadTargets TrainTargets, FeatureRows Val, HeadTargets ValTargets, int Pictures)
{
    private const int MostFolds = 5;
    private const int FewestVal = 30;

    /// <summary>Fewer than two validation pictures a class choose by luck.</summary>
    public bool ValIsEnough => Val.Count >= Math.Max(FewestVal, TrainTargets.Kind == HeadKind.Value ? 0 : 2 * TrainTargets.Outputs);

    /// <summary>How many folds the training pictures allow, so that every class keeps one to learn from; below 2: none.</summary>
    public int Folds()
    {
        if (TrainTargets.Kind != HeadKind.Softmax)
            return Pictures >= 2 * MostFolds ? MostFolds : 0;
        var counts = new int[TrainTargets.Outputs];
        for (int i = 0; i < Pictures; i++)
            counts[(int)TrainTargets.Values[i]]++;
        return Math.Min(MostFolds, counts.Where(n => n > 0).DefaultIfEmpty(0).Min());
    }

    /// <summary>Rows of the other folds, and plain rows of this one: every class spread evenly, a picture and its mirror image together.</summary>
    public (int[] Inside, int[] Outside) Fold(int fold, int folds)
    {
        var seen = new Dictionary<int, int>();
        var of = new int[Pictures];
        for (int i = 0; i < Pictures; i++)
        {
            int key = TrainTargets.Kind == HeadKind.Softmax ? (int)TrainTargets.Values[i] : 0;
            seen[key] = seen.GetValueOrDefault(key) + 1;
            of[i] = (seen[key] - 1) % folds;
        }

        return ([.. Enumerable.Range(0, Train.Count).Where(r => of[r % Pictures] != fold)], [.. Enumerable.Range(0, Pictures).Where(r => of[r] == fold)]);
    }
}

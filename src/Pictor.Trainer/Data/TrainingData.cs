using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Trainer.Talking;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Data;

/// <summary>The parts that training may see, decoded once. The test part is never opened here.</summary>
internal sealed class TrainingData : IDisposable
{
    private readonly Dataset _dataset;

    private TrainingData(Dataset dataset, PackedStore train, PackedStore? val, Preprocessing preprocessing)
    {
        _dataset = dataset;
        (Train, Val, Preprocessing) = (train, val, preprocessing);
    }

    public IReadOnlyList<Label> Labels => _dataset.Labels;

    public string Fingerprint => _dataset.Fingerprint;

    public PackedStore Train { get; }

    /// <summary>Null when the data set leaves nothing for validation.</summary>
    public PackedStore? Val { get; }

    /// <summary>With mean and deviation of the training part.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>Opens, cuts and decodes; says aloud how it was cut and what was left out.</summary>
    /// <exception cref="InputException">The data set cannot be trained on.</exception>
    public static async Task<TrainingData> OpenAsync(string path, Recipe recipe, MessageWriter messages, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        Dataset dataset = await Dataset.OpenAsync(path, progress, cancellationToken);
        PackedStore? train = null, val = null;
        try
        {
            SplitPlan plan = SplitPlan.For(dataset, recipe.Seed);
            messages.Say(plan.Explanation);
            Report(dataset.Skipped, messages);
            if (dataset.Labels.Count < 2)
            {
                throw new InputException(path, dataset.Labels.Count == 0 ? "there are no classes" : $"all pictures are of one class, '{dataset.Labels[0].Name}'",
                    "A classifier needs at least two: add a folder of pictures of something else.")
                { Code = "data.one-class" };
            }

            PictureShape shape = InputShape.Choose(dataset, [.. plan.Train, .. plan.Val], recipe, cancellationToken);
            // Stretching loses nothing of any picture, and serving does the same; pictures of the input's own size stay as they are.
            var plain = new Preprocessing(shape, ResizePolicy.Stretch, Constant(shape, 0), Constant(shape, 1));
            train = await PackedStore.BuildAsync(dataset, plan.Train, plain, progress, cancellationToken);
            Report(train.Skipped, messages);
            CheckClasses(path, dataset, train, messages);
            if (plan.Val.Count > 0)
            {
                val = await PackedStore.BuildAsync(dataset, plan.Val, plain, progress, cancellationToken);
                Report(val.Skipped, messages);
            }

            if (val is { Count: 0 })
            {
                val.Dispose();
                val = null;
            }

            (float[] mean, float[] std) = train.Statistics();
            // A channel without any variation would be divided by zero.
            Preprocessing preprocessing = plain with { Mean = mean, Std = [.. std.Select(s => s > 1e-4f ? s : 1f)] };
            return new TrainingData(dataset, train, val, preprocessing);
        }
        catch
        {
            train?.Dispose();
            val?.Dispose();
            dataset.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Train.Dispose();
        Val?.Dispose();
        _dataset.Dispose();
    }

    private static void Report(IReadOnlyList<SkippedFile> skipped, MessageWriter messages)
    {
        foreach (SkippedFile file in skipped)
            messages.Write(new TrainerMessage.SkippedInput(file.File, file.Reason));
    }

    private static void CheckClasses(string path, Dataset dataset, PackedStore train, MessageWriter messages)
    {
        if (train.Count == 0)
        {
            throw new InputException(path, train.Skipped.Count > 0 ? $"none of the {train.Skipped.Count} training pictures can be decoded ({train.Skipped[0].Reason.TrimEnd('.')})" : "there are no training pictures",
                "Look at the files with 'pictor dataset info'.")
            { Code = "data.nothing-to-train" };
        }

        var seen = new HashSet<int>(train.Classes);
        string[] unseen = [.. dataset.Labels.Where((_, i) => !seen.Contains(i)).Select(label => $"'{label.Name}'")];
        if (seen.Count < 2)
        {
            throw new InputException(path, $"only one class, '{dataset.Labels[train.Classes[0]].Name}', has training pictures",
                "A classifier needs at least two: give the other classes pictures for training.")
            { Code = "data.one-class" };
        }

        if (unseen.Length > 0)
        {
            string names = string.Join(", ", unseen.Take(5)) + (unseen.Length > 5 ? $" and {unseen.Length - 5} more" : "");
            messages.Say($"{(unseen.Length == 1 ? "One class has" : $"{unseen.Length} classes have")} no training pictures and will never be predicted: {names}.");
        }
    }

    private static float[] Constant(PictureShape shape, float value)
    {
        var values = new float[shape.Channels];
        Array.Fill(values, value);
        return values;
    }
}

using Pictor.Datasets;
using Pictor.Imaging;
using Pictor.Trainer.Talking;
using Pictor.Training.Recipes;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Data;

/// <summary>The parts that training may see: opened and surveyed first, decoded once the recipe is known. The test part is never opened here.</summary>
internal sealed class TrainingData : IDisposable
{
    private readonly Dataset _dataset;
    private PackedStore? _train;

    private TrainingData(Dataset dataset, SplitPlan plan, InputShape survey) => (_dataset, Plan, Survey) = (dataset, plan, survey);

    public Dataset Dataset => _dataset;

    public IReadOnlyList<Label> Labels => _dataset.Labels;

    public DatasetTask Task => _dataset.Task;

    public string Fingerprint => _dataset.Fingerprint;

    public SplitPlan Plan { get; }

    public InputShape Survey { get; }

    public PackedStore Train => _train ?? throw new InvalidOperationException("The pictures have not been decoded yet.");

    /// <summary>Null when the data set leaves nothing for validation.</summary>
    public PackedStore? Val { get; private set; }

    /// <summary>With mean and deviation of the training part.</summary>
    public Preprocessing Preprocessing { get; private set; } = null!;

    /// <summary>Of numeric targets.</summary>
    public TargetScale Scale { get; private set; } = TargetScale.None;

    /// <summary>Values of the network's output: a class each, or one number.</summary>
    public int Outputs => Task == DatasetTask.Numeric ? 1 : Labels.Count;

    /// <summary>Training pictures of each class.</summary>
    public IReadOnlyList<int> Frequencies { get; private set; } = [];

    /// <summary>Opens, cuts and surveys; says aloud how it was cut and what was left out.</summary>
    /// <exception cref="InputException">The data set cannot be trained on.</exception>
    public static async Task<TrainingData> OpenAsync(string path, int seed, MessageWriter messages, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        Dataset dataset = await Dataset.OpenAsync(path, progress, cancellationToken);
        try
        {
            SplitPlan plan = SplitPlan.For(dataset, seed);
            messages.Say(plan.Explanation);
            Report(dataset.Skipped, messages);
            if (dataset.Labels.Count < 2 && dataset.Task == DatasetTask.SingleLabel)
            {
                throw new InputException(path, dataset.Labels.Count == 0 ? "there are no classes" : $"all pictures are of one class, '{dataset.Labels[0].Name}'",
                    "A classifier needs at least two: add a folder of pictures of something else.")
                { Code = "data.one-class" };
            }

            return new TrainingData(dataset, plan, InputShape.Survey(dataset, [.. plan.Train, .. plan.Val], cancellationToken));
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    /// <summary>Decodes the training and the validation part at the recipe's size.</summary>
    /// <param name="recipe">Size, channels and the number of pictures a class.</param>
    /// <param name="taken">The way from a picture to the input that a package brings along; null: that of the recipe and of these pictures.</param>
    /// <param name="messages">Told what is left out.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public async Task LoadAsync(Recipe recipe, Preprocessing? taken, MessageWriter messages, IProgress<Progress> progress, CancellationToken cancellationToken)
    {
        PictureShape shape = taken?.Shape ?? Survey.For(recipe);
        // Stretching loses nothing of any picture, and serving does the same; pictures of the input's own size stay as they are.
        Preprocessing plain = taken ?? new Preprocessing(shape, ResizePolicy.Stretch, Constant(shape, 0), Constant(shape, 1));
        PackedStore all = await PackedStore.BuildAsync(_dataset, Plan.Train, plain, progress, cancellationToken);
        _train = recipe.SamplesPerClass is { } most ? all.AtMostPerClass(most, recipe.Seed) : all;
        Report(Train.Skipped, messages);
        CheckClasses(messages);
        if (Plan.Val.Count > 0)
        {
            Val = await PackedStore.BuildAsync(_dataset, Plan.Val, plain, progress, cancellationToken);
            Report(Val.Skipped, messages);
        }

        if (Val is { Count: 0 })
        {
            Val.Dispose();
            Val = null;
        }

        Preprocessing = taken ?? Normalised(plain);
        Frequencies = Task == DatasetTask.Numeric ? [] : CountClasses();
        if (Task == DatasetTask.Numeric)
            Scale = TargetScale.Of([.. Train.Samples.Select(i => _dataset.Samples[i].Target ?? 0)]);
    }

    public void Dispose()
    {
        _train?.Dispose();
        Val?.Dispose();
        _dataset.Dispose();
    }

    private Preprocessing Normalised(Preprocessing plain)
    {
        (float[] mean, float[] std) = Train.Statistics();
        // A channel without any variation would be divided by zero.
        return plain with { Mean = mean, Std = [.. std.Select(s => s > 1e-4f ? s : 1f)] };
    }

    private int[] CountClasses()
    {
        var counts = new int[Labels.Count];
        foreach (int index in Train.Samples)
        {
            foreach (int c in _dataset.Samples[index].Classes)
                counts[c]++;
        }

        return counts;
    }

    private static void Report(IReadOnlyList<SkippedFile> skipped, MessageWriter messages)
    {
        foreach (SkippedFile file in skipped)
            messages.Write(new TrainerMessage.SkippedInput(file.File, file.Reason));
    }

    private void CheckClasses(MessageWriter messages)
    {
        PackedStore train = Train;
        string path = _dataset.Path;
        if (train.Count == 0)
        {
            throw new InputException(path, train.Skipped.Count > 0 ? $"none of the {train.Skipped.Count} training pictures can be decoded ({train.Skipped[0].Reason.TrimEnd('.')})" : "there are no training pictures",
                "Look at the files with 'pictor dataset info'.")
            { Code = "data.nothing-to-train" };
        }

        if (Task == DatasetTask.Numeric)
            return;
        int[] counts = CountClasses();
        string[] unseen = [.. Labels.Where((_, i) => counts[i] == 0).Select(label => $"'{label.Name}'")];
        if (Task == DatasetTask.SingleLabel && unseen.Length == Labels.Count - 1)
        {
            throw new InputException(path, $"only one class, '{Labels[train.Classes[0]].Name}', has training pictures",
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

using Pictor.Datasets;
using Pictor.Models.Annotators;
using Pictor.Models.Labels;

namespace Pictor.Training.Heads;

/// <summary>What a package (the teacher) says of pictures, in the classes of their data set: what a smaller network can learn from.</summary>
public static class SoftLabels
{
    /// <summary>Runs the teacher over pictures, with its own preprocessing, whatever the pupil's is.</summary>
    /// <param name="teacher">Must know all classes of the data set, by id, name or synonym; it may know more.</param>
    /// <param name="data">The data set.</param>
    /// <param name="samples">Indices into <see cref="Dataset.Samples"/>, such as <see cref="PackedStore.Samples"/>.</param>
    /// <param name="progress">Told batch by batch.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>[samples, classes of the data set]. A row sums to 1; with several classes a picture each is 0..1 on its own. Zeros where the picture cannot be read.</returns>
    /// <exception cref="InputException">labels.no-match: the teacher lacks classes, all of which are named; teacher.other-task: it answers another kind of question.</exception>
    public static async Task<float[]> OfAsync(Annotator teacher, Dataset data, IReadOnlyList<int> samples, IProgress<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        int[] match = Match(teacher, data);
        PackageOutputs outputs = await PackageOutputs.PredictAsync(teacher, data, samples, "Asking the teacher", progress, cancellationToken).ConfigureAwait(false);
        int classes = data.Labels.Count, known = teacher.Package.Manifest.Classes;
        var probabilities = new float[samples.Count * classes];
        for (int asked = 0, read = 0; asked < samples.Count && read < outputs.Samples.Count; asked++)
        {
            if (outputs.Samples[read] != samples[asked])
                continue;
            Share(outputs.Probabilities.AsSpan(read++ * known, known), match, probabilities.AsSpan(asked * classes, classes), teacher.Package.Manifest.MultiLabel);
        }

        return probabilities;
    }

    private static int[] Match(Annotator teacher, Dataset data)
    {
        string reference = teacher.Package.Reference;
        DatasetTask task = teacher.Package.Manifest switch { { Task: "regressor" } => DatasetTask.Numeric, { MultiLabel: true } => DatasetTask.MultiLabel, _ => DatasetTask.SingleLabel };
        if (task != data.Task || task == DatasetTask.Numeric)
        {
            throw new InputException(reference, $"it {What(task)}, and the data {(task == data.Task ? "asks for no classes" : $"has {Asks(data.Task)}")}", "Choose a teacher of the same kind, with classes.")
            { Code = "teacher.other-task" };
        }

        int[] match = LabelMatcher.Match(data.Labels, teacher.Package.Labels);
        string[] missing = [.. data.Labels.Where((_, c) => match[c] < 0).Select(label => $"'{label.Name}'")];
        return missing.Length == 0
            ? match
            : throw new InputException(reference, $"it lacks {missing.Length} of the {data.Labels.Count} classes of {data.Path}: {string.Join(", ", missing.Take(10))}{(missing.Length > 10 ? ", …" : "")}",
                "Choose a teacher that knows them all, or train a head on it first with 'pictor train --on'.")
            { Code = "labels.no-match" };
    }

    // What the teacher gives to classes that the data lacks is divided among those it has.
    private static void Share(ReadOnlySpan<float> from, int[] match, Span<float> to, bool multiLabel)
    {
        double sum = 0;
        for (int c = 0; c < to.Length; c++)
            sum += to[c] = from[match[c]];
        if (multiLabel)
            return;
        for (int c = 0; c < to.Length; c++)
            to[c] = sum > 1e-12 ? (float)(to[c] / sum) : 1f / to.Length;
    }

    private static string What(DatasetTask task) => task switch { DatasetTask.MultiLabel => "answers several classes a picture", DatasetTask.Numeric => "answers a number", _ => "answers one class a picture" };

    private static string Asks(DatasetTask task) => task switch { DatasetTask.MultiLabel => "several", DatasetTask.Numeric => "numbers", _ => "one" };
}

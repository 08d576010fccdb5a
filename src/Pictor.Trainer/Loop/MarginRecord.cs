using System.Globalization;
using System.Text;
using Pictor.Datasets;
using Pictor.Trainer.Data;
using Pictor.Training.Runs;

namespace Pictor.Trainer.Loop;

/// <summary>
/// How clearly each training picture was told by its own label, averaged over the epochs: the logit of the label minus the largest other one
/// (area under the margin, Pleiss et al. 2020, eq. 2). It costs nothing beside training, and wrong labels show as negative averages.
/// </summary>
internal sealed class MarginRecord(int pictures)
{
    /// <summary>In the run folder.</summary>
    public const string FileName = RunFolder.MarginsName;

    /// <summary>Sum of margins by position in the store.</summary>
    public float[] Sums { get; } = new float[pictures];

    /// <summary>Epochs that were counted.</summary>
    public float[] Counts { get; } = new float[pictures];

    /// <summary>The class with the largest logit, the last time.</summary>
    public float[] Predicted { get; } = new float[pictures];

    /// <summary>Adds what the network said of some pictures; different threads may add different pictures.</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="classes">[n], the labels.</param>
    /// <param name="positions">[n], in the store.</param>
    public void Add(ReadOnlySpan<float> logits, ReadOnlySpan<long> classes, ReadOnlySpan<int> positions)
    {
        int width = logits.Length / positions.Length;
        for (int i = 0; i < positions.Length; i++)
        {
            ReadOnlySpan<float> row = logits.Slice(i * width, width);
            int own = (int)classes[i], best = 0;
            float other = float.NegativeInfinity;
            for (int c = 0; c < row.Length; c++)
            {
                if (row[c] > row[best])
                    best = c;
                if (c != own && row[c] > other)
                    other = row[c];
            }

            Sums[positions[i]] += row[own] - other;
            Counts[positions[i]]++;
            Predicted[positions[i]] = best;
        }
    }

    /// <summary>Writes <c>margins.csv</c>: file, label, margin, predicted; a picture that was never counted is left out.</summary>
    public void Write(string path, TrainingData data)
    {
        var text = new StringBuilder("file,label,margin,predicted\n");
        for (int i = 0; i < Counts.Length; i++)
        {
            Sample sample = data.Dataset.Samples[data.Train.Samples[i]];
            if (Counts[i] > 0)
                text.Append(CultureInfo.InvariantCulture, $"{Field(sample.File)},{Field(data.Labels[sample.Class].Id)},{Sums[i] / Counts[i]:R},{Field(data.Labels[(int)Predicted[i]].Id)}\n");
        }

        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text.ToString());
        File.Move(temporary, path, overwrite: true);
    }

    private static string Field(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

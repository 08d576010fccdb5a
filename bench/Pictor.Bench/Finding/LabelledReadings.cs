using Pictor.Datasets;
using Pictor.Models.Annotators;

namespace Pictor.Bench.Finding;

/// <summary>What a package reads in labelled pictures, and which of its classes each shows; pictures of classes that it does not know are left out.</summary>
internal sealed record LabelledReadings(float[][] Embeddings, float[][] Probabilities, int[] Classes, int ClassCount)
{
    public static async Task<LabelledReadings> OfAsync(string package, string path)
    {
        using var annotator = Annotator.Load(package);
        using Dataset data = await Dataset.OpenAsync(path);
        Dictionary<string, int> known = annotator.Package.Labels.Select((l, i) => (l.Id, i)).ToDictionary(l => l.Id, l => l.i, StringComparer.Ordinal);
        (Sample Sample, int Class)[] samples = [.. data.Samples.Where(s => known.ContainsKey(data.Labels[s.Class].Id)).Select(s => (s, known[data.Labels[s.Class].Id]))];
        var readings = new PictureReading[samples.Length];
        Parallel.For(0, samples.Length, i => readings[i] = annotator.Read(data.Read(samples[i].Sample, annotator.Package.Manifest.Input.DecodeOptions())));
        return new LabelledReadings([.. readings.Select(r => r.Embedding)], [.. readings.Select(r => r.Probabilities)], [.. samples.Select(s => s.Class)], annotator.Package.Labels.Count);
    }

    public static (string Package, string Data) Named(Flags flags)
    {
        flags.Allow("package", "data");
        return flags.Text("data", "") is { Length: > 0 } data
            ? (flags.Text("package", Path.Combine("models", "starter", "starter.pictor")), data)
            : throw new InputException("--data", "no labelled pictures are named", "Name a data set that the package was not trained on: --data DIR.");
    }
}

using Pictor.Datasets.Assembling;

namespace Pictor.Datasets.Manifests;

/// <summary>Opens a manifest: its base data set, and of that exactly the samples that it names, each held against its SHA-256.</summary>
internal static class ManifestOpener
{
    private const int Told = 5;

    public static Dataset Open(string path, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        ManifestFile manifest = ManifestFile.Read(path, cancellationToken);
        Dataset basis = OpenBase(path, manifest.Header.Base!, progress, cancellationToken);
        try
        {
            return Build(path, manifest, basis);
        }
        catch
        {
            basis.Dispose();
            throw;
        }
    }

    private static Dataset OpenBase(string path, string named, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        string full = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, named));
        if (!File.Exists(full) && !Directory.Exists(full))
            throw new InputException(path, $"The data set that it is of is not there: {full}", "Put it back, or name its place as \"base\" in the first line of the manifest.") { Code = "data.missing" };
        if (File.Exists(full) && full.EndsWith(DatasetManifest.Extension, StringComparison.OrdinalIgnoreCase))
            throw new InputException($"{path} line 1", $"\"base\" names another manifest ({full})", "Name the data set that holds the pictures.") { Code = "data.manifest" };
        return DatasetOpener.Open(full, progress, cancellationToken);
    }

    private static Dataset Build(string path, ManifestFile manifest, Dataset basis)
    {
        var places = new Dictionary<string, int>(basis.Samples.Count, StringComparer.Ordinal);
        foreach (Sample sample in basis.Samples)
            places.TryAdd(SampleNames.Of(basis.BasePath, sample.File), sample.Index);
        var classOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < manifest.Labels.Count; i++)
            classOf[manifest.Labels[i].Id] = i;

        var all = new Sample[manifest.Lines.Count];
        var baseOf = new List<int>(all.Length);
        var skipped = new List<SkippedFile>();
        var changed = new List<string>();
        for (int i = 0; i < all.Length; i++)
        {
            ManifestLine line = manifest.Lines[i];
            int place = places.GetValueOrDefault(line.File!, -1);
            all[i] = SampleOf(i, line, place < 0 ? line.File! : basis.Samples[place].File, manifest.Header.Task, classOf);
            baseOf.Add(place);
            if (place < 0)
                skipped.Add(new SkippedFile(line.File!, ReasonOf(basis, line.File!)));
            else if (!string.Equals(basis.Samples[place].Sha256, line.Sha256, StringComparison.OrdinalIgnoreCase))
                changed.Add(basis.Samples[place].File);
        }

        manifest.CheckFingerprint(path, ContentFingerprint.Of(manifest.Header.Task, manifest.Labels, all, i => manifest.Lines[i].File!));
        if (changed.Count > 0)
        {
            throw new InputException(path, $"{(changed.Count == 1 ? "One picture has" : $"{changed.Count} pictures have")} changed since it was written: {string.Join(", ", changed.Take(Told))}{(changed.Count > Told ? ", …" : "")}",
                "Put the old files back, or freeze the data set anew with 'pictor dataset convert --to manifest'.")
            { Code = "data.changed" };
        }

        int[] kept = [.. Enumerable.Range(0, all.Length).Where(i => baseOf[i] >= 0)];
        if (kept.Length == 0)
            throw new InputException(path, $"None of its {all.Length} pictures is in {basis.Path}", "Put them back, or name the right place as \"base\" in the first line of the manifest.") { Code = "data.missing" };
        Sample[] samples = [.. kept.Select((i, at) => all[i] with { Index = at })];
        string fingerprint = kept.Length == all.Length ? manifest.Header.Fingerprint! : ContentFingerprint.Of(manifest.Header.Task, manifest.Labels, samples, i => manifest.Lines[kept[i]].File!);
        return new Dataset(System.IO.Path.GetFullPath(path), "manifest", manifest.Labels, samples, skipped, fingerprint, new MappedReader(basis, [.. kept.Select(i => baseOf[i])]))
        {
            Task = manifest.Header.Task,
            BasePath = basis.BasePath,
        };
    }

    private static Sample SampleOf(int index, ManifestLine line, string file, DatasetTask task, Dictionary<string, int> classOf)
    {
        int[] classes = [.. (line.Labels ?? []).Select(l => classOf[l]).Distinct().Order()];
        var sample = new Sample(index, file, classes.Length == 0 ? -1 : classes[0], line.Split, line.Sha256!)
        {
            Target = line.Target,
            Group = line.Group,
            Boxes = [.. (line.Boxes ?? []).Select(b => new SampleBox(classOf[b.Label!], new BoundingBox(b.Box![0], b.Box[1], b.Box[2], b.Box[3])))],
        };
        if (line.Columns is { Count: > 0 } columns)
            sample = sample with { Columns = columns };
        return task == DatasetTask.MultiLabel ? sample with { Classes = classes } : sample;
    }

    private static string ReasonOf(Dataset basis, string name)
    {
        SkippedFile? skipped = basis.Skipped.FirstOrDefault(s => string.Equals(SampleNames.Of(basis.BasePath, s.File), name, StringComparison.Ordinal));
        return skipped?.Reason ?? $"It is named by the manifest and is not in {basis.Path}.";
    }
}

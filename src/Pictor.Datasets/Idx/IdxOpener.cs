using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pictor.Datasets.Files;
using Pictor.Imaging;

namespace Pictor.Datasets.Idx;

/// <summary>Opens pairs of IDX files. The pictures stay in memory as they are: they are the planes that training wants.</summary>
internal static class IdxOpener
{
    public static Dataset Open(string path, IFileSet files, IReadOnlyList<IdxPair> pairs, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        var parts = new (IdxFile Images, IdxFile Labels)[pairs.Count];
        SideBySide.For(pairs.Count * 2, i =>
        {
            IdxPair pair = pairs[i / 2];
            if (i % 2 == 0)
                parts[i / 2].Images = IdxFile.Read(files, pair.Images, 3);
            else
                parts[i / 2].Labels = IdxFile.Read(files, pair.Labels, 1);
        }, cancellationToken);
        Check(path, parts);

        int[] values = [.. parts.SelectMany(p => p.Labels.Data.Distinct()).Distinct().Order().Select(v => (int)v)];
        if (values.Length == 1)
            throw new InputException(path, $"There is one class only ({values[0]}), and telling apart needs two", "Check the labels.");
        var classOf = new int[256];
        for (int i = 0; i < values.Length; i++)
            classOf[values[i]] = i;

        LabelTable table = LabelTable.Find(files, 0, path);
        if (table.IsEmpty)
            table = KnownNames.Of(parts.Select(p => p.Labels)) ?? table;
        Label[] labels = [.. values.Select(v => table.LabelOf(v.ToString(CultureInfo.InvariantCulture)))];

        progress?.Report(new Progress("Reading pictures", 0, parts.Sum(p => (long)p.Images.Count)));
        Sample[] samples = [.. Enumerable.Range(0, parts.Length).SelectMany(i => SamplesOf(pairs[i], parts[i], classOf, parts.Take(i).Sum(p => p.Images.Count), cancellationToken))];
        progress?.Report(new Progress("Reading pictures", samples.Length, samples.Length));
        return new Dataset(
            System.IO.Path.GetFullPath(path), "idx", labels, samples, files.Skipped, Fingerprint(pairs, parts, samples, values), new IdxReader(files, [.. parts.Select(p => p.Images)]));
    }

    private static void Check(string path, (IdxFile Images, IdxFile Labels)[] parts)
    {
        foreach ((IdxFile images, IdxFile labels) in parts)
        {
            if (images.Count != labels.Count)
                throw new InputException(images.Name, $"It holds {images.Count} pictures, but {labels.Name} holds {labels.Count} labels", "Both files must come from the same set.");
            if (!images.Dimensions.AsSpan(1).SequenceEqual(parts[0].Images.Dimensions.AsSpan(1)))
                throw new InputException(path, $"Pictures of {images.Dimensions[2]} x {images.Dimensions[1]} stand beside pictures of {parts[0].Images.Dimensions[2]} x {parts[0].Images.Dimensions[1]}", "Both pairs must come from the same set.");
        }
    }

    private static Sample[] SamplesOf(IdxPair pair, (IdxFile Images, IdxFile Labels) part, int[] classOf, int first, CancellationToken cancellationToken)
    {
        var samples = new Sample[part.Images.Count];
        int length = part.Images.Data.Length / part.Images.Count;
        SideBySide.For(samples.Length, i =>
            samples[i] = new Sample(first + i, string.Create(CultureInfo.InvariantCulture, $"{part.Images.Name}#{i}"), classOf[part.Labels.Data[i]], pair.Split, ContentHash.Sha256Of(part.Images.Data.AsSpan(i * length, length))), cancellationToken);
        return samples;
    }

    private static string Fingerprint(IReadOnlyList<IdxPair> pairs, (IdxFile Images, IdxFile Labels)[] parts, Sample[] samples, int[] values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < parts.Length; i++)
            hash.AppendData(Encoding.UTF8.GetBytes($"{pairs[i].Split}\t{string.Join('x', parts[i].Images.Dimensions)}\n"));
        foreach (Sample sample in samples)
            hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{values[sample.Class]}\t{sample.Sha256}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

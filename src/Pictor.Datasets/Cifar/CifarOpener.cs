using System.Globalization;
using Pictor.Datasets.Assembling;
using Pictor.Datasets.Files;
using Pictor.Imaging;

namespace Pictor.Datasets.Cifar;

/// <summary>Opens the binary version of CIFAR-10 and CIFAR-100. The pictures stay in memory as they are: they are the planes that training wants.</summary>
internal static class CifarOpener
{
    public static Dataset Open(string path, IFileSet files, IReadOnlyList<CifarFile> parts, IProgress<Progress>? progress, CancellationToken cancellationToken)
    {
        bool hundred = parts[0].LabelBytes == 2;
        string[] names = CifarFile.Names(files, hundred ? "fine_label_names.txt" : "batches.meta.txt"), coarse = hundred ? CifarFile.Names(files, "coarse_label_names.txt") : [];
        ReadOnlyMemory<byte>[] data = [.. parts.Select(p => files.Read(p.File))];
        var records = new List<(int Part, int Offset)>();
        for (int p = 0; p < parts.Count; p++)
        {
            for (int offset = 0; offset < data[p].Length; offset += parts[p].RecordBytes)
                records.Add((p, offset));
        }

        progress?.Report(new Progress("Reading pictures", 0, records.Count));
        string[] idOf = Ids(path, parts, data, records, names);
        string[] ids = [.. idOf.Distinct(StringComparer.Ordinal).Order(LabelIds.Comparer)];
        if (ids.Length == 1)
            throw new InputException(path, $"There is one class only ('{ids[0]}'), and telling apart needs two", "Check the labels.");
        var classOf = ids.Select((id, c) => (id, c)).ToDictionary(p => p.id, p => p.c, StringComparer.Ordinal);
        var samples = new Sample[records.Count];
        SideBySide.For(samples.Length, i =>
        {
            (int part, int offset) = records[i];
            string name = string.Create(CultureInfo.InvariantCulture, $"{files.NameOf(parts[part].File)}#{offset / parts[part].RecordBytes}");
            samples[i] = new Sample(i, name, classOf[idOf[i]], parts[part].Split, ContentHash.Sha256Of(data[part].Span.Slice(offset + parts[part].LabelBytes, CifarFile.PixelBytes)));
        }, cancellationToken);
        progress?.Report(new Progress("Reading pictures", samples.Length, samples.Length));

        LabelTable table = LabelTable.Find(files, 0, path);
        Label[] labels = [.. ids.Select(table.LabelOf)];
        if (coarse.Length > 0)
            AddBroader(labels, samples, records, data, coarse);
        string fingerprint = ContentFingerprint.Of(DatasetTask.SingleLabel, labels, samples, i =>
        {
            string file = files.Files[parts[records[i].Part].File].Path;
            return string.Create(CultureInfo.InvariantCulture, $"{file[(file.LastIndexOf('/') + 1)..]}#{records[i].Offset / parts[records[i].Part].RecordBytes}");
        });
        return new Dataset(System.IO.Path.GetFullPath(path), "cifar", labels, samples, files.Skipped, fingerprint, new CifarReader(files, [.. records.Select(r => data[r.Part].Slice(r.Offset + parts[r.Part].LabelBytes, CifarFile.PixelBytes))]));
    }

    private static string[] Ids(string path, IReadOnlyList<CifarFile> parts, ReadOnlyMemory<byte>[] data, List<(int Part, int Offset)> records, string[] names)
    {
        var ids = new string[records.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            (int part, int offset) = records[i];
            int value = data[part].Span[offset + parts[part].LabelBytes - 1];
            if (names.Length > 0 && value >= names.Length)
                throw new InputException(path, $"Record {offset / parts[part].RecordBytes} has class {value}, and there are {names.Length} names", "Check the list of names, or take it out.");
            ids[i] = names.Length > 0 ? names[value] : value.ToString(CultureInfo.InvariantCulture);
        }

        return ids;
    }

    /// <summary>In CIFAR-100 each fine class belongs to one coarse class, which stands in front of it.</summary>
    private static void AddBroader(Label[] labels, Sample[] samples, List<(int Part, int Offset)> records, ReadOnlyMemory<byte>[] data, string[] coarse)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Label label = labels[samples[i].Class];
            int broad = data[records[i].Part].Span[records[i].Offset];
            if (label.Broader.Count == 0 && broad < coarse.Length)
                labels[samples[i].Class] = label with { Broader = [coarse[broad]] };
        }
    }
}

/// <summary>Samples that are records of CIFAR files.</summary>
internal sealed class CifarReader(IFileSet files, ReadOnlyMemory<byte>[] records) : ISampleReader
{
    public Pixels Read(Sample sample, DecodeOptions? options)
    {
        ReadOnlySpan<byte> planes = records[sample.Index].Span;
        const int Plane = CifarFile.Side * CifarFile.Side;
        var pixels = new byte[3 * Plane];
        for (int i = 0; i < Plane; i++)
        {
            pixels[3 * i] = planes[i];
            pixels[(3 * i) + 1] = planes[Plane + i];
            pixels[(3 * i) + 2] = planes[(2 * Plane) + i];
        }

        return new Pixels(CifarFile.Side, CifarFile.Side, 3, pixels);
    }

    public ReadOnlyMemory<byte>? FileOf(Sample sample) => null;

    public PictureHeader ReadHeader(Sample sample) => new(PictureFormat.Unknown, CifarFile.Side, CifarFile.Side, Orientation: 1, Grey: false);

    public (PictureHeader Header, Pixels Pixels) Examine(Sample sample, DecodeOptions? options) => (ReadHeader(sample), Read(sample, options));

    public ReadOnlySpan<byte> RawPlanes(int sample, PictureShape shape) =>
        shape == new PictureShape(3, CifarFile.Side, CifarFile.Side) ? records[sample].Span : [];

    public void Dispose() => files.Dispose();
}

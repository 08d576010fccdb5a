using System.Security.Cryptography;
using System.Text;

namespace Pictor.Datasets.Assembling;

/// <summary>SHA-256 over everything that a data set says. Strings go in with their lengths, so no two data sets can look alike by accident.</summary>
internal static class ContentFingerprint
{
    /// <param name="task">What it asks.</param>
    /// <param name="labels">Its classes.</param>
    /// <param name="samples">Its samples; their classes are positions in <paramref name="labels"/>.</param>
    /// <param name="nameOf">The name of a sample within the data set, wherever that lies.</param>
    public static string Of(DatasetTask task, IReadOnlyList<Label> labels, IReadOnlyList<Sample> samples, Func<int, string> nameOf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        writer.Write("pictor data 1");
        writer.Write((int)task);
        writer.Write(labels.Count);
        foreach (Label label in labels)
            writer.Write(label.Id);
        for (int i = 0; i < samples.Count; i++)
        {
            Append(writer, nameOf(i), samples[i]);
            writer.Flush();
            hash.AppendData(memory.GetBuffer().AsSpan(0, (int)memory.Length));
            memory.SetLength(0);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(BinaryWriter writer, string name, Sample sample)
    {
        writer.Write(name);
        writer.Write(sample.Sha256);
        writer.Write((int?)sample.Declared ?? -1);
        writer.Write(sample.Group is not null);
        writer.Write(sample.Group ?? "");
        writer.Write(sample.Target is not null);
        writer.Write(sample.Target ?? 0);
        writer.Write(sample.Classes.Count);
        foreach (int c in sample.Classes)
            writer.Write(c);
        writer.Write(sample.Boxes.Count);
        foreach (SampleBox box in sample.Boxes)
        {
            writer.Write(box.Class);
            writer.Write(box.Box.X);
            writer.Write(box.Box.Y);
            writer.Write(box.Box.Width);
            writer.Write(box.Box.Height);
        }

        writer.Write(sample.Columns.Count);
        foreach ((string column, string value) in sample.Columns.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            writer.Write(column);
            writer.Write(value);
        }
    }
}

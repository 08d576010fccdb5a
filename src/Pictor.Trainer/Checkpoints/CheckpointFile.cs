using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Pictor.Trainer.Checkpoints;

/// <summary>
/// A checkpoint on disk: eight letters, the length of a JSON header, the header, the arrays as 32-bit floats, and SHA-256 over it all. Written beside
/// and renamed, so that a reader or a killed writer never leaves half of one.
/// </summary>
internal static class CheckpointFile
{
    public const string Name = "last.checkpoint";
    private const int MaxHeader = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "PICTORCP"u8;

    /// <summary>Replaces the file.</summary>
    /// <exception cref="InputException">It cannot be written, for want of room or of rights.</exception>
    public static void Write(string path, CheckpointHeader header, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Values)> arrays)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(
            header with { Arrays = [.. arrays.Select(a => new ArrayEntry(a.Name, a.Values.Length / sizeof(float)))] }, PictorJson.Compact);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        string temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                Put(Magic);
                Put(length);
                Put(json);
                foreach ((_, ReadOnlyMemory<byte> values) in arrays)
                    Put(values.Span);
                stream.Write(hash.GetHashAndReset());
                stream.Flush(flushToDisk: true);

                void Put(ReadOnlySpan<byte> bytes)
                {
                    stream.Write(bytes);
                    hash.AppendData(bytes);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"the checkpoint cannot be written ({e.Message})", "Free some space or set the folder's rights, then go on with --resume.", e);
        }
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="InputException">There is none, or it is damaged, or from a newer version.</exception>
    public static Checkpoint Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"the checkpoint cannot be read ({e.Message})", "Start the run anew with --force.", e) { Code = "run.nothing-to-resume" };
        }

        int start = Magic.Length + sizeof(int);
        if (bytes.Length < start + SHA256.HashSizeInBytes || !bytes.AsSpan().StartsWith(Magic))
            throw Damaged(path, "it is no checkpoint of Pictor, or was cut short");
        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - SHA256.HashSizeInBytes)))
            throw Damaged(path, "its check sum does not match: the file was cut short or changed");
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Magic.Length));
        if (length < 2 || length > Math.Min(MaxHeader, bytes.Length - start))
            throw Damaged(path, "its header has an impossible length");

        CheckpointHeader header = Header(path, bytes.AsSpan(start, length));
        var arrays = new Dictionary<string, float[]>(StringComparer.Ordinal);
        int at = start + length;
        foreach (ArrayEntry entry in header.Arrays)
        {
            long size = (long)entry.Length * sizeof(float);
            if (entry.Length < 0 || at + size > bytes.Length - SHA256.HashSizeInBytes)
                throw Damaged(path, "it is shorter than its header says");
            arrays[entry.Name] = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at, (int)size)).ToArray();
            at += (int)size;
        }

        return new Checkpoint(header, arrays);
    }

    private static CheckpointHeader Header(string path, ReadOnlySpan<byte> json)
    {
        CheckpointHeader? header;
        try
        {
            header = JsonSerializer.Deserialize<CheckpointHeader>(json, PictorJson.Compact);
        }
        catch (JsonException e)
        {
            throw Damaged(path, $"its header is not understood ({e.Message})");
        }

        if (header is null)
            throw Damaged(path, "its header is empty");
        if (header.Schema != CheckpointHeader.CurrentSchema)
            throw new InputException(path, $"the checkpoint has schema {header.Schema}, and this version knows {CheckpointHeader.CurrentSchema}", "Resume it with the version of Pictor that wrote it, or start anew with --force.");
        return header;
    }

    private static InputException Damaged(string path, string problem) =>
        new(path, problem, "Start the run anew with --force.") { Code = "run.damaged-checkpoint" };
}

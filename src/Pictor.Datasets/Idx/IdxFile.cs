using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Pictor.Datasets.Files;

namespace Pictor.Datasets.Idx;

/// <summary>
/// One IDX file in memory: two zero bytes, the type (08: bytes), the number of dimensions, each dimension as a big-endian 32-bit number, then the data.
/// The header is held against the file's length before anything is allocated.
/// </summary>
internal sealed class IdxFile
{
    // Deflate cannot pack more tightly than 1032 to 1, so a header that claims more is false whatever follows.
    private const int MaxExpansion = 1032;

    private IdxFile(string name, int[] dimensions, byte[] data) => (Name, Dimensions, Data) = (name, dimensions, data);

    public string Name { get; }

    /// <summary>Count first.</summary>
    public int[] Dimensions { get; }

    public int Count => Dimensions[0];

    public byte[] Data { get; }

    /// <summary>Reads a whole file, plain or gzip.</summary>
    /// <exception cref="InputException">Another magic number, a length that does not fit, damaged compression.</exception>
    public static IdxFile Read(IFileSet files, int file, int dimensions)
    {
        string name = files.NameOf(file);
        ReadOnlyMemory<byte> bytes = files.Read(file);
        bool zipped = bytes.Span is [0x1F, 0x8B, ..];
        try
        {
            using Stream stream = zipped ? new GZipStream(AsStream(bytes), CompressionMode.Decompress) : AsStream(bytes);
            return Read(stream, name, dimensions, zipped ? (long)bytes.Length * MaxExpansion : bytes.Length);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(name, "The gzip compression is damaged", "Fetch the file again.", e);
        }
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment) ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false) : new MemoryStream(bytes.ToArray());

    private static IdxFile Read(Stream stream, string name, int dimensions, long longest)
    {
        string kind = dimensions == 1 ? "labels" : "pictures";
        var header = new byte[4 + (4 * dimensions)];
        int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> expected = [0, 0, 8, (byte)dimensions];
        if (read < 4 || !header.AsSpan(0, 4).SequenceEqual(expected))
        {
            throw new InputException(name, read == 0 ? "The file is empty" : $"It starts with {Convert.ToHexStringLower(header.AsSpan(0, Math.Min(4, read)))} where an IDX file of {kind} starts with {Convert.ToHexStringLower(expected)}",
                "Fetch the file again, or check that pictures and labels are not exchanged.");
        }

        if (read < header.Length)
            throw new InputException(name, $"The file ends after {read} bytes, inside its header of {header.Length} bytes", "Fetch the file again.");

        var sizes = new int[dimensions];
        long length = 1;
        for (int i = 0; i < dimensions; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + (4 * i)));
            length = sizes[i] < 0 || length > int.MaxValue ? long.MaxValue : length * sizes[i];
        }

        string said = $"the header announces {string.Join(" x ", sizes)} bytes";
        if (length > Math.Min(longest, Array.MaxLength))
            throw new InputException(name, $"The file is too short or its header is false: {said}, and at most {longest} can be in it", "Fetch the file again.");
        if (length == 0)
            throw new InputException(name, $"The file holds no {kind}: {said}", "Fetch the file again.");

        var data = new byte[length];
        int got = stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
        if (got < data.Length)
            throw new InputException(name, $"The file is cut off: {said}, but {got} follow", "Fetch the file again.");
        return stream.ReadByte() < 0
            ? new IdxFile(name, sizes, data)
            : throw new InputException(name, $"The file is longer than it should be: {said}, and more follow", "Fetch the file again.");
    }
}

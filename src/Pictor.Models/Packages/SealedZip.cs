using System.Security.Cryptography;
using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Pictor.Models.Packages;

/// <summary>
/// The zip of a package: stored members, and a comment that holds the SHA-256 of every byte before it (the seal). Any zip tool opens it;
/// members are slices of the file, so nothing is unpacked and nothing can inflate. Packed anew by another tool the seal is gone and the
/// members' own hashes remain; with a seal, a changed byte anywhere is found.
/// </summary>
internal static class SealedZip
{
    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const int LocalLength = 30;
    private const int CentralLength = 46;
    private const int EndLength = 22;
    private const int MostMembers = 64;
    private const string SealPrefix = "pictor sha256 ";
    private const int SealLength = 14 + 64;

    // 1 January 1980, the zero of zip's calendar: equal content gives equal bytes.
    private const ushort NoDate = 0x0021;

    /// <summary>Writes the members in order. The stream must stand at 0.</summary>
    public static void Write(Stream stream, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> members)
    {
        using var seal = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long at = 0;
        var central = new MemoryStream();
        foreach ((string name, ReadOnlyMemory<byte> content) in members)
        {
            byte[] ascii = Encoding.ASCII.GetBytes(name);
            var header = new byte[CentralLength];
            WriteUInt32LittleEndian(header, CentralSignature);
            WriteUInt16LittleEndian(header.AsSpan(4), 20);
            WriteUInt16LittleEndian(header.AsSpan(6), 20);
            WriteUInt16LittleEndian(header.AsSpan(14), NoDate);
            WriteUInt32LittleEndian(header.AsSpan(16), Crc32.Of(content.Span));
            WriteUInt32LittleEndian(header.AsSpan(20), (uint)content.Length);
            WriteUInt32LittleEndian(header.AsSpan(24), (uint)content.Length);
            WriteUInt16LittleEndian(header.AsSpan(28), (ushort)ascii.Length);
            WriteUInt32LittleEndian(header.AsSpan(42), (uint)at);
            central.Write(header);
            central.Write(ascii);

            // The local header is the central one's middle: version needed up to the length of the name, then no extra field.
            var local = new byte[LocalLength];
            WriteUInt32LittleEndian(local, LocalSignature);
            header.AsSpan(6, 24).CopyTo(local.AsSpan(4));
            Put(local);
            Put(ascii);
            Put(content.Span);
        }

        long directory = at;
        Put(central.ToArray());
        var end = new byte[EndLength];
        WriteUInt32LittleEndian(end, EndSignature);
        WriteUInt16LittleEndian(end.AsSpan(8), (ushort)members.Count);
        WriteUInt16LittleEndian(end.AsSpan(10), (ushort)members.Count);
        WriteUInt32LittleEndian(end.AsSpan(12), (uint)central.Length);
        WriteUInt32LittleEndian(end.AsSpan(16), (uint)directory);
        WriteUInt16LittleEndian(end.AsSpan(20), SealLength);
        Put(end);
        stream.Write(Encoding.ASCII.GetBytes(SealPrefix + Convert.ToHexStringLower(seal.GetHashAndReset())));

        void Put(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            seal.AppendData(bytes);
            at += bytes.Length;
        }
    }

    /// <summary>The members of a package file, by name.</summary>
    /// <exception cref="ZipFaultException">Not a zip, or not one that a package may be.</exception>
    public static Dictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < 4 || bytes[0] != 'P' || bytes[1] != 'K')
            throw new ZipFaultException("it is no zip file", damaged: false);
        int end = FindEnd(bytes);
        int count = ReadUInt16LittleEndian(bytes[(end + 10)..]);
        long at = ReadUInt32LittleEndian(bytes[(end + 16)..]);
        if (count > MostMembers)
            throw new ZipFaultException($"it holds {count} members", damaged: false);

        var members = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            if (at + CentralLength > end || ReadUInt32LittleEndian(bytes[(int)at..]) != CentralSignature)
                throw new ZipFaultException("its directory is damaged");
            ReadOnlySpan<byte> entry = bytes.Slice((int)at, CentralLength);
            int nameLength = ReadUInt16LittleEndian(entry[28..]);
            int tail = nameLength + ReadUInt16LittleEndian(entry[30..]) + ReadUInt16LittleEndian(entry[32..]);
            if (at + CentralLength + tail > end)
                throw new ZipFaultException("its directory is damaged");
            ReadOnlySpan<byte> name = bytes.Slice((int)at + CentralLength, nameLength);
            if (!members.TryAdd(Encoding.UTF8.GetString(name), Member(file, entry, name)))
                throw new ZipFaultException($"the member '{Encoding.UTF8.GetString(name)}' stands in it twice", damaged: false);
            at += CentralLength + tail;
        }

        return at == end ? members : throw new ZipFaultException("its directory is damaged");
    }

    // The end record must close the file, so only two places are possible: with a seal and without.
    private static int FindEnd(ReadOnlySpan<byte> bytes)
    {
        foreach (int comment in (ReadOnlySpan<int>)[SealLength, 0])
        {
            int end = bytes.Length - comment - EndLength;
            if (end < 0 || ReadUInt32LittleEndian(bytes[end..]) != EndSignature || ReadUInt16LittleEndian(bytes[(end + 20)..]) != comment)
                continue;
            if (comment > 0 && Encoding.ASCII.GetString(bytes[(end + EndLength)..]) != SealPrefix + Convert.ToHexStringLower(SHA256.HashData(bytes[..(end + EndLength)])))
                throw new ZipFaultException("its content does not match the SHA-256 at its end") { BrokenSeal = true };
            return end;
        }

        throw new ZipFaultException("its end is missing: it may have been cut off while it was copied");
    }

    private static ReadOnlyMemory<byte> Member(ReadOnlyMemory<byte> file, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> name)
    {
        string shown = Encoding.UTF8.GetString(name);
        ReadOnlySpan<byte> bytes = file.Span;
        if (ReadUInt16LittleEndian(entry[10..]) != 0 || (ReadUInt16LittleEndian(entry[8..]) & 1) != 0)
            throw new ZipFaultException($"the member '{shown}' is compressed or encrypted, and members of a package are stored as they are", damaged: false);
        long size = ReadUInt32LittleEndian(entry[24..]);
        long local = ReadUInt32LittleEndian(entry[42..]);
        if (local + LocalLength > bytes.Length || ReadUInt32LittleEndian(bytes[(int)local..]) != LocalSignature)
            throw new ZipFaultException($"the member '{shown}' is not where the directory says");
        ReadOnlySpan<byte> header = bytes.Slice((int)local, LocalLength);
        int nameLength = ReadUInt16LittleEndian(header[26..]);
        long start = local + LocalLength + nameLength + ReadUInt16LittleEndian(header[28..]);
        if (start + size > bytes.Length || size != ReadUInt32LittleEndian(entry[20..]) || !bytes.Slice((int)local + LocalLength, nameLength).SequenceEqual(name))
            throw new ZipFaultException($"the member '{shown}' is not where the directory says");
        ReadOnlyMemory<byte> content = file.Slice((int)start, (int)size);
        return Crc32.Of(content.Span) == ReadUInt32LittleEndian(entry[16..]) ? content : throw new ZipFaultException($"the member '{shown}' is damaged") { BrokenSeal = true };
    }
}

/// <summary>A zip that cannot be taken; the message completes "the file ...: ".</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="damaged">True when it looks like a package that was damaged, false when it never was one.</param>
internal sealed class ZipFaultException(string problem, bool damaged = true) : Exception(problem)
{
    public bool Damaged { get; } = damaged;

    /// <summary>The structure is whole, but a checksum is not.</summary>
    public bool BrokenSeal { get; init; }
}

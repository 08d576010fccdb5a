namespace Pictor.Imaging;

/// <summary>The items of a HEIF file: which one is the picture, and where its metadata lies (ISO 14496-12, 8.11).</summary>
internal readonly record struct HeifItems(uint Primary, bool PrimaryIsAv1, Range Exif, Range Xmp)
{
    internal static HeifItems Read(ReadOnlySpan<byte> file, Range meta)
    {
        uint primary = 0;
        if (BoxReader.TryFind(file, meta, "pitm"u8, out Range body))
        {
            ReadOnlySpan<byte> box = file[body];
            primary = box.Length >= 8 && box[0] > 0 ? BoxReader.UInt32(box[4..]) : box.Length >= 6 ? BoxReader.UInt16(box[4..]) : 0u;
        }

        uint exif = 0, xmp = 0;
        bool av1 = false;
        if (BoxReader.TryFind(file, meta, "iinf"u8, out Range entries))
        {
            int count = file[entries].Length > 0 && file[entries][0] > 0 ? 4 : 2;
            foreach (Range entry in BoxReader.Children(file, Math.Min(entries.Start.Value + 4 + count, entries.End.Value)..entries.End.Value))
            {
                ReadOnlySpan<byte> box = file[entry];
                if (!BoxReader.Is(box, "infe"u8) || box.Length < 20 || box[8] < 2)
                    continue;
                bool wide = box[8] >= 3;
                uint id = wide ? BoxReader.UInt32(box[12..]) : BoxReader.UInt16(box[12..]);
                ReadOnlySpan<byte> kind = box[(wide ? 18 : 16)..];
                av1 |= id == primary && kind.StartsWith("av01"u8);
                if (kind.StartsWith("Exif"u8) && exif == 0)
                    exif = id;
                else if (kind.StartsWith("mime"u8) && xmp == 0 && kind.IndexOf("application/rdf+xml"u8) > 0)
                    xmp = id;
            }
        }

        return new HeifItems(primary, av1 || file.Slice(8, 3).SequenceEqual("avi"u8), Place(file, meta, exif), Place(file, meta, xmp));
    }

    /// <summary>Numbers of the properties of an item, counted from 1.</summary>
    internal static List<int> PropertiesOf(ReadOnlySpan<byte> file, Range properties, uint item)
    {
        var found = new List<int>();
        if (!BoxReader.TryFind(file, properties, "ipma"u8, out Range body))
            return found;
        ReadOnlySpan<byte> box = file[body];
        if (box.Length < 8)
            return found;
        bool wideId = box[0] > 0, wideIndex = (box[3] & 1) == 1;
        int at = 8, idBytes = wideId ? 4 : 2, indexBytes = wideIndex ? 2 : 1;
        for (uint n = BoxReader.UInt32(box[4..]); n > 0 && at + idBytes + 1 <= box.Length; n--)
        {
            uint id = wideId ? BoxReader.UInt32(box[at..]) : BoxReader.UInt16(box[at..]);
            int count = box[at + idBytes];
            at += idBytes + 1;
            if (at + (count * indexBytes) > box.Length)
                break;
            for (int i = 0; i < count && id == item; i++)
                found.Add(wideIndex ? BoxReader.UInt16(box[(at + (2 * i))..]) & 0x7FFF : box[at + i] & 0x7F);
            at += count * indexBytes;
        }

        return found;
    }

    /// <summary>Where an item of a single piece lies in the file; empty for anything more complicated.</summary>
    private static Range Place(ReadOnlySpan<byte> file, Range meta, uint item)
    {
        if (item == 0 || !BoxReader.TryFind(file, meta, "iloc"u8, out Range body))
            return default;
        ReadOnlySpan<byte> box = file[body];
        if (box.Length < 8)
            return default;
        int version = box[0], offsetBytes = box[4] >> 4, lengthBytes = box[4] & 15, baseBytes = box[5] >> 4, indexBytes = version > 0 ? box[5] & 15 : 0;
        int at = version < 2 ? 8 : 10, idBytes = version < 2 ? 2 : 4;
        if (at > box.Length)
            return default;
        for (uint n = version < 2 ? BoxReader.UInt16(box[6..]) : BoxReader.UInt32(box[6..]); n > 0; n--)
        {
            int head = idBytes + (version > 0 ? 2 : 0) + 2 + baseBytes + 2;
            if (at + head > box.Length)
                return default;
            uint id = idBytes == 4 ? BoxReader.UInt32(box[at..]) : BoxReader.UInt16(box[at..]);
            int method = version > 0 ? box[at + idBytes + 1] & 15 : 0;
            long origin = Number(box.Slice(at + head - 2 - baseBytes, baseBytes));
            int extents = BoxReader.UInt16(box[(at + head - 2)..]);
            long size = (long)extents * (indexBytes + offsetBytes + lengthBytes);
            at += head;
            if (at + size > box.Length)
                return default;
            if (id == item)
            {
                if (extents != 1)
                    return default;
                long start = origin + Number(box.Slice(at + indexBytes, offsetBytes)), length = Number(box.Slice(at + indexBytes + offsetBytes, lengthBytes));
                if (method == 1 && BoxReader.TryFind(file, meta, "idat"u8, out Range data))
                    start += data.Start.Value;
                else if (method != 0)
                    return default;
                return start >= 0 && length > 0 && start <= file.Length - length ? (int)start..(int)(start + length) : default;
            }

            at += (int)size;
        }

        return default;
    }

    private static long Number(ReadOnlySpan<byte> bytes)
    {
        long number = 0;
        foreach (byte b in bytes.Length > 7 ? bytes[^7..] : bytes)
            number = (number << 8) | b;
        return number;
    }
}
